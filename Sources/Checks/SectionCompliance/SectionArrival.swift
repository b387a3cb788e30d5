// Whose rows of a period are there, among the sections that owe one.

import Almanac
import Records

/// How much of a period's table has arrived.
struct SectionArrival: Sendable {
    /// The sections that owe a row.
    let owed: [RiverSection]
    /// How many of them have one.
    let arrived: Int
    /// The day from which on a row that is not there is late.
    let dueDay: CivilDate
    let asOf: CivilDate

    init(
        _ register: [RiverSection],
        _ history: SectionHistory,
        _ period: Period,
        _ parameters: SectionCompliance.Parameters,
        asOf: CivilDate
    ) {
        let months = period.months
        let owing = register.indices.filter { section in
            months.map { register[section].owesRow(in: $0) } ?? false
        }
        owed = owing.map { register[$0] }
        arrived = owing.count { section in
            months?.contains { history.find($0, of: section).map { history[$0].isUsable } ?? false } ?? false
        }
        dueDay = period.last.adding(days: parameters.lateAfterDays)
        self.asOf = asOf
    }

    var isDue: Bool { asOf >= dueDay }

    /// Whether the table itself is late: then nobody need be told so for each of its sections.
    var isWholeTableLate: Bool { isDue && arrived == 0 && owed.count > 1 }

    /// How many of those that are owed are there, where they are several.
    var facts: Facts {
        owed.count > 1 ? Facts(["arrived": .integer(arrived), "owed": .integer(owed.count)]) : Facts()
    }

    /// The verdict on the table as a whole; `nil` when it has no more than one section.
    func verdict(_ period: Period) -> Assessment? {
        guard owed.count > 1 else { return nil }
        let isLate = isWholeTableLate
        return Assessment(
            subject: DistrictSummary.subject,
            name: DistrictSummary.subject,
            period: period,
            indicator: SectionIndicator.late.rawValue,
            state: isLate ? .warning : arrived > 0 ? .ok : .unknown,
            facts: Facts([
                "due": .date(dueDay), "daysLate": isLate ? .integer(dueDay.days(to: asOf)) : nil,
                "lateSections": arrived > 0
                    ? nil
                    : .list(
                        owed.map {
                            Facts([
                                "code": .text($0.code), "river": .text($0.river), "section": .text($0.place),
                                "office": $0.office.map(Facts.Value.text),
                            ])
                        }
                    ),
            ]).merging(facts),
            gaps: arrived > 0 ? [] : [Gap(.noRow, period.label)]
        )
    }
}

extension RiverSection {
    /// Whether a row is to be there for some months: the section is measured by then, and not suspended in all of them.
    fileprivate func owesRow(in months: ClosedRange<Int>) -> Bool {
        !isBeforeStart(months.upperBound) && !months.allSatisfy { suspension(in: $0) != nil }
    }
}
