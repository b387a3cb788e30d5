// One river section within a period: who it is, what it has to reach, what was measured, and the verdict.

import Almanac
import Records

/// A section and its samples.
struct RiverSection: Sendable {
    let code: String
    let river: String
    let place: String
    let office: String?
    private(set) var target: WaterClass?
    private(set) var targetSource: RowReference
    private var hasUnreadableTarget = false
    /// Why there is no target.
    private let targetGap: Gap.Reason
    /// The items that the section has to report; `nil` when the register does not say.
    let expectedItems: [String]?
    var samples: [ItemSamples]
    /// The first rows that were admitted.
    private var rows: [RowPlace] = []
    /// What each of the first ones said, in the order of `rows`, to know it again.
    private var prints: [Fingerprint] = []
    private var last: RowPlace?
    private var contradiction: RowPlace?
    /// The first row of the section and period that was rejected.
    private var lost: RowPlace?

    /// So many rows are named for a verdict; of the others it says how many samples there were.
    private static let mostNamedRows = 1000
    /// Among so many rows, one a day for a year, one that says the same is looked for.
    ///
    /// A feed with more of them states its key, by which its reader knows such rows.
    private static let mostComparedRows = 400

    init(
        code: String,
        river: String,
        place: String,
        office: String?,
        target: WaterClass?,
        targetGap: Gap.Reason = .blank,
        targetSource: RowReference,
        expectedItems: [String]?,
        itemCount: Int
    ) {
        self.code = code
        self.river = river
        self.place = place
        self.office = office
        self.target = target
        self.targetGap = targetGap
        self.targetSource = targetSource
        self.expectedItems = expectedItems
        samples = Array(repeating: ItemSamples(), count: itemCount)
    }

    static func name(river: String, place: String) -> String {
        river.isEmpty || place.isEmpty ? river + place : "\(river) \(place)"
    }

    var name: String { Self.name(river: river, place: place) }

    /// Takes the target that a row states; it goes before the register's.
    mutating func state(target stated: WaterClass?, at reference: RowReference) {
        guard let stated else {
            hasUnreadableTarget = true
            return
        }
        target = stated
        targetSource = reference
    }

    /// Notes that a row was rejected, without which nobody can call the section compliant.
    mutating func lose(_ row: RowPlace) { lost = lost ?? row }

    /// What a further row of the section and period is.
    enum Admission {
        case isNew
        case repeats(RowPlace)
        case contradicts(RowPlace)
        /// Another row of its file says otherwise, as whoever handed it on knows.
        case isContradicted
    }

    /// Takes a row of measurements in: further samples of one table are averaged, but two tables that differ contradict
    /// each other, because the second is a correction of which nobody said so.
    mutating func admit(_ print: Fingerprint, at row: RowPlace, contradicting other: Bool) -> Admission {
        if other {
            contradiction = row
            return .isContradicted
        }
        if let earlier = prints.firstIndex(of: print) { return .repeats(rows[earlier]) }
        if let first = rows.first, !first.isInFile(of: row) {
            contradiction = row
            return .contradicts(first)
        }
        if prints.count < Self.mostComparedRows { prints.append(print) }
        if rows.count < Self.mostNamedRows { rows.append(row) }
        last = row
        return .isNew
    }

    func assess(
        standard: WaterQualityStandard,
        items: [WaterQualityStandard.Item],
        period: Period,
        places: RowPlaces
    ) -> Assessment {
        var gaps: [Gap] = []
        if rows.isEmpty { gaps.append(Gap(.noRow, period.label)) }
        if let contradiction { gaps.append(Gap(.conflicting, period.label, at: places[contradiction])) }
        if let lost { gaps.append(Gap(.unreadable, "row", at: places[lost])) }
        if target == nil { gaps.append(Gap(targetGap, "target", at: targetSource)) }
        if hasUnreadableTarget { gaps.append(Gap(.unreadable, "target", at: last.map { places[$0] })) }

        let findings = zip(items, samples).compactMap { item, samples in
            samples.value(of: item).map { Finding(item: item, value: $0, samples: samples) }
        }
        if !rows.isEmpty { gaps += missingItems(items: items, places: places) }

        let worst = findings.map(\.waterClass).max()
        // Of two tables that contradict each other neither is believed, whatever it says.
        let state = contradiction == nil ? state(worst: worst, hasGaps: !gaps.isEmpty) : .unknown
        var facts = Facts([
            "river": .text(river), "section": .text(place), "office": office.map(Facts.Value.text),
            "class": worst.map { .text($0.rawValue) }, "target": target.map { .text($0.rawValue) },
            "compliant": state == .unknown ? nil : .flag(state == .ok), "evaluated": .integer(findings.count),
            "expected": .integer(expectedItems?.count ?? standard.deciding.count), "mode": .text("assessment"),
            "standard": .text(standard.name), "targetSource": .text(targetSource.description),
        ])
        facts["deciding"] = worst.map { worst in
            .texts(findings.filter { $0.waterClass == worst }.map(\.item.symbol))
        }
        facts["items"] = .list(findings.map { $0.facts(target: target) })
        let exceeding = target.map { target in findings.filter { $0.waterClass > target } } ?? []
        if !exceeding.isEmpty { facts["exceeding"] = .list(exceeding.map { $0.facts(target: target) }) }
        return Assessment(
            subject: code,
            name: name,
            period: period,
            indicator: "class",
            state: state,
            facts: facts,
            gaps: gaps,
            source: rows.map { places[$0] }
        )
    }

    /// Two classes or more beyond the target is critical; a missing value never counts as compliant.
    private func state(worst: WaterClass?, hasGaps: Bool) -> Assessment.State {
        guard let worst, let target else { return .unknown }
        switch worst.rank - target.rank {
        case ...0: return hasGaps ? .unknown : .ok
        case 1: return .warning
        default: return .critical
        }
    }

    private func missingItems(items: [WaterQualityStandard.Item], places: RowPlaces) -> [Gap] {
        let declared = Set(items.map(\.symbol))
        var gaps = zip(items, samples).compactMap { item, samples -> Gap? in
            let isExpected = expectedItems?.contains(item.symbol) ?? true
            guard isExpected, let missing = samples.missing else { return nil }
            // A table need not have a column for each item of the standard; which ones a section owes, the register says.
            guard missing.reason != .noColumn || expectedItems != nil else { return nil }
            return Gap(missing.reason, item.symbol, at: places[missing.at])
        }
        gaps += coarseItems(items: items, places: places)
        gaps += (expectedItems ?? []).filter { !declared.contains($0) }.map { Gap(.noColumn, $0) }
        return gaps
    }

    /// The items whose detection limit is beyond the target's limit: half of it may meet the target, which proves nothing.
    private func coarseItems(items: [WaterQualityStandard.Item], places: RowPlaces) -> [Gap] {
        guard let target else { return [] }
        return zip(items, samples).compactMap { item, samples in
            guard let limit = item.limit(of: target), let detection = samples.detectionLimit, detection.value > limit
            else { return nil }
            return Gap(.coarseDetectionLimit, item.symbol, at: places[detection.at])
        }
    }
}

/// One item's assessed value and what it means.
private struct Finding {
    let item: WaterQualityStandard.Item
    let value: ExactDecimal
    let samples: ItemSamples
    let waterClass: WaterClass

    init(item: WaterQualityStandard.Item, value: ExactDecimal, samples: ItemSamples) {
        self.item = item
        self.value = value
        self.samples = samples
        waterClass = item.waterClass(of: value)
    }

    func facts(target: WaterClass?) -> Facts {
        let targetLimit = target.flatMap(item.limit(of:))
        return Facts([
            "item": .text(item.symbol), "value": .decimal(value), "unit": item.unit.isEmpty ? nil : .text(item.unit),
            "samples": samples.count > 1 ? .integer(samples.count) : nil,
            "notDetected": samples.notDetected > 0 ? .integer(samples.notDetected) : nil,
            "detectionLimit": samples.detectionLimit.map { .decimal($0.value) },
            "class": .text(waterClass.rawValue), "limit": item.limit(of: waterClass).map(Facts.Value.decimal),
            "targetLimit": targetLimit.map(Facts.Value.decimal),
            "multipleIII": item.multiple(value, over: item.limit(of: .iii)).map(Facts.Value.decimal),
            "multipleTarget": item.multiple(value, over: targetLimit).map(Facts.Value.decimal),
        ])
    }
}
