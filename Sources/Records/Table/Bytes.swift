// The bytes that a table's grammar knows, and what a table's bytes are asked for.

extension UInt8 {
    static let newline: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let quote: UInt8 = 0x22
    static let plus: UInt8 = 0x2B
    static let comma: UInt8 = 0x2C
    static let minus: UInt8 = 0x2D
    static let point: UInt8 = 0x2E
    static let slash: UInt8 = 0x2F
    static let zero: UInt8 = 0x30

    /// Space, tab, carriage return or line feed: what stands around a cell without belonging to it.
    var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A }
    /// Whether a character that begins with this byte is no blank; the ones with 0xC2 and 0xE3 may be one.
    var isPlainlyVisible: Bool { self > 0x20 && self != 0x7F && self != 0xC2 && self != 0xE3 }
    /// Whether a character that ends with this byte is no blank; the ones with 0x80 and 0xA0 may be one.
    var plainlyEndsVisible: Bool { self > 0x20 && self != 0x80 && self != 0xA0 }
}

extension Span<UInt8> {
    /// The eight bytes from an index on, the first one lowest, and zeros beyond the end.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        if index >= 0, index &+ 8 <= count {
            // The condition is the proof that all eight lie inside.
            return UInt64(
                littleEndian: unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            )
        }
        return lastWord(at: index)
    }

    @inline(never)
    private func lastWord(at index: Int) -> UInt64 {
        var word: UInt64 = 0
        for place in index..<Swift.max(index, count) { word |= UInt64(self[place]) << UInt64((place - index) * 8) }
        return word
    }

    /// The bytes of a range of one to eight, the last one highest, and zeros below the first one.
    @inline(__always)
    func shortWord(_ range: Range<Int>) -> UInt64 {
        let spare = UInt64(truncatingIfNeeded: 64 &- range.count &* 8)
        // What stands before a range costs less than what stands behind it: only a table's first cell lacks it.
        if range.upperBound >= 8 { return (word(at: range.upperBound &- 8) &>> spare) &<< spare }
        return word(at: range.lowerBound) &<< spare
    }

    /// The first quote or newline at or after an index, or `count`.
    @inline(__always)
    func firstQuoteOrNewline(from index: Int) -> Int {
        var index = index
        while index < count {
            let word = word(at: index)
            let hits = word.bytes(equalTo: .newline) | word.bytes(equalTo: .quote)
            if hits != 0 { return index + hits.trailingZeroBitCount / 8 }
            index += 8
        }
        return count
    }

    func firstQuote(from index: Int) -> Int {
        var index = index
        while index < count, self[index] != .quote { index += 1 }
        return index
    }

    /// The part of a range without the blanks around it: ASCII ones, no-break spaces and ideographic spaces.
    @inline(__always)
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        // Most cells begin and end with what is certainly seen.
        if !range.isEmpty, self[range.lowerBound].isPlainlyVisible, self[range.upperBound - 1].plainlyEndsVisible {
            return range
        }
        return trimmedOfAny(range)
    }

    private func trimmedOfAny(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end {
            let width = blankWidth(from: start, to: end)
            guard width > 0 else { break }
            start += width
        }
        while end > start {
            let width = blankWidth(from: start, endingAt: end)
            guard width > 0 else { break }
            end -= width
        }
        return start..<end
    }

    /// The inside of the quoted cell at a range: without the quotes at its ends and the blanks around either.
    @inline(__always)
    func unquoted(_ range: Range<Int>) -> Range<Int> {
        let cell = trimmed(range)
        return trimmed((cell.lowerBound + 1)..<(cell.upperBound - 1))
    }

    /// The same without looking for blanks; the whole cell where no quote ends it.
    @inline(__always)
    func bare(_ range: Range<Int>) -> Range<Int> {
        guard range.count > 1, self[range.upperBound &- 1] == .quote else { return range }
        return range.lowerBound &+ 1..<range.upperBound &- 1
    }

    private func blankWidth(from start: Int, to end: Int) -> Int {
        if self[start].isBlank { return 1 }
        guard self[start] >= 0x80 else { return 0 }
        if end - start >= 2, self[start] == 0xC2, self[start + 1] == 0xA0 { return 2 }
        return end - start >= 3 && self[start] == 0xE3 && self[start + 1] == 0x80 && self[start + 2] == 0x80 ? 3 : 0
    }

    private func blankWidth(from start: Int, endingAt end: Int) -> Int {
        if self[end - 1].isBlank { return 1 }
        guard self[end - 1] >= 0x80 else { return 0 }
        if end - start >= 2, self[end - 2] == 0xC2, self[end - 1] == 0xA0 { return 2 }
        return end - start >= 3 && self[end - 3] == 0xE3 && self[end - 2] == 0x80 && self[end - 1] == 0x80 ? 3 : 0
    }

    /// Whether the bytes are those of a text in lower case, where their own ASCII letters may be in either case.
    func isEqual(toLowercase text: String) -> Bool {
        guard text.utf8.count == count else { return false }
        var index = 0
        for wanted in text.utf8 {
            let isCapital = (0x41...0x5A).contains(self[index])
            guard (isCapital ? self[index] | 0x20 : self[index]) == wanted else { return false }
            index += 1
        }
        return true
    }

    /// The text of the first bytes, more than a complaint prints and little enough to keep a thousand of them.
    var excerpt: String { extracting(first: Swift.min(count, 512)).lossyText }

    /// The text of the bytes, with a replacement character wherever they are not UTF-8.
    var lossyText: String {
        unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}

extension [UInt8] {
    /// Becomes the inside of a quoted cell, with its doubled quotes single.
    mutating func replace(withUnquoted cell: Span<UInt8>) {
        removeAll(keepingCapacity: true)
        let inside = cell.extracting(cell.unquoted(cell.indices))
        var index = 0
        while index < inside.count {
            let quote = inside.firstQuote(from: index)
            // The first quote of each pair is kept, the second one passed.
            append(inside.extracting(index..<Swift.min(quote + 1, inside.count)))
            index = quote + 2
        }
    }

    /// Appends the bytes of a span.
    mutating func append(_ bytes: Span<UInt8>) {
        // The pointer lives for the call alone, and the array copies from it.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

/// The text without the blanks around it, the same ones as `Span.trimmed(_:)` knows.
func trimmedBlanks(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    return bytes.span.extracting(bytes.span.trimmed(bytes.indices)).lossyText
}

extension String {
    /// The text's beginning, as long as the excerpts of cells; a character that is cut is replaced.
    var excerpt: String { utf8.count <= 512 ? self : String(decoding: utf8.prefix(512), as: UTF8.self) }
}
