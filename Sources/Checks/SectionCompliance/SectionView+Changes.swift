// Months that were handed in again and now say something else.

import Almanac
import Records

/// What an older file said of a section's month, of which a newer one is believed.
struct SectionRevision: Sendable {
    /// The first row of it.
    let row: RowPlace
    /// What it said, by the item's place among those that are measured.
    var samples: [Int: ItemSamples] = [:]
}

/// What older files said, newest first.
struct SectionRevisions: Sendable {
    private struct Key: Hashable {
        let section: Int
        let month: Int
    }

    private var months: [Key: [SectionRevision]] = [:]

    /// What is known of a section's month, year × 12 + number − 1.
    subscript(section: Int, month: Int) -> [SectionRevision] { months[Key(section: section, month: month)] ?? [] }

    /// Takes a row; those of one file come together.
    mutating func take(
        _ row: borrowing Row,
        at place: RowPlace,
        of section: Int,
        in month: Int,
        columns: [Int],
        acidity: Int?
    ) {
        let key = Key(section: section, month: month)
        var known = months.removeValue(forKey: key) ?? []
        if known.last?.row.isInFile(of: place) != true { known.append(SectionRevision(row: place)) }
        for slot in columns.indices {
            _ = known[known.count - 1].samples[slot, default: ItemSamples()]
                .add(row[columns[slot]], isPH: slot == acidity, at: place)
        }
        months[key] = known
    }
}

extension SectionView {
    /// The months up to the end of the judged period that changed lately, each item with its old and its new value.
    func revisions() -> [Facts] {
        guard let months else { return [] }
        let recent = (months.upperBound - max(context.parameters.changedMonths, months.count) + 1)...months.upperBound
        return recent.flatMap { month -> [Facts] in
            let revisions = context.revisions[number, month]
            guard !revisions.isEmpty else { return [] }
            let now = evaluation(of: month...month, weighting: .samples)
            // The newest one that said something else is what was believed before.
            let changes = revisions.lazy.map { revision in
                context.items.enumerated().compactMap { change(of: $1, $0, revision, in: month, now) }
            }
            return changes.first { !$0.isEmpty } ?? []
        }
    }

    private func change(
        of item: WaterQualityStandard.Item,
        _ slot: Int,
        _ revision: SectionRevision,
        in month: Int,
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
            "period": .text(CivilMonth(ordinal: month).description), "item": .text(item.symbol),
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
