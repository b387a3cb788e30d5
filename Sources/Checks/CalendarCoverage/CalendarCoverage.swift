// Whether the calendars of working days that schedules go by reach into the next year.

package import Almanac
package import Records

/// Judges each calendar in use: next year's notice is out in November, and has to be there before the year is.
package struct CalendarCoverage: Check {
    /// A calendar and what goes by it.
    package struct Use: Sendable, Hashable {
        package let name: String
        /// `nil` when its files cannot be used.
        package let calendar: WorkingDayCalendar?
        /// The jobs whose schedules need it.
        package let jobs: [String]

        package init(name: String, calendar: WorkingDayCalendar?, jobs: [String]) {
            self.name = name
            self.calendar = calendar
            self.jobs = jobs
        }
    }

    package struct Parameters: Sendable, Hashable {
        /// In the order of their names.
        package let uses: [Use]

        package init(uses: [Use]) { self.uses = uses }
    }

    /// How things stand with a calendar.
    enum Stage: String, CaseIterable {
        case covered
        /// Next year is not there and nobody need mind yet.
        case early
        /// From 1 November.
        case missing
        /// From 15 December.
        case urgent
        /// The year has begun, and nothing is known of its holidays.
        case expired
        /// There are files, and they cannot be used.
        case unusable

        var state: Assessment.State {
            switch self {
            case .covered, .early: .ok
            case .missing: .warning
            case .urgent, .expired, .unusable: .critical
            }
        }
    }

    private let parameters: Parameters
    private let asOf: CivilDate
    package let complaints = RowComplaints()

    init(_ parameters: Parameters, asOf: CivilDate) {
        self.parameters = parameters
        self.asOf = asOf
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {}

    package mutating func finish() -> [Assessment] { parameters.uses.map(assessment) }

    private func assessment(of use: Use) -> Assessment {
        let (year, month, day) = asOf.components
        func isCovered(_ year: Int) -> Bool { use.calendar?.covers(CivilMonth(year: year, month: 1).firstDay) ?? false }
        let stage: Stage =
            if use.calendar == nil {
                .unusable
            } else if !isCovered(year) {
                .expired
            } else if isCovered(year + 1) {
                .covered
            } else if month < 11 {
                .early
            } else {
                month == 12 && day >= 15 ? .urgent : .missing
            }
        let wanted = stage == .expired || stage == .unusable ? year : year + 1
        let known = use.calendar?.coverage.last
        let daysLeft = known.map { asOf.days(to: $0.upperBound) } ?? 0
        let listed = known.flatMap { use.calendar?.listed(in: min($0.upperBound.year, year)) }
        return Assessment(
            subject: use.name,
            name: use.name,
            period: .year(wanted),
            indicator: "coverage",
            state: stage.state,
            facts: Facts([
                "calendar": .text(use.name), "stage": .text(stage.rawValue), "year": .integer(wanted),
                "knownFrom": (known?.lowerBound).map(Facts.Value.date),
                "knownUntil": (known?.upperBound).map(Facts.Value.date),
                "daysLeft": daysLeft > 0 ? .integer(daysLeft) : nil,
                "restDays": (listed?.restDays).map(Facts.Value.integer),
                "makeUpDays": (listed?.makeUpDays).map(Facts.Value.integer),
                "jobs": use.jobs.isEmpty ? nil : .texts(Array(use.jobs.prefix(Self.listedJobs))),
                "moreJobs": use.jobs.count > Self.listedJobs ? .integer(use.jobs.count - Self.listedJobs) : nil,
                stage.rawValue: .flag(true),
            ])
        )
    }

    /// So many jobs are named one by one.
    private static let listedJobs = 20
}
