// Which days are worked: weekdays, except what notices say, and only as far as there are notices.

package import Diagnostics

/// A calendar of working days, made from the days that notices list.
///
/// Nothing is known beyond the notices: a year without one may have its holidays anywhere.
package struct WorkingDayCalendar: Sendable, Hashable {
    /// What a day is.
    package enum Day: Sendable, Hashable {
        case workday
        /// Nobody works; with the holiday's name, or without when it is an ordinary weekend.
        case restDay(String?)
        /// A Saturday or Sunday that is worked to make up for that holiday.
        case makeUpWorkday(String)
    }

    /// The calendar's name, such as `CN`.
    package let name: String
    /// The stretches in which every day is known, earliest first; no two of them touch.
    package let coverage: [ClosedRange<CivilDate>]

    /// The listed days in their order, and beside each what the list says.
    private let dates: [CivilDate]
    private let isOff: [Bool]
    private let names: [String]
    /// Working days that the listed days before this one add to those of the weekdays; one more than there are days.
    private let surplus: [Int]

    /// Makes a calendar of those days, in any order.
    /// - Throws: `Diagnostic` when two lines for the same day and of the same year's notice contradict each other.
    package init(name: String, days: [ListedDay]) throws(Diagnostic) {
        // A later notice corrects an earlier one.
        let sorted = days.sorted {
            ($0.date, -$0.noticeYear, $0.position) < ($1.date, -$1.noticeYear, $1.position)
        }
        var valid: [ListedDay] = []
        for day in sorted {
            guard let standing = valid.last, standing.date == day.date else {
                valid.append(day)
                continue
            }
            if standing.noticeYear == day.noticeYear, standing.isOff != day.isOff {
                throw Self.contradiction(standing, day)
            }
        }
        self.name = name
        dates = valid.map(\.date)
        isOff = valid.map(\.isOff)
        names = valid.map(\.name)
        surplus = valid.reduce(into: [0]) { sums, day in
            let usual = day.date.weekday.isWeekend ? 0 : 1
            sums.append(sums[sums.count - 1] + (day.isOff ? 0 : 1) - usual)
        }
        coverage = Self.coverage(years: Set(days.map(\.noticeYear)))
    }

    /// The calendar of which nothing is known: weekdays are worked, and everything is provisional.
    package static let weekdays = WorkingDayCalendar()

    private init() {
        name = ""
        dates = []
        isOff = []
        names = []
        surplus = [0]
        coverage = []
    }

    /// Whether it is known of that day whether it is worked.
    ///
    /// A December is known only when next year's notice is there, which may move its last days.
    package func covers(_ date: CivilDate) -> Bool { stretch(holding: date) != nil }

    /// What that day is, or `nil` beyond the notices.
    package func day(_ date: CivilDate) -> Day? {
        guard covers(date) else { return nil }
        let isWeekend = date.weekday.isWeekend
        guard let index = index(of: date) else { return isWeekend ? .restDay(nil) : .workday }
        if isOff[index] { return .restDay(names[index]) }
        return isWeekend ? .makeUpWorkday(names[index]) : .workday
    }

    /// Whether that day is worked, or `nil` beyond the notices.
    package func isWorkingDay(_ date: CivilDate) -> Bool? {
        guard covers(date) else { return nil }
        return index(of: date).map { !isOff[$0] } ?? !date.weekday.isWeekend
    }

    /// The days that the notices list, in order.
    var listedDates: [CivilDate] { dates }

    /// How many days of a year are worked to make up for holidays, and how many the notices list as rest days.
    package func listed(in year: Int) -> (restDays: Int, makeUpDays: Int) {
        let off = dates.indices.filter { dates[$0].year == year }.map { isOff[$0] }
        return (off.count { $0 }, off.count { !$0 })
    }

    /// The stretch of known days that holds that one.
    func stretch(holding date: CivilDate) -> ClosedRange<CivilDate>? {
        let index = coverage.partitionPoint { $0.upperBound >= date }
        return index < coverage.count && coverage[index].contains(date) ? coverage[index] : nil
    }

    /// How many working days there are from a fixed day long ago up to and including that day.
    ///
    /// Beyond the notices weekdays count, so whoever asks has to say that the answer is provisional.
    func ordinal(_ daysSinceEpoch: Int) -> Int {
        // 1970-01-01 was a Thursday.
        let sinceMonday = daysSinceEpoch + 3
        let weeks = sinceMonday >= 0 ? sinceMonday / 7 : (sinceMonday - 6) / 7
        let weekdays = weeks * 5 + min(sinceMonday - weeks * 7 + 1, 5)
        return weekdays + surplus[dates.partitionPoint { Int($0.daysSinceEpoch) > daysSinceEpoch }]
    }

    private func index(of date: CivilDate) -> Int? {
        let index = dates.partitionPoint { $0 >= date }
        return index < dates.count && dates[index] == date ? index : nil
    }

    private static func coverage(years: Set<Int>) -> [ClosedRange<CivilDate>] {
        var stretches: [ClosedRange<CivilDate>] = []
        for year in years.sorted() {
            let december = CivilMonth(year: year, month: 12)
            let last = years.contains(year + 1) ? december.lastDay : december.firstDay.adding(days: -1)
            let first = CivilMonth(year: year, month: 1).firstDay
            if let before = stretches.last, before.upperBound.adding(days: 1) == first {
                stretches[stretches.count - 1] = before.lowerBound...last
            } else {
                stretches.append(first...last)
            }
        }
        return stretches
    }

    private static func contradiction(_ first: ListedDay, _ second: ListedDay) -> Diagnostic {
        func what(_ day: ListedDay) -> String { day.isOff ? "a rest day" : "a working day" }
        return Diagnostic(
            "two lines contradict each other about \(second.date)",
            at: second.position,
            found: what(second),
            expected: "\(what(first)), as \(first.position) says",
            remedy: "keep the one that the notice of \(second.noticeYear) gives"
        )
    }
}

extension Weekday {
    /// Whether it is Saturday or Sunday.
    package var isWeekend: Bool { self == .saturday || self == .sunday }
}

extension Array {
    /// The first index whose element, as all after it, fulfils a condition.
    fileprivate func partitionPoint(where isAfter: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
