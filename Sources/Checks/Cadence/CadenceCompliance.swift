// How many of the duties that fell due were kept: n of N over all units, for each rule.

import Almanac
import Records

/// The closed slots of one rule over all its units, in the year before the day of judgement.
struct CadenceCompliance {
    private static let listed = 20

    private var kept = 0
    private var owed = 0
    private var units: [(name: String, kept: Int, owed: Int)] = []
    private var rows: [RowReference] = []

    mutating func take(_ clock: CadenceClock) {
        guard let record = clock.record, record.owed > 0 else { return }
        kept += record.kept
        owed += record.owed
        if record.kept < record.owed { units.append((clock.unit.name, record.kept, record.owed)) }
        rows.append(clock.unit.row)
    }

    /// The verdict on the rule; a rule by which nothing fell due is neither kept nor broken.
    func assess(_ rule: CadenceRule, period: Period) -> Assessment {
        Assessment(
            subject: rule.name,
            name: rule.titleZh,
            period: period,
            indicator: "compliance",
            // What is missing is told of each unit; this is the sum.
            state: owed == 0 ? .unknown : .ok,
            facts: Facts([
                "rule": .text(rule.name), "titleZh": .text(rule.titleZh), "titleEn": .text(rule.titleEn),
                "kept": owed == 0 ? nil : .integer(kept), "owed": owed == 0 ? nil : .integer(owed),
                "stage": owed == 0 ? .text("not-applicable") : nil,
                "short": units.isEmpty
                    ? nil
                    : .list(
                        units.prefix(Self.listed).map { unit in
                            Facts(["unit": .text(unit.name), "kept": .integer(unit.kept), "owed": .integer(unit.owed)])
                        }
                    ),
                "moreShort": units.count > Self.listed ? .integer(units.count - Self.listed) : nil,
                "basis": .text(rule.basis), "law": .text(rule.source), "article": .text(rule.article),
                "isInspection": rule.isInspection ? .flag(true) : nil,
            ]),
            source: [rule.row] + rows.prefix(Self.listed)
        )
    }
}
