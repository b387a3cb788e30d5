// Whether bytes are text, decided in one look at each: cells are short, and calls would cost more than the looking.

extension Span<UInt8> {
    /// Whether a range is UTF-8 without a NUL and without the U+FFFD that stands for what could not be decoded.
    @inline(__always)
    func isText(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        // Nearly all is Chinese, and two such characters fit into a word.
        while range.upperBound &- index >= 6, word(at: index).beginsWithTwoIdeographs { index &+= 6 }
        if range.upperBound &- index == 3, range.count >= 6 {
            // The last one together with its neighbour, which was looked at already.
            let last = range.upperBound &- 6..<range.upperBound
            if (shortWord(last) &>> 16).beginsWithTwoIdeographs { return true }
        }
        return index == range.upperBound || extracting(index..<range.upperBound).isText
    }

    private var isText: Bool {
        var index = 0
        while index < count {
            let byte = self[index]
            if byte &- 1 < 0x7F {
                index += 1
            } else if byte &- 0xE4 < 6, index + 2 < count, isContinuation(index + 1), isContinuation(index + 2) {
                index += 3
            } else {
                guard let width = characterWidth(at: index) else { return false }
                index += width
            }
        }
        return true
    }

    @inline(__always)
    private func isContinuation(_ index: Int) -> Bool { self[index] & 0xC0 == 0x80 }

    /// How many bytes the character of several bytes takes that begins at an index; `nil` when none does (RFC 3629).
    private func characterWidth(at index: Int) -> Int? {
        let width: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch self[index] {
        case 0xC2...0xDF: width = 2
        case 0xE0: (width, second) = (3, 0xA0...0xBF)
        case 0xED: (width, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: width = 3
        case 0xF0: (width, second) = (4, 0x90...0xBF)
        case 0xF4: (width, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: width = 4
        default: return nil
        }
        guard index + width <= count, second.contains(self[index + 1]) else { return nil }
        for place in (index + 2)..<(index + width) where !isContinuation(place) { return nil }
        let isReplacement = self[index] == 0xEF && self[index + 1] == 0xBF && self[index + 2] == 0xBD
        return isReplacement ? nil : width
    }
}

extension UInt64 {
    /// Whether the lowest six bytes are two characters from U+4000 to U+9FFF.
    @inline(__always)
    fileprivate var beginsWithTwoIdeographs: Bool {
        // Each begins with 1110 and 4 to 9, and goes on with 10 twice.
        guard self & 0x0000_C0C0_F0C0_C0F0 == 0x0000_8080_E080_80E0 else { return false }
        let leads = self & 0x0000_0000_0F00_000F
        return (leads &+ 0x0000_0000_0C00_000C) & ~(leads &+ 0x0000_0000_0600_0006) & 0x0000_0000_1000_0010
            == 0x0000_0000_1000_0010
    }
}
