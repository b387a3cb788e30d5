// Realtime: each sample is judged by itself, by its unrounded values.

import Almanac
import Diagnostics
import Records

/// One sample as it was read, kept until its verdict is wanted.
struct SectionSample: Sendable {
    let month: CivilMonth
    let cells: [Cell]
    let row: RowReference
    /// The day and perhaps the time at which it was taken, as it stands there.
    let time: String?
    let stated: WaterClass?
    let hasUnreadableTarget: Bool
    let isContradicted: Bool
}

extension SectionCompliance {
    package mutating func takeVerdicts() -> [Assessment] {
        defer { ready.removeAll(keepingCapacity: true) }
        return ready
    }

    /// Takes a sample up.
    ///
    /// A section's alert follows its newest sample, which is the last one that stands there; when every
    /// sample is asked for, its verdict is ready at once.
    mutating func sample(_ row: borrowing Row, _ section: Int, _ month: CivilMonth, at here: RowPlace) {
        var stated: WaterClass?
        var isUnreadable = false
        if let column = place.target, case .text = row[column], let written = row.text(column) {
            stated = WaterClass(target: written)
            isUnreadable = stated == nil
        }
        let sample = SectionSample(
            month: month,
            cells: itemColumns.map { row[$0] },
            row: row.reference,
            time: place.time.flatMap { row.text($0) } ?? place.month.flatMap { row.writtenDay($0) },
            stated: stated,
            hasUnreadableTarget: isUnreadable,
            isContradicted: row.contradicted != nil
        )
        if parameters.reportsEachRow {
            ready.append(verdict(on: sample, register[section]))
        } else {
            latest[section] = sample
        }
    }

    /// The verdict on each section's newest sample.
    func sampleVerdicts() -> [Assessment] {
        guard !parameters.reportsEachRow, case .one(let period, _) = scope else { return [] }
        return register.indices.map { section in
            if let sample = latest[section] { return verdict(on: sample, register[section]) }
            return Assessment(
                subject: register[section].code,
                name: register[section].name,
                period: period,
                indicator: SectionIndicator.waterClass.rawValue,
                state: .unknown,
                facts: Facts([
                    "river": .text(register[section].river), "section": .text(register[section].place),
                    "office": register[section].office.map(Facts.Value.text),
                    "mode": .text(parameters.mode.rawValue), "standard": .text(standard.name),
                ]),
                gaps: [Gap(.noRow, period.label)]
            )
        }
    }

    private func verdict(on sample: SectionSample, _ section: RiverSection) -> Assessment {
        var findings: [Finding] = []
        var gaps: [Gap] = []
        for (slot, item) in items.enumerated() where item.decides {
            let isExpected = section.expectedItems?.contains(item.symbol) ?? true
            var samples = ItemSamples()
            _ = samples.add(sample.cells[slot], isPH: item.isPH, at: .nowhere)
            guard samples.count > 0 else {
                if isExpected, sample.cells[slot] != .absent || section.expectedItems != nil {
                    gaps.append(Gap(samples.missing?.reason ?? .noColumn, item.symbol, at: sample.row))
                }
                continue
            }
            let mean = ItemMean([samples], isPH: item.isPH, weighting: .samples)
            guard let value = mean.single else { continue }
            findings.append(Finding(item, slot: slot, mean, value: value, in: section.body))
        }
        let registered = section.target(in: sample.month.ordinal)
        let target = sample.stated ?? registered?.waterClass
        let source = sample.stated == nil ? registered?.source ?? section.source : sample.row
        if target == nil { gaps.append(Gap(section.targetGap, "target", at: section.source)) }
        if sample.hasUnreadableTarget { gaps.append(Gap(.unreadable, "target", at: sample.row)) }
        if sample.isContradicted { gaps.append(Gap(.conflicting, "row", at: sample.row)) }
        let worst = findings.map(\.waterClass).max()
        let state =
            sample.isContradicted
            ? .unknown : SectionView.state(worst, target: target, hasGaps: !gaps.isEmpty)
        let exceeding = target.map { target in findings.filter { $0.waterClass > target } } ?? []
        let flags = findings.contains { $0.mean.notDetected > 0 } ? ["not-detected"] : []
        return Assessment(
            subject: section.code,
            name: section.name,
            period: .month(sample.month),
            indicator: SectionIndicator.waterClass.rawValue,
            state: state,
            facts: Facts([
                "river": .text(section.river), "section": .text(section.place),
                "office": section.office.map(Facts.Value.text), "time": sample.time.map(Facts.Value.text),
                "class": worst.map { .text($0.rawValue) }, "target": target.map { .text($0.rawValue) },
                "compliant": state == .unknown ? nil : .flag(state == .ok),
                "evaluated": .integer(findings.count),
                "expected": .integer(section.expectedItems?.count ?? standard.deciding.count),
                "mode": .text(parameters.mode.rawValue), "basis": .text("sample"),
                "standard": .text(standard.name), "targetSource": .text(source.description),
                "deciding": worst.map { worst in
                    .texts(findings.filter { $0.waterClass == worst }.map(\.item.symbol))
                },
                "items": .list(findings.map { $0.facts(target: target) }),
                "exceeding": exceeding.isEmpty ? nil : .list(exceeding.map { $0.facts(target: target) }),
                "grade": worst.map { .text($0.grade.rawValue) }, "colour": worst.map { .text($0.grade.colour) },
                "flags": flags.isEmpty ? nil : .texts(flags),
            ]),
            gaps: gaps,
            source: [sample.row]
        )
    }
}
