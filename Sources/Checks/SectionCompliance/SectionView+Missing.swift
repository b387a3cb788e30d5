// What is not there: items of a row, and whole rows that are due.

import Almanac
import Records

extension SectionView {
    /// The items that the judged months lack, each with the reason.
    func missingItems() -> [Gap] {
        guard let current else { return [] }
        let declared = Set(context.items.filter(\.decides).map(\.symbol))
        var gaps: [Gap] = []
        for (slot, item) in context.items.enumerated() where item.decides {
            guard section.expectedItems?.contains(item.symbol) ?? true else { continue }
            let found = current.measured.lazy.compactMap { month in
                context.history[month, slot]?.missing.map { ($0.reason, context.places[$0.at]) }
            }
            if let (reason, at) = found.first {
                gaps.append(Gap(reason, item.symbol, at: at))
            } else if section.expectedItems != nil, isWithoutColumn(slot) {
                // A table need not have a column for each item of the standard; which ones a section owes, the register says.
                gaps.append(Gap(.noColumn, item.symbol, at: rows(of: current).first))
            }
        }
        gaps += coarseItems()
        gaps += (section.expectedItems ?? []).filter { !declared.contains($0) }.map { Gap(.noColumn, $0) }
        return gaps
    }

    private func isWithoutColumn(_ slot: Int) -> Bool {
        (current?.measured ?? []).contains { context.history[$0].absent & (1 << UInt64(slot)) != 0 }
    }

    /// The items whose detection limit is beyond the target's limit: half of it may meet the target, which proves nothing.
    private func coarseItems() -> [Gap] {
        guard let target, let current else { return [] }
        return current.findings.compactMap { finding in
            guard let limit = finding.item.limit(of: target.waterClass, in: section.body),
                let detection = finding.mean.detectionLimit, detection.value > limit
            else { return nil }
            return Gap(.coarseDetectionLimit, finding.item.symbol, at: context.places[detection.at])
        }
    }

    /// Expected items that are not there although the row is; a row of which no item is known is worse than one that lacks
    /// some.
    func missingVerdict() -> Assessment {
        if let suspension { return silence(.missing, because: suspension) }
        let hasRow = current?.measured.contains { context.history[$0].isUsable } ?? false
        guard hasRow else {
            return assessment(
                .missing,
                .unknown,
                Facts(["expected": .integer(expectedCount)]),
                gaps: [Gap(.noRow, period.label)],
                source: []
            )
        }
        let gaps = missingItems().filter { $0.reason != .coarseDetectionLimit }
        let evaluated = current?.findings.count ?? 0
        let isDue = context.arrival.isDue
        let isEmpty = evaluated == 0
        let state: Assessment.State =
            gaps.isEmpty && !isEmpty ? .ok : !isDue ? .unknown : isEmpty ? .critical : .warning
        return assessment(
            .missing,
            state,
            Facts([
                "evaluated": .integer(evaluated), "expected": .integer(expectedCount),
                "stage": .text(isEmpty ? "no-values" : gaps.isEmpty ? "complete" : "partial"),
                "due": .date(context.arrival.dueDay),
                "missingItems": gaps.isEmpty
                    ? nil
                    : .list(
                        gaps.map { Facts(["item": .text($0.what), "reason": .text($0.reason.rawValue)]) }
                    ),
            ]),
            gaps: state == .ok ? [] : gaps,
            source: rows(of: current)
        )
    }

    /// Whether the section's row is there by the day on which it is due.
    func lateVerdict() -> Assessment {
        if let suspension { return silence(.late, because: suspension) }
        let isThere = current?.measured.contains { context.history[$0].isUsable } ?? false
        let isOwed = months.map { !section.isBeforeStart($0.upperBound) } ?? false
        // When the whole table is late, that is said once.
        let isAlone = !context.arrival.isWholeTableLate
        let state: Assessment.State =
            isThere || !isOwed ? .ok : context.arrival.isDue && isAlone ? .warning : .unknown
        let last = context.history.months(of: number).last { month in
            Int(context.history[month].ordinal) < months?.lowerBound ?? 0 && context.history[month].isUsable
        }
        return assessment(
            .late,
            state,
            Facts([
                "due": .date(context.arrival.dueDay),
                "daysLate": state == .warning ? .integer(context.arrival.dueDay.days(to: context.arrival.asOf)) : nil,
                "last": last.map { .text(CivilMonth(ordinal: Int(context.history[$0].ordinal)).description) },
            ]).merging(context.arrival.facts),
            gaps: isThere || !isOwed ? [] : [Gap(.noRow, period.label)],
            source: rows(of: current)
        )
    }
}
