// Codes: which need no folding, and which Excel has spoiled.

extension Span<UInt8> {
    /// Whether a range is a code that is kept as it stands: visible ASCII without small letters, and nothing that has to
    /// be looked at more closely.
    @inline(__always)
    func isPlainCode(_ range: Range<Int>) -> Bool {
        // With neither a mark in front nor an exponent, its bytes alone decide; two words that overlap hold them all.
        if !range.isEmpty, range.count <= 16, self[range.lowerBound] >= .zero {
            let last = shortWord(Swift.max(range.lowerBound, range.upperBound &- 8)..<range.upperBound)
            let first = range.count < 8 ? last : word(at: range.lowerBound)
            if first.hasExponent || last.hasExponent { return extracting(range).isPlainCode }
            let spare = UInt64(truncatingIfNeeded: 64 &- Swift.min(range.count, 8) &* 8)
            let filled = UInt64(repeating: .zero) & ((1 &<< spare) &- 1)
            return (first | filled).isPlainCode && (last | filled).isPlainCode
        }
        return extracting(range).isPlainCode
    }

    private var isPlainCode: Bool {
        guard !mayBeMark else { return false }
        var isNumber = true
        var hasExponent = false
        for index in indices {
            let byte = self[index]
            guard byte &- 0x21 < 0x5E, byte &- 0x61 >= 26 else { return false }
            hasExponent = hasExponent || byte == 0x45
            isNumber =
                isNumber && (byte &- .zero < 10 || byte == .point || byte == .plus || byte == .minus || byte == 0x45)
        }
        return !(isNumber && hasExponent)
    }

    /// Whether a range is text without blanks around it that cannot stand for the lack of one.
    @inline(__always)
    func isPlainText(_ range: Range<Int>) -> Bool {
        let first = self[range.lowerBound]
        guard first.isPlainlyVisible, self[range.upperBound &- 1].plainlyEndsVisible else { return false }
        // Marks begin with ASCII that is no letter, or where the dashes and the full-width characters are.
        let mayBeginMark = first < .zero || first == 0xE2 || first == 0xEF
        return !(mayBeginMark && extracting(range).mayBeMark) && isText(range)
    }

    /// Whether this may be a dash, a slash or an asterisk for want of a text.
    var mayBeMark: Bool {
        // ASCII marks are one byte long and others three; nobody writes more than four.
        guard count > 0, count <= 12 else { return false }
        return switch self[0] {
        case .minus, .slash, 0x2A: count <= 4 && self[count - 1] == self[0]
        // Where the dashes and the full-width characters begin.
        case 0xE2: count % 3 == 0 && [0x80, 0x88, 0x94].contains(self[1])
        case 0xEF: count % 3 == 0
        default: false
        }
    }
}

extension UInt64 {
    /// Whether a byte is an E.
    fileprivate var hasExponent: Bool { bytes(equalTo: 0x45) != 0 }

    /// Whether all bytes are visible ASCII without small letters.
    fileprivate var isPlainCode: Bool {
        let small = bytes(atLeast: 0x61) & ~bytes(atLeast: 0x7B)
        return (self | ~bytes(atLeast: 0x21) | bytes(atLeast: 0x7F) | small) & .highBits == 0
    }
}

extension FoldedText {
    /// Whether Excel wrote this instead of a code such as 3-1: `3月1日`, `1-Mar`, `Mar-24`.
    var isDateOfExcel: Bool {
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        var text = self
        if text.oneOrTwoDigits() != nil {
            if text.skip("月") { return text.oneOrTwoDigits() != nil && text.skip("日") && text.isAtEnd }
            return text.skip("-") && text.skip(anyOf: months) && text.isAtEnd
        }
        return text.skip(anyOf: months) && text.skip("-") && text.digits()?.count == 2 && text.isAtEnd
    }

    /// Whether Excel wrote this instead of a code of digits, or of digits with an E: `1E+05`, `1.23457E+11`, `1.00E-05`.
    ///
    /// `1E5` and `1E-05` may be codes; Excel would have written `1.00E-05`.
    var isNumberOfExcel: Bool {
        var text = self
        guard text.digits() != nil else { return false }
        let hasFraction = text.skip(".") && text.digits() != nil
        guard text.skip("e"), text.skip("+") || hasFraction && text.skip("-") else { return false }
        return text.digits() != nil && text.isAtEnd
    }
}
