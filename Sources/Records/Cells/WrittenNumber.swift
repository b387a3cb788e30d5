// Numbers as people write them: grouped, in full width, with 万, with a unit, with a power of ten.

/// Reads the numbers of one column.
struct WrittenNumber {
    let type: ColumnType
    /// The column's unit, folded and without blanks; empty when it has none.
    let unit: [UInt8]

    /// Reads a number, or that nothing was detected.
    func cell(_ text: FoldedText) throws(CellFlaw) -> Cell {
        var text = text
        text.drop(anyOf: Self.notes)
        if text.skip(anyOf: Self.notDetected) { return try notDetected(text) }
        if text.skip(anyOf: Self.limits) {
            _ = try ExactDecimal(written: &text)
            throw .onlyALimit
        }
        var isBelow = text.skip("<")
        text.skipBlanks()
        var value = try ExactDecimal(written: &text)
        let rest = text.rest.filter { $0 != 0x20 }
        if rest == unit, rest == [0x6C], type == .measurement, !isBelow { throw .litresOrLimit }
        if !rest.isEmpty, !isUnit(rest[...]) {
            if rest.first == 0x6C, rest.count == 1 || isUnit(rest.dropFirst()) {
                isBelow = true
            } else if let power = power(of: rest) {
                value = try multiplied(value, power: power)
            } else {
                throw Self.flaw(after: rest)
            }
        }
        guard !isBelow else { return try below(value) }
        guard type == .integer else { return .decimal(value) }
        let whole = value.trimmed
        guard whole.scale == 0 else { throw .notWhole }
        return .integer(whole.coefficient)
    }

    /// What may stand in brackets behind a number without changing it.
    private static let notes = ["(复测)", "(复检)", "(平均)", "(均值)"]
    private static let notDetected = ["未检出", "低于检出限", "小于检出限", "n.d.", "n.d", "nd"]
    private static let limits = ["<=", "≤", "≦", "⩽", ">=", "≥", "≧", "⩾", ">"]
    private static let multipliers = [("千", 3), ("万", 4), ("亿", 8)]

    private func isUnit(_ text: ArraySlice<UInt8>) -> Bool {
        guard !unit.isEmpty else { return false }
        return text.elementsEqual(unit) || text.elementsEqual([0x28] + unit + [0x29])
    }

    /// The power of ten of 万, 千 or 亿 with nothing or the unit behind it.
    ///
    /// 千 may begin a unit too, so this is asked only after the whole has turned out not to be the unit.
    private func power(of rest: [UInt8]) -> Int? {
        let found = Self.multipliers.first { rest.starts(with: $0.0.utf8) }
        guard let (word, power) = found else { return nil }
        let behind = rest.dropFirst(word.utf8.count)
        return behind.isEmpty || isUnit(behind) ? power : nil
    }

    private func multiplied(_ value: ExactDecimal, power: Int) throws(CellFlaw) -> ExactDecimal {
        guard type == .decimal else { throw .multiplier }
        guard !Self.multipliers.contains(where: { unit.starts(with: $0.0.utf8) }) else { throw .unclearMultiplier }
        guard let product = value.shifted(by: power) else { throw .tooManyDigits }
        return product
    }

    private func below(_ limit: ExactDecimal) throws(CellFlaw) -> Cell {
        guard type == .measurement else { throw .belowDetection }
        guard limit > ExactDecimal(0) else { throw .limitNotPositive }
        return .notDetected(limit: limit)
    }

    /// Reads what follows ND or 未检出: nothing, or the detection limit.
    private func notDetected(_ text: FoldedText) throws(CellFlaw) -> Cell {
        guard type == .measurement else { throw .belowDetection }
        var text = FoldedText(restOf: text)
        guard !text.isEmpty else { return .notDetected(limit: nil) }
        let isEnclosed = text.dropBrackets()
        if isEnclosed, text.skip("检出限") { _ = text.skip(anyOf: [":", "="]) }
        guard text.skip("<") || isEnclosed else { throw .unclearNotDetected }
        text.skipBlanks()
        guard let limit = try? ExactDecimal(written: &text) else { throw .unclearNotDetected }
        let rest = text.rest.filter { $0 != 0x20 }
        guard rest.isEmpty || isUnit(rest[...]) || rest.first == 0x6C && (rest.count == 1 || isUnit(rest.dropFirst()))
        else { throw .unclearNotDetected }
        return try below(limit)
    }

    /// What is wrong with what stands after a number.
    private static func flaw(after rest: [UInt8]) -> CellFlaw {
        if rest.first == 0x28 { return .unknownNote }
        for mark in ["-", "~", "至", "到"] where rest.starts(with: mark.utf8) {
            let behind = rest.dropFirst(mark.utf8.count).first
            return behind.map { $0 &- .zero < 10 } ?? false ? .range : .notOfItsType
        }
        // 4o is a forty whose zero is a letter; of letters and digits like these no unit is made.
        guard !rest.allSatisfy({ Self.likeDigits.contains($0) || $0 &- .zero < 10 }) else { return .notOfItsType }
        let isLetter = rest.first.map { (0x61...0x7A).contains($0) } ?? false
        return isLetter || unitBeginnings.contains { rest.starts(with: $0.utf8) } ? .otherUnit : .notOfItsType
    }

    /// o, i, l and a point, which are written for 0 and 1 and within numbers.
    private static let likeDigits: [UInt8] = [0x6F, 0x69, 0x6C, .point]

    /// How units begin that are no Latin letters.
    private static let unitBeginnings = [
        "%", "‰", "μ", "°", "毫", "微", "纳", "克", "升", "公", "吨", "米", "度", "元", "千", "万", "亿", "个", "只", "件", "套", "盒",
        "箱", "支", "剂", "瓶", "片", "粒", "袋", "包", "人", "份", "台", "床", "双", "卷", "桶", "条", "张", "辆", "副", "枚",
    ]
}

extension ExactDecimal {
    /// Reads the number that begins here and passes it: digits in groups or not, a fraction, a power of ten.
    init(written text: inout FoldedText) throws(CellFlaw) {
        var plain: [UInt8] = []
        if text.skip("-") { plain.append(.minus) } else { _ = text.skip("+") }
        let sign = plain.count
        var group = text.takeDigits(into: &plain)
        if group > 0, let separator = text.skip(beforeDigit: [.comma, 0x20]) {
            guard group <= 3, plain[sign] != .zero else { throw .wrongGrouping }
            repeat {
                group = text.takeDigits(into: &plain)
                guard group == 3 else { throw .wrongGrouping }
            } while text.skip(beforeDigit: [separator]) != nil
        }
        if text.skip(beforeDigit: [.point]) != nil {
            plain.append(.point)
            _ = text.takeDigits(into: &plain)
        }
        guard plain.count > sign else { throw .notOfItsType }
        guard text.skip(beforeDigit: [.comma, 0x20]) == nil else { throw .wrongGrouping }
        guard let number = ExactDecimal(bytes: plain.span) else { throw .tooManyDigits }
        guard let power = try Self.power(&text) else {
            self = number
            return
        }
        guard let shifted = number.shifted(by: power) else { throw .tooManyDigits }
        self = shifted
    }

    /// Reads the power of ten that stands here, as in `1.2E-3` and `4.7×10^3`; `nil`, without moving, when none does.
    private static func power(_ text: inout FoldedText) throws(CellFlaw) -> Int? {
        var ahead = text
        if ahead.skip("e") {
            guard let power = signed(&ahead) else { return nil }
            text = ahead
            return power
        }
        ahead.skipBlanks()
        guard ahead.skip(anyOf: ["×", "x", "*", "✕"]) else { return nil }
        ahead.skipBlanks()
        guard ahead.skip("10") else { return nil }
        // Without the caret an exponent has slipped down: ×103 was ×10³, or was not.
        guard ahead.skip("^"), let power = signed(&ahead) else { throw .unclearExponent }
        text = ahead
        return power
    }

    private static func signed(_ text: inout FoldedText) -> Int? {
        let isNegative = text.skip("-")
        if !isNegative { _ = text.skip("+") }
        return text.digits().map { isNegative ? -$0.value : $0.value }
    }

    /// The number times 10^`power`, or `nil` when it has more digits than fit.
    func shifted(by power: Int) -> ExactDecimal? {
        guard (-36...36).contains(power) else { return isZero ? ExactDecimal(0) : nil }
        let scale = Int(scale) - power
        guard scale < 0 else { return ExactDecimal(exactly: Int128(coefficient), scale: scale) }
        // A power of more than 18 fits for nothing but zero.
        guard scale >= -18 else { return isZero ? ExactDecimal(0) : nil }
        return ExactDecimal(exactly: Int128(coefficient) * powerOfTen(-scale), scale: 0)
    }
}
