// What the months of a period say about a section: each item's value and class, and the worst of them.

import Records

/// One item's assessed value and what it means.
struct Finding: Sendable {
    let item: WaterQualityStandard.Item
    /// The item's place among those that are measured.
    let slot: Int
    let mean: ItemMean
    /// The value that is compared.
    let value: ExactDecimal
    let waterClass: WaterClass
    let body: WaterBody

    /// - Returns: `nil` when the mean has too many digits to be compared.
    init?(_ item: WaterQualityStandard.Item, slot: Int, _ mean: ItemMean, in body: WaterBody) {
        // A sample by itself is compared as it is; a mean is rounded once to the official decimals.
        guard let value = mean.rounded(decimals: item.decimals ?? 6) else { return nil }
        self.init(item, slot: slot, mean, value: value, in: body)
    }

    init(
        _ item: WaterQualityStandard.Item,
        slot: Int,
        _ mean: ItemMean,
        value: ExactDecimal,
        in body: WaterBody
    ) {
        self.item = item
        self.slot = slot
        self.mean = mean
        self.value = value
        self.body = body
        waterClass = item.waterClass(of: value, in: body)
    }

    func facts(target: WaterClass?) -> Facts {
        let targetLimit = target.flatMap { item.limit(of: $0, in: body) }
        return Facts([
            "item": .text(item.symbol), "value": .decimal(value), "unit": item.unit.isEmpty ? nil : .text(item.unit),
            "samples": mean.samples > 1 ? .integer(mean.samples) : nil,
            "notDetected": mean.notDetected > 0 ? .integer(mean.notDetected) : nil,
            "detectionLimit": mean.detectionLimit.map { .decimal($0.value) },
            "class": .text(waterClass.rawValue),
            "limit": item.limit(of: waterClass, in: body).map(Facts.Value.decimal),
            "targetLimit": targetLimit.map(Facts.Value.decimal),
            "multipleIII": item.multiple(value, over: item.limit(of: .iii, in: body)).map(Facts.Value.decimal),
            "multipleTarget": item.multiple(value, over: targetLimit).map(Facts.Value.decimal),
        ])
    }
}

/// A section over some months.
struct PeriodEvaluation: Sendable {
    /// The months that it was asked about, as year × 12 + number − 1.
    let months: ClosedRange<Int>
    /// The months of which there are rows, by their numbers in the history.
    let measured: [Int]
    /// Of the items that decide, in the standard's order.
    let findings: [Finding]
    /// Of the items that are known for reference only and have classes.
    let references: [Finding]

    /// The class of the section: that of its worst item (GB 3838-2002, clause 5.1); `nil` when nothing was measured.
    var waterClass: WaterClass? { findings.map(\.waterClass).max() }

    /// The items that decide the class.
    var deciding: [String] {
        let worst = waterClass
        return findings.filter { $0.waterClass == worst }.map(\.item.symbol)
    }

    func finding(_ symbol: String) -> Finding? {
        (findings + references).first { $0.item.symbol == symbol }
    }

    /// The items that miss a target, in the standard's order.
    func exceeding(_ target: WaterClass?) -> [Finding] {
        target.map { target in findings.filter { $0.waterClass > target } } ?? []
    }

    /// The items worse than class III as main pollution indicators are named: the worst class first, within a class the
    /// largest multiple first (环办〔2011〕22号).
    ///
    /// Cyanide and heavy metals go before others. Oxygen and pH have no multiple and stand behind the items of their class
    /// that do; what is still equal stands in the standard's order. Both are the district's own choice.
    var mainPollutants: [Finding] {
        let candidates = findings.enumerated().filter { $0.element.waterClass > .iii }
        return candidates.sorted { first, second in
            let (left, right) = (first.element, second.element)
            if left.item.leads != right.item.leads { return left.item.leads }
            if left.waterClass != right.waterClass { return left.waterClass > right.waterClass }
            let (mine, others) = (left.multipleIII, right.multipleIII)
            if mine != others { return (mine ?? ExactDecimal(-1)) > (others ?? ExactDecimal(-1)) }
            return first.offset < second.offset
        }.map(\.element)
    }
}

extension Finding {
    /// By how many times the limit of class III it exceeds that.
    var multipleIII: ExactDecimal? { item.multiple(value, over: item.limit(of: .iii, in: body)) }
}
