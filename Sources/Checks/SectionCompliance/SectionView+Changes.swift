// Months that were handed in again and now say something else.

import Almanac
import Records

/// What an older file said of a section's month, of which a newer one is believed.
struct SectionRevision: Sendable {
    let section: Int
    /// Year × 12 + number − 1.
    let month: Int
    let row: RowPlace
    /// What it said, by the item's place among those that are measured.
    var samples: [Int: ItemSamples] = [:]
}

extension SectionView {
    /// The months up to the end of the judged period that changed lately, each item with its old and its new value.
    func revisions() -> [Facts] {
        guard let months else { return [] }
        let recent = (months.upperBound - max(context.parameters.changedMonths, months.count) + 1)...months.upperBound
        return context.revisions.filter { $0.section == number && recent.contains($0.month) }
            .sorted { $0.month < $1.month }
            .flatMap { revision -> [Facts] in
                let now = evaluation(of: revision.month...revision.month, weighting: .samples)
                return context.items.enumerated().compactMap { slot, item in
                    change(of: item, slot, revision, now)
                }
            }
    }

    private func change(
        of item: WaterQualityStandard.Item,
        _ slot: Int,
        _ revision: SectionRevision,
        _ now: PeriodEvaluation
    ) -> Facts? {
        let old = revision.samples[slot].flatMap { samples in
            samples.count > 0 ? ItemMean([samples], isPH: item.isPH, weighting: .samples) : nil
        }
        let new = (now.findings + now.references).first { $0.slot == slot }?.mean
        guard old?.exact != new?.exact || old?.hydrogenIons != new?.hydrogenIons else { return nil }
        func shown(_ mean: ItemMean?) -> Facts.Value? {
            (mean?.single ?? mean?.rounded(decimals: item.decimals ?? 6)).map(Facts.Value.decimal)
        }
        return Facts([
            "period": .text(CivilMonth(ordinal: revision.month).description), "item": .text(item.symbol),
            "old": shown(old), "new": shown(new), "oldRow": .text(context.places[revision.row].description),
        ])
    }

    func changeVerdict() -> Assessment {
        let changes = revisions()
        let isKnown = current?.measured.contains { context.history[$0].isUsable } ?? false
        return assessment(
            .changed,
            changes.isEmpty ? (isKnown ? .ok : .unknown) : .warning,
            Facts([
                "class": (current?.waterClass).map { .text($0.rawValue) },
                "target": target.map { .text($0.waterClass.rawValue) },
                "changes": changes.isEmpty ? nil : .list(changes),
            ]),
            gaps: isKnown ? [] : [Gap(.noRow, period.label)],
            source: rows(of: current)
        )
    }
}
