// Codes: which need no folding, and which Excel has spoiled.

extension Span<UInt8> {
    /// Whether this is a code that is kept as it stands: visible ASCII without small letters, and nothing that has to
    /// be looked at more closely.
    var isPlainCode: Bool {
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
