// Days, months and expiries as people and Excel write them, and what may be two days.

import Almanac
import Diagnostics
import Records
import Testing

@Suite struct WrittenDateTests {
    @Test(arguments: [
        "2024-02-05", "2024/2/5", "2024.2.5", "20240205", "2024年2月5日", "２０２４－０２－０５", "２０２４年２月５日", "2024 年 2 月 5 日",
        "2024年2月5号", "2024 - 2 - 5", "2024–02–05", "2024/2/5 0:00", "2024/2/5 0:00:00", "2024-02-05 08:00",
        "2024-02-05 08:00:00",
        "2024-02-05T08:00:00.000", "2024-02-05 24:00", "2024年2月5日 8:00", "2024年2月5日8时", "2024年2月5日8时30分",
        "２０２４－０２－０５　０８：００",
        "45327", "45327.0", "45327.75", "4.5327E4", "4.5327E+04", "４５３２７", "5-Feb-24", "05-Feb-2024", "5 February 2024",
        "5/feb/2024", "2024-Feb-05", "24年2月5日", "20240205 08:00",
    ])
    func `one day, however it is written`(written: String) throws {
        let day = try #require(CivilDate(iso8601: "2024-02-05"))
        let month = CivilMonth(containing: day)
        #expect(try OneCell(written, .date).cell == .date(day))
        #expect(try OneCell(written, .expiry).cell == .date(day))
        #expect(try OneCell(written, .expiry, isFirstBadDay: true).cell == .date(day.adding(days: -1)))
        // A column of months takes the day's month.
        #expect(try OneCell(written, .month).cell == .month(month))
    }

    @Test(arguments: [
        "2024-02", "2024/2", "2024.2", "202402", "2024年2月", "2024年02月", "2024年2月份", "2024 年 2 月", "２０２４－０２", "24年2月",
        "Feb-24",
        "Feb-2024", "February 2024", "2024-Feb", "02/2024", "2/2024", "02-2024", "２０２４０２",
    ])
    func `one month, however it is written`(written: String) throws {
        let month = CivilMonth(year: 2024, month: 2)
        #expect(try OneCell(written, .month).cell == .month(month))
        // An expiry in a month alone is its last day; a first bad day in a month alone ends the month before.
        #expect(try OneCell(written, .expiry).cell == .date(month.lastDay))
        #expect(
            try OneCell(written, .expiry, isFirstBadDay: true).cell
                == .date(try #require(CivilDate(iso8601: "2024-01-31")))
        )
        let reason = try #require(try OneCell(written, .date).reason)
        #expect(reason == (written == "Feb-24" ? .ambiguousDate : .notADate))
    }

    @Test(arguments: [
        ("30000", "1982-02-18"), ("45473", "2024-06-30"), ("60000", "2064-04-08"), ("45473.0", "2024-06-30"),
        ("4.5473E4", "2024-06-30"), ("60000.9", "2064-04-08"),
    ])
    func `Excel's day numbers are days of the system that begins in 1900`(written: String, day: String) throws {
        #expect(try OneCell(written, .date).text == day)
        #expect(try OneCell(written, .expiry).text == day)
        #expect(try OneCell(written, .month).text == String(day.prefix(7)))
    }

    @Test(arguments: ["29999", "60001", "-45473", "45,47"])
    func `other numbers are no days`(written: String) throws {
        #expect(try OneCell(written, .date).reason == .notADate)
        #expect(try OneCell(written, .month).reason == .notAMonth)
    }

    @Test(arguments: [
        ("240630", "2024-06-30"), ("240600", "2024-06-30"), ("250200", "2025-02-28"), ("991231", "2099-12-31"),
        ("202406", "2024-06-30"), ("203013", "2020-30-13"), ("２４０６３０", "2024-06-30"),
    ])
    func `the six digits of a medicine box are an expiry`(written: String, day: String) throws {
        let read = try OneCell(written, .expiry)
        if CivilDate(iso8601: day) == nil {
            #expect(read.reason == .notADate)
        } else {
            #expect(read.text == day)
        }
    }

    @Test(arguments: [
        ("201206", ColumnType.expiry), ("200101", .expiry), ("190512", .expiry), ("201200", .date), ("240630", .date),
        ("240612", .month), ("05/06/24", .date), ("05/06/2024", .date), ("05/06/24", .expiry), ("05/06/2024", .expiry),
        ("05/06/2024", .month), ("30/06/2024", .date), ("24-02-05", .date), ("5.6.24", .date), ("24-02", .month),
        ("05-06", .month),
        ("24-Jun", .month), ("Jun-24", .date), ("05/06/2024 08:00", .date), ("０５／０６／２４", .date),
    ])
    func `what may be two days is ambiguous, never a guess`(written: String, type: ColumnType) throws {
        let read = try OneCell(written, type)
        #expect(read.cell == .unreadable)
        #expect(read.reason == .ambiguousDate)
        #expect(read.reject?.diagnostic.expected?.contains("20") == true)
    }

    @Test(arguments: ["2024.1", "２０２４．１", " 2024.1 "])
    func `January and an October that lost its zero look the same`(written: String) throws {
        for type in [ColumnType.month, .expiry] {
            let read = try OneCell(written, type)
            #expect(read.cell == .unreadable)
            #expect(read.reason == .ambiguousDate)
            #expect(read.reject?.diagnostic.expected == "2024-01 or 2024-10")
        }
        #expect(try OneCell(written, .date).reason == .notADate)
    }

    @Test(arguments: [
        ("2024.01", 1), ("2024-1", 1), ("2024/1", 1), ("2024年1月", 1), ("2024.1.1", 1), ("2024.2", 2), ("2024.9", 9),
        ("2024.10", 10), ("2024.11", 11), ("2024.12", 12),
    ])
    func `other months with a point, and January without one, are certain`(written: String, month: Int) throws {
        #expect(try OneCell(written, .month).cell == .month(CivilMonth(year: 2024, month: month)))
    }

    @Test(arguments: [
        ("02-05 08:00", ColumnType.date), ("2月5日", .date), ("02-05", .date), ("2/5", .expiry), ("2月5日", .month),
        ("02-05 08:00", .month), ("24-Jun", .date), ("2月", .month), ("２月５日", .date),
    ])
    func `a date without its year says so`(written: String, type: ColumnType) throws {
        #expect(try OneCell(written, type).reason == .yearMissing)
    }

    @Test(arguments: [
        ("2023-02-29", ColumnType.date, "that month has 28 days, not 29"),
        ("2024-02-30", .date, "that month has 29 days, not 30"),
        ("2024年4月31日", .expiry, "that month has 30 days, not 31"), ("2024-13-01", .date, "there is no month 13"),
        ("2024-00-10", .date, "there is no month 0"), ("2024-02-00", .date, "there is no day 0"),
        ("20240230", .date, "that month has 29 days, not 30"), ("13/2024", .expiry, "there is no month 13"),
        ("2024-02", .date, "the day is missing"), ("202402", .date, "the day is missing"),
        ("长期", .date, "the cell cannot be read"), ("31-Jun-24", .date, "that month has 30 days, not 31"),
    ])
    func `a day that does not exist is no date, and the complaint says why`(
        written: String,
        type: ColumnType,
        problem: String
    ) throws {
        let reject = try #require(try OneCell(written, type).reject)
        #expect(reject.reason == .notADate)
        #expect(reject.diagnostic.problem == problem)
    }

    @Test(arguments: [
        "2024-2/5", "2024年2月5", "2024-2-", "202402051", "0000-01-01", "2024", "2024年", "yesterday", "2024-02-05x",
        "2024-02-05 25:00",
        "2024-02-05 08:60", "2024-02-05 08", "2024-02-05 24:01", "2024-02-05~2024-02-07", "5-Febr-24", "Foo-24",
        "2024-02-0508:00",
        "99-99", "2024 02 05", "1 2 2024", "2024-02-05T", "1/2/3/4x", "?",
    ])
    func `anything else is no date`(written: String) throws {
        let reason = try #require(try OneCell(written, .date).reason)
        #expect(reason == .notADate || written == "1/2/3/4x" && reason == .ambiguousDate)
    }

    @Test(arguments: [
        ("2024-13", "there is no month 13"), ("2024-02-30", "that month has 29 days, not 30"),
        ("2024", "the cell cannot be read"),
    ])
    func `what is no month is called so`(written: String, problem: String) throws {
        let reject = try #require(try OneCell(written, .month).reject)
        #expect(reject.reason == .notAMonth)
        #expect(reject.diagnostic.problem == problem)
    }

    @Test(arguments: ["1900-01-01", "1900/1/1", "19000101", "１９００－０１－０１"])
    func `a column's code for a missing date is compared as a date`(written: String) throws {
        #expect(try OneCell(written, .date, missingCodes: ["1900-01-01"]).cell == .missing(.notMeasured))
        #expect(try OneCell("2024-02-05", .date, missingCodes: ["1900-01-01"]).text == "2024-02-05")
    }
}
