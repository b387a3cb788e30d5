// Recognises totals and notes below a table by the word they begin with.

/// The words that begin a row which is no data.
struct FooterWords {
    private let words: [[UInt8]]
    /// One bit for each byte that a word begins with.
    private let firstBytes: InlineArray<4, UInt64>
    /// One bit for each hash of a word's first bytes, so that nearly every row of data is known by one look.
    private let longWords: InlineArray<8, UInt64>
    /// The same for words of two bytes.
    private let shortWords: InlineArray<8, UInt64>

    init(_ words: [String]) {
        let words = words.map { Array($0.utf8) }.filter { $0.count > 1 }
        var first = InlineArray<4, UInt64>(repeating: 0)
        var long = InlineArray<8, UInt64>(repeating: 0)
        var short = InlineArray<8, UInt64>(repeating: 0)
        for word in words {
            first[Int(word[0] / 64)] |= 1 << UInt64(word[0] % 64)
            let hash = Self.hash(word[0], word[1], word.count > 2 ? word[2] : 0)
            if word.count > 2 {
                long[hash / 64] |= 1 << UInt64(hash % 64)
            } else {
                short[hash / 64] |= 1 << UInt64(hash % 64)
            }
        }
        self.words = words
        firstBytes = first
        longWords = long
        shortWords = short
    }

    /// Below 512.
    @inline(__always)
    private static func hash(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        (Int(first) &+ Int(second) &* 7 &+ Int(third) &* 31) & 511
    }

    @inline(__always)
    private static func contains(_ hash: Int, _ words: InlineArray<8, UInt64>) -> Bool {
        words[hash / 64] >> UInt64(hash % 64) & 1 != 0
    }

    /// Whether the record begins, but for blank cells, with one of the words alone or with one and a colon.
    @inline(__always)
    func begins(_ record: Span<UInt8>, delimiter: UInt8) -> Bool {
        guard !words.isEmpty, let start = Self.start(of: record, delimiter: delimiter),
            firstBytes[Int(record[start] / 64)] >> UInt64(record[start] % 64) & 1 != 0
        else { return false }
        let third = start + 2 < record.count ? record[start + 2] : 0
        let long = Self.hash(record[start], record[start + 1], third)
        let short = Self.hash(record[start], record[start + 1], 0)
        guard Self.contains(long, longWords) || Self.contains(short, shortWords) else { return false }
        return words.contains { Self.begins(record.extracting(start..<record.count), with: $0, delimiter: delimiter) }
    }

    /// Where the first thing stands that is neither blank nor a delimiter nor a quote, with one more byte after it.
    @inline(__always)
    private static func start(of record: Span<UInt8>, delimiter: UInt8) -> Int? {
        var index = 0
        while index + 1 < record.count {
            let byte = record[index]
            if byte.isPlainlyVisible, byte != delimiter, byte != .quote { return index }
            if byte == delimiter || byte == .quote || byte.isBlank {
                index += 1
            } else {
                // An ideographic or a no-break space, or a word that begins with their first byte.
                let rest = record.extracting(index..<record.count)
                let trimmed = rest.trimmed(rest.indices)
                guard trimmed.lowerBound > 0 else { return index }
                index += trimmed.lowerBound
            }
        }
        return nil
    }

    private static func begins(_ bytes: Span<UInt8>, with word: [UInt8], delimiter: UInt8) -> Bool {
        guard bytes.count >= word.count else { return false }
        for index in word.indices where bytes[index] != word[index] { return false }
        var index = word.count
        while index < bytes.count {
            let byte = bytes[index]
            if byte == delimiter || byte == .quote || byte == UInt8(ascii: ":") { return true }
            guard byte.isBlank else {
                // The full-width colon, U+FF1A.
                let rest = bytes.count - index
                return byte == 0xEF && rest > 2 && bytes[index + 1] == 0xBC && bytes[index + 2] == 0x9A
            }
            index += 1
        }
        return true
    }
}
