// Calendars in each notation, calendars of several files, and what is said about slips and doubts in them.

import Almanac
import Diagnostics
import Foundation
import Jobs
import TestKit
import Testing

@Suite struct CalendarFilesTests {
    private static let notice = """
        {
          "$schema": "https://example.org/schema.json",
          "year": 2024,
          "papers": ["https://example.org/2024"],
          "days": [
            {"name": "元旦", "date": "2023-12-30", "isOffDay": true},
            {"name": "清明节", "date": "2024-04-05", "isOffDay": true},
            {"name": "清明节", "date": "2024-04-07", "isOffDay": false}
          ]
        }
        """

    /// A calendar of these events, each the lines between its `BEGIN` and `END`.
    private static func events(_ events: String..., ending: String = "\n") -> String {
        let lines =
            ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "END:VTIMEZONE"]
            + events.flatMap { ["BEGIN:VEVENT", $0.replacing("\n", with: ending), "END:VEVENT"] } + [
                "END:VCALENDAR", "",
            ]
        return lines.joined(separator: ending)
    }

    private static func read(_ files: [String: String], bytes: [String: [UInt8]] = [:]) -> CalendarFolder {
        let texts = files.map { path, text in
            SettingsFile(path: "calendars/\(path)", displayName: path, bytes: Array(text.utf8))
        }
        let others = bytes.map { SettingsFile(path: "calendars/\($0.key)", displayName: $0.key, bytes: $0.value) }
        return CalendarFolder(texts + others)
    }

    /// The days of a calendar, of which a few are enough to know it.
    private static func days(_ calendar: WorkingDayCalendar?, _ dates: String...) throws -> [WorkingDayCalendar.Day?] {
        let calendar = try #require(calendar)
        return try dates.map { calendar.day(try CivilDate($0)) }
    }

    // MARK: JSON

    @Test func aNoticeInJSONIsACalendar() throws {
        let folder = Self.read(["CN.json": Self.notice])
        #expect(folder.problems.allSatisfy { $0.severity == .warning })
        let calendar = folder.calendars["CN"]
        #expect(
            try Self.days(calendar, "2024-04-05", "2024-04-07", "2024-04-06", "2024-04-08")
                == [.restDay("清明节"), .makeUpWorkday("清明节"), .restDay(nil), .workday]
        )
        // The listed day of 2023 makes nothing else of that year known.
        #expect(try Self.days(calendar, "2023-12-30", "2024-12-01") == [nil, nil])
    }

    @Test(
        "a file without a day, in whatever notation",
        arguments: [
            ("CN/2025.json", "{\"year\": 2025, \"days\": []}"),
            ("CN/2025.csv", "date,name,is_off_day,notice_year\n"),
            ("CN/2025.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"),
        ]
    )
    func aNoticeThatIsNotOutYetCoversNothingAndIsAnError(file: String, text: String) throws {
        let folder = Self.read(["CN/2024.json": Self.notice, file: text])
        let calendar = try #require(folder.calendars["CN"])
        #expect(calendar.coverage.map(\.upperBound) == [try CivilDate("2024-11-30")])
        let problem = try #require(folder.problems.first { $0.severity == .error })
        #expect(problem.position == Position(file: file))
        #expect(problem.problem == "the file lists no days, so its year is not known")
    }

    @Test(
        "a slip in a notice is named with its line and costs the calendar",
        arguments: [
            ("2024-04-05", "2024-04-31", 7), ("\"2024-04-05\"", "20240405", 7), ("2024-04-05", "2026-04-05", 7),
            ("isOffDay\": false", "isOffDay\": 0", 8), ("\"isOffDay\": false", "\"isOffday\": false", 8),
            ("\"year\": 2024", "\"year\": \"next\"", 3), ("\"days\"", "\"dates\"", 2), ("]\n}", "]", 9),
            ("\"name\": \"元旦\", ", "", 6), ("\"name\": \"元旦\"", "\"name\": \" \"", 6), ("[\n    {", "{", 5),
        ]
    )
    func slipsInJSON(piece: String, replacement: String, line: Int) throws {
        let text = Self.notice.replacing(piece, with: replacement)
        try #require(text != Self.notice)
        let folder = Self.read(["CN.json": text])
        #expect(folder.calendars.isEmpty)
        #expect(folder.unusable == ["CN"])
        let problem = try #require(folder.problems.first { $0.severity == .error })
        #expect(problem.position?.file == "CN.json")
        if piece != "[\n    {", piece != "]\n}" {
            #expect(problem.position?.line == (piece == "\"days\"" ? 1 : line), "\(problem)")
        }
    }

    @Test func aNoticeOfThousandsOfDaysIsRefused() throws {
        let day = "{\"name\": \"节\", \"date\": \"2024-01-01\", \"isOffDay\": true}"
        let days = Array(repeating: day, count: 401).joined(separator: ",")
        let folder = Self.read(["CN.json": "{\"year\": 2024, \"days\": [\(days)]}"])
        #expect(folder.unusable == ["CN"])
        #expect(folder.problems.map(\.found) == ["401 days"])
    }

    // MARK: iCalendar

    @Test(
        "the words of an event say whether its days are worked",
        arguments: [
            ("春节假期", .restDay("春节")), ("上班(补春节假期)", .workday), ("春节 补班 第1天/共2天", .workday),
            ("国庆节、中秋节 放假 第3天/共8天", .restDay("中秋节、国庆节")), ("清明", .restDay("清明节")), ("除夕", .restDay("春节")),
            ("休\\, 元旦", .restDay("元旦")), ("春节调休放假", .restDay("春节")), ("春节调休上班", .workday), ("本区公休", .restDay("本区公休")),
            ("五一国际劳动节", .restDay("劳动节")), ("春节 第1天/共8天", .restDay("春节")), ("端午节安康", nil), ("清明踏青", nil),
            ("春节调休", nil), ("教师节", nil), ("Spring Festival", nil), ("", nil), ("调休", nil),
        ] as [(String, WorkingDayCalendar.Day?)]
    )
    func wordsOfEvents(summary: String, day: WorkingDayCalendar.Day?) throws {
        let folder = Self.read(["CN.ics": Self.events("DTSTART;VALUE=DATE:20240208\nSUMMARY:\(summary)")])
        guard let day else {
            #expect(folder.unusable == ["CN"])
            #expect(folder.problems.first?.position == Position(file: "CN.ics", line: 6))
            return #expect(folder.problems.first?.found == summary)
        }
        #expect(try Self.days(folder.calendars["CN"], "2024-02-08") == [day])
    }

    @Test func categoriesCountAsMuchAsTheSummary() throws {
        let text = Self.events("DTSTART;VALUE=DATE:20240204\nSUMMARY:春节\nCATEGORIES:法定,补班")
        #expect(try Self.days(Self.read(["CN.ics": text]).calendars["CN"], "2024-02-04") == [.makeUpWorkday("春节")])
    }

    @Test func furtherWordsStandInTheDaemonsSettings() throws {
        var files = SettingsFiles.district
        files.settings["calendars/CN.ics"] = Self.events(
            "DTSTART;VALUE=DATE:20240210\nDTEND;VALUE=DATE:20240218\nSUMMARY:Spring Festival",
            "DTSTART;VALUE=DATE:20240204\nSUMMARY:Spring Festival (Working Day)"
        )
        #expect(try files.read().problems.contains { $0.severity == .error && $0.found == "Spring Festival" })
        files.settings["dutyd.yaml", default: ""] +=
            "\ncalendar-events: {workday: [working day], rest-day: [Spring Festival]}\n"
        #expect(try files.read().errors == [])
        files.settings["dutyd.yaml", default: ""] += "\ncalendar: CN\n"
        files.settings["dutyd.yaml"]?.replace("rest-day", with: "restday")
        #expect(try files.read().problems.contains { $0.remedy == "did you mean \"rest-day\"?" })
    }

    @Test(
        "an event of several days ends before its DTEND",
        arguments: ["DTEND;VALUE=DATE:20241008", "DURATION:P7D", "DURATION:P1W"]
    )
    func severalDays(end: String) throws {
        let text = Self.events("DTSTART;VALUE=DATE:20241001\n\(end)\nSUMMARY:国庆节假期")
        #expect(
            try Self.days(
                Self.read(["CN.ics": text]).calendars["CN"],
                "2024-09-30",
                "2024-10-01",
                "2024-10-07",
                "2024-10-08"
            )
                == [.workday, .restDay("国庆节"), .restDay("国庆节"), .workday]
        )
    }

    @Test("lines end and are folded as their writer likes, also within a character", arguments: ["\n", "\r\n", "\r"])
    func foldedLines(ending: String) throws {
        let text = Self.events("DTSTART;VALUE=\n DATE:202402\n\t10\nSUMMARY;LANGUAGE=\"zh:CN;x\":春节假期", ending: ending)
        var bytes = Array(text.utf8)
        let name = Array("春节".utf8)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
        bytes.insert(contentsOf: Array((ending + " ").utf8), at: place + 1)
        let folder = Self.read([:], bytes: ["CN.ics": [0xEF, 0xBB, 0xBF] + bytes])
        #expect(try Self.days(folder.calendars["CN"], "2024-02-10") == [.restDay("春节")])
    }

    @Test func decemberDaysForNewYearsDayBelongToTheNextNotice() throws {
        let text = Self.events(
            "DTSTART;VALUE=DATE:20221231\nDTEND;VALUE=DATE:20230103\nSUMMARY:元旦假期",
            "DTSTART;VALUE=DATE:20181229\nSUMMARY:元旦 补班"
        )
        let calendar = try #require(Self.read(["CN.ics": text]).calendars["CN"])
        #expect(calendar.coverage.map(\.lowerBound) == [try CivilDate("2019-01-01"), try CivilDate("2023-01-01")])
        // A file that is called by its year says more than its events can.
        let event = "DTSTART;VALUE=DATE:20241231\nSUMMARY:放假"
        let named = try #require(Self.read(["CN/2025.ics": Self.events(event)]).calendars["CN"])
        #expect(named.coverage.map(\.lowerBound) == [try CivilDate("2025-01-01")])
        #expect(Self.read(["CN/2027.ics": Self.events(event)]).problems.first?.found == "2024-12-31")
    }

    @Test(
        "an event that cannot be read is named and never left out",
        arguments: [
            ("SUMMARY:春节假期", 6), ("DTSTART:20240210T090000Z\nSUMMARY:春节假期", 6),
            ("DTSTART;VALUE=DATE:20240231\nSUMMARY:春节假期", 6),
            ("DTSTART;VALUE=DATE:20240210\nDTEND;VALUE=DATE:20240210\nSUMMARY:春节假期", 6),
            ("DTSTART;VALUE=DATE:20240210\nDTEND;VALUE=DATE:20240810\nSUMMARY:春节假期", 6),
            ("DTSTART;VALUE=DATE:20240210\nDURATION:PT8H\nSUMMARY:春节假期", 6),
            ("DTSTART;VALUE=DATE:20240210\nRRULE:FREQ=YEARLY\nSUMMARY:春节假期", 6),
            ("DTSTART;VALUE=DATE:20240210\nDTSTART;VALUE=DATE:20240211\nSUMMARY:春节假期", 6),
            ("DTSTART;VALUE=DATE:20240210\nSUMMARY 春节假期", 8), ("END:VALARM\nSUMMARY:春节假期", 7),
            ("DTSTART;VALUE=DATE:20240210\nSUMMARY:\(String(repeating: "假", count: 6000))", 8),
        ]
    )
    func slipsInEvents(event: String, line: Int) throws {
        let good = "DTSTART;VALUE=DATE:20240101\nSUMMARY:元旦假期"
        let folder = Self.read(["CN.ics": Self.events(event, good)])
        #expect(folder.unusable == ["CN"])
        #expect(folder.problems.first?.position == Position(file: "CN.ics", line: line))
    }

    @Test func whatLiesWithinAnEventAndWhatIsCancelledIsNoHoliday() throws {
        let folder = Self.read([
            "CN.ics": Self.events(
                "DTSTART;VALUE=DATE:20240210\nSUMMARY:春节假期\nBEGIN:VALARM\nSUMMARY:上班\nTRIGGER:-PT1H\nEND:VALARM",
                "DTSTART;VALUE=DATE:20240212\nSUMMARY:春节假期\nSTATUS:CANCELLED"
            )
        ])
        #expect(try Self.days(folder.calendars["CN"], "2024-02-10", "2024-02-12") == [.restDay("春节"), .workday])
    }

    @Test func aFileThatWasCutShortIsRefused() throws {
        let whole = Self.events(
            "DTSTART;VALUE=DATE:20240210\nSUMMARY:春节假期",
            "DTSTART;VALUE=DATE:20240212\nSUMMARY:春节假期"
        )
        for text in [whole.replacing("END:VCALENDAR\n", with: ""), String(whole.prefix(200)), "", "date,name\n"] {
            #expect(Self.read(["CN.ics": text]).unusable == ["CN"], "\(text)")
        }
    }

    @Test func aHostileFileIsRefusedInBoundedSpace() {
        let deep = String(repeating: "BEGIN:VCALENDAR\n", count: 50_000)
        let folded = "BEGIN:VCALENDAR\nSUMMARY:\n" + String(repeating: " 假期\n", count: 100_000)
        let wrong = Self.events(String(repeating: "END:VEVENT\nBEGIN:VEVENT\n", count: 50_000))
        let many = (0..<25_000).map { _ in "DTSTART;VALUE=DATE:20240210\nSUMMARY:春节假期" }
            .joined(separator: "\nEND:VEVENT\nBEGIN:VEVENT\n")
        for text in [deep, folded, wrong, Self.events(many), String(repeating: "\u{0}", count: 100_000)] {
            let folder = Self.read(["CN.ics": text])
            #expect(folder.unusable == ["CN"])
            #expect((1...60).contains(folder.problems.count))
        }
        let rows = "date,name,is_off_day,notice_year\n" + String(repeating: "x,x,x,x\n", count: 50_000)
        #expect((1...60).contains(Self.read(["CN.csv": rows]).problems.count))
    }

    // MARK: Several files

    @Test func filesOfOneNameAndThoseInItsFolderAreOneCalendar() throws {
        let folder = Self.read([
            "CN.csv": "date,name,is_off_day,notice_year\n2023-10-02,国庆节,true,2023\n", "CN/2024.json": Self.notice,
            "CN/2025.ics": Self.events("DTSTART;VALUE=DATE:20250101\nSUMMARY:元旦假期"),
            "SH.csv": "date,name,is_off_day,notice_year\n2023-10-02,国庆节,true,2023\n",
        ])
        #expect(folder.calendars.keys.sorted() == ["CN", "SH"])
        #expect(
            folder.calendars["CN"]?.coverage == [try CivilDate("2023-01-01")...(try CivilDate("2025-11-30"))]
        )
        #expect(try Self.days(folder.calendars["CN"], "2023-12-30") == [.restDay("元旦")])
    }

    @Test func ofTwoFilesTheLaterNoticeWinsAndAtEqualRankNobodyDoes() throws {
        let older = "date,name,is_off_day,notice_year\n2023-12-30,元旦,false,2023\n"
        #expect(
            try Self.days(Self.read(["CN.csv": older, "CN/2024.json": Self.notice]).calendars["CN"], "2023-12-30") == [
                .restDay("元旦")
            ]
        )
        let equal = "date,name,is_off_day,notice_year\n2024-01-01,元旦,true,2024\n2024-04-07,清明节,true,2024\n"
        let folder = Self.read(["CN.csv": equal, "CN/2024.json": Self.notice])
        #expect(folder.unusable == ["CN"])
        let problem = try #require(folder.problems.last)
        #expect(problem.position == Position(file: "CN/2024.json", line: 8, column: 29))
        #expect(problem.expected == "a rest day, as CN.csv:3 says")
    }

    @Test func theSameInSeveralNotationsIsNoContradiction() throws {
        let text = Self.events(
            "DTSTART;VALUE=DATE:20240405\nSUMMARY:清明节假期",
            "DTSTART;VALUE=DATE:20240407\nSUMMARY:上班(补清明节假期)"
        )
        let folder = Self.read(["CN.json": Self.notice, "CN.ics": text])
        #expect(folder.unusable == [])
        #expect(!folder.problems.contains { $0.problem.contains("twice") })
    }

    // MARK: Doubts

    @Test func theShippedNoticesRaiseNoDoubtAndOtherwiseEachUnlikelyThingIsNamed() throws {
        let shipped = try SettingsFiles.shipped("calendars/CN.csv")
        #expect(Self.read(["CN.csv": shipped]).problems == [])
        func doubts(_ piece: String, _ replacement: String) throws -> [String] {
            let text = shipped.replacing(piece, with: replacement)
            try #require(text != shipped)
            let folder = Self.read(["CN.csv": text])
            #expect(folder.calendars["CN"] != nil, "a doubt costs nothing")
            #expect(folder.problems.allSatisfy { $0.severity == .warning && $0.position?.line != nil })
            return folder.problems.map(\.problem)
        }
        #expect(try doubts("2026-10-10,", "2026-10-09,") == ["a make-up workday is no Saturday or Sunday"])
        #expect(
            try doubts("2020-02-03,春节,false", "2020-02-04,春节,false") == ["a make-up workday is no Saturday or Sunday"]
        )
        #expect(
            try doubts("2020-01-01,", "2020-01-24,春节,true,2020\n2020-01-01,") == ["the day stands in the file twice"]
        )
        let lines = shipped.split(separator: "\n")
        let early = lines.filter { !$0.hasSuffix(",2026") || $0.hasPrefix("2026-01") }.joined(separator: "\n")
        #expect(
            Self.read(["CN.csv": early + "\n"]).problems.map(\.problem) == [
                "the notice of 2026 has an unusual number of rest days",
                "the notice of 2026 has an unusual number of make-up workdays",
            ]
        )
        let weekend = "date,name,is_off_day,notice_year\n2024-02-10,春节,true,2024\n"
        #expect(
            Self.read(["CN.csv": weekend]).problems.map(\.problem).first
                == "the notice of 2024 has no rest day but Saturdays and Sundays"
        )
    }

    @Test func aFolderWithoutCalendarsIsNoneAndAFileThatCannotBeReadCostsItsOwn() {
        #expect(CalendarFolder([]).calendars.isEmpty)
        let file = SettingsFile(path: "calendars/CN/2024.ics", displayName: "x", unreadable: Diagnostic("no"))
        let folder = CalendarFolder([file])
        #expect(folder.unusable == ["CN"])
        #expect(folder.problems.map(\.problem) == ["no"])
    }
}
