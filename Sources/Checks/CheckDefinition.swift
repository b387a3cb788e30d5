// The kinds of check there are, each with its settings; the one place where a new kind is entered.

package import Almanac
package import Diagnostics
package import Records

/// A kind of check with the settings that a job gives it.
package enum CheckDefinition: Sendable, Hashable {
    case sectionCompliance(SectionCompliance.Parameters)
    case stock(Stock.Parameters)
    case cadence(Cadence.Parameters)
    case deadline(Deadline.Parameters)
    case target(Target.Parameters)
    case milestone(Milestone.Parameters)
    case coverage(Coverage.Parameters)
    case surveillance(Surveillance.Parameters)
    case coldChain(ColdChain.Parameters)
    case occupancy(Occupancy.Parameters)
    /// Made from what a feed's file says is due, never by a job file.
    case submission(Submission.Parameters)
    /// Made from the calendars that schedules go by, never by a job file.
    case calendarCoverage(CalendarCoverage.Parameters)
    /// Made for whoever looks after dutyd, never by a job file; an audit gives it what to judge.
    case slotAccounts(SlotAccounts.Parameters)
    /// Made for whoever looks after dutyd, with what was measured of the spool.
    case delivery(DeliveryWatch.Parameters)

    /// The names of the kinds that job files can write.
    package static let kinds = [
        "section-compliance", "stock", "cadence", "deadline", "target", "milestone", "coverage", "surveillance",
        "cold-chain", "occupancy",
    ]

    /// The kind's name as job files and words write it.
    package var kind: String {
        switch self {
        case .sectionCompliance: "section-compliance"
        case .stock: "stock"
        case .cadence: "cadence"
        case .deadline: "deadline"
        case .target: "target"
        case .milestone: "milestone"
        case .coverage: "coverage"
        case .surveillance: "surveillance"
        case .coldChain: "cold-chain"
        case .occupancy: "occupancy"
        case .submission: "submission"
        case .calendarCoverage: "calendar-coverage"
        case .slotAccounts: "slot-accounts"
        case .delivery: "delivery"
        }
    }

    /// The tables that the kind needs, registers first; the index of a role is its number in `Check.consume`.
    package var roles: [TableRole] {
        switch self {
        case .sectionCompliance: SectionCompliance.roles
        case .stock: Stock.roles
        case .cadence: Cadence.roles
        case .deadline: Deadline.roles
        case .target: Target.roles
        case .milestone: Milestone.roles
        case .coverage: Coverage.roles
        case .surveillance: Surveillance.roles
        case .coldChain: ColdChain.roles
        case .occupancy: Occupancy.roles
        case .submission(let parameters): Submission.roles(parameters)
        case .calendarCoverage, .slotAccounts, .delivery: []
        }
    }

    /// The period that a run as of a day judges, of those that the rule finds.
    ///
    /// A table is owed for the period before its due day, and still is when the grace has run into the next.
    package func period(_ rule: PeriodRule, asOf date: CivilDate) -> Period {
        if case .submission(let parameters) = self, let period = parameters.term.period(lateOn: date) { return period }
        return rule.period(asOf: date)
    }

    /// The day as of which a past period is judged.
    package func dayOfJudgement(on period: Period) -> CivilDate {
        if case .submission(let parameters) = self, let day = parameters.term.lateFrom(period) { return day }
        return period.last
    }

    /// The columns of a role in which "not detected" cannot be judged without its detection limit.
    package func columnsNeedingDetectionLimits(role: String) -> [String] {
        guard case .sectionCompliance(let parameters) = self, role == SectionCompliance.judged else { return [] }
        return Set(parameters.standards.flatMap(\.deciding).map(\.symbol)).sorted()
    }

    /// What in the feeds would keep the check from judging, by role.
    package func problems(with schemas: [String: TableSchema]) -> [Diagnostic] {
        roles.flatMap { role -> [Diagnostic] in
            guard let schema = schemas[role.name] else { return [] }
            return role.needs.compactMap { need in
                guard let index = schema.index(of: need.name) else {
                    guard need.isEssential else { return nil }
                    return Diagnostic(
                        "the feed that plays \"\(role.name)\" has no column \"\(need.name)\"",
                        expected: "a column \"\(need.name)\" of type \(need.type.rawValue)",
                        remedy: "declare it in the feed's file, or name another feed"
                    )
                }
                let type = schema.columns[index].type
                guard !type.serves(as: need.type) else { return nil }
                return Diagnostic(
                    "the column \"\(need.name)\" of the feed that plays \"\(role.name)\" has the wrong type",
                    found: type.rawValue,
                    expected: need.type.rawValue
                )
            }
        }
    }

    /// A fresh check for one period as of one day; `schemas` are the feeds that play the roles, by role name.
    package func begin(schemas: [String: TableSchema], period: Period, asOf: CivilDate) -> any Check {
        let maps = roles.map { role in ColumnMap(schemas[role.name]) }
        return switch self {
        case .sectionCompliance(let parameters):
            SectionCompliance(parameters, schemas, .one(period, asOf: asOf))
        case .stock(let parameters):
            Stock(parameters, maps: maps, period: period, asOf: asOf)
        case .cadence(let parameters):
            Cadence(parameters, maps: maps, period: period, asOf: asOf)
        case .deadline(let parameters): Deadline(parameters, maps: maps, period: period, asOf: asOf)
        case .target(let parameters): Target(parameters, maps: maps, period: period, asOf: asOf)
        case .milestone(let parameters): Milestone(parameters, maps: maps, period: period, asOf: asOf)
        case .coverage(let parameters): Coverage(parameters, maps: maps, period: period, asOf: asOf)
        case .surveillance(let parameters):
            Surveillance(parameters, sites: maps[0], counts: maps[1], period: period, asOf: asOf)
        case .coldChain(let parameters): ColdChain(parameters, maps: maps, period: period, asOf: asOf)
        case .occupancy(let parameters): Occupancy(parameters, maps: maps, period: period, asOf: asOf)
        case .submission(let parameters): Submission(parameters, maps: maps, period: period, asOf: asOf)
        case .calendarCoverage(let parameters): CalendarCoverage(parameters, asOf: asOf)
        case .slotAccounts(let parameters): SlotAccounts(parameters, asOf: asOf)
        case .delivery(let parameters): DeliveryWatch(parameters, period: period)
        }
    }
}
