// Eight bytes at a time in a word of 64 bits, the first one lowest: each has a high bit for an answer.

extension UInt64 {
    /// Eight times the same byte.
    @inline(__always)
    init(repeating byte: UInt8) { self = UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// The high bit of each byte.
    static let highBits = UInt64(repeating: 0x80)

    /// The high bit of each byte that is that ASCII byte, and no other bit.
    @inline(__always)
    func bytes(equalTo byte: UInt8) -> UInt64 {
        let low = UInt64(repeating: 0x7F)
        return ~(((self & low) ^ UInt64(repeating: byte)) &+ low | self) & Self.highBits
    }

    /// The high bit of each byte that is at least that ASCII byte, when all are ASCII.
    @inline(__always)
    func bytes(atLeast byte: UInt8) -> UInt64 { (self &+ UInt64(repeating: 0x80 - byte)) & Self.highBits }

    /// The high bits that answer for eight bytes as eight bits.
    @inline(__always)
    var gathered: UInt64 { (self &* 0x0002_0408_1020_4081) &>> 56 }
}

/// A search for delimiters, newlines and quotes that looks at each byte once, sixty-four at a time.
struct DelimiterSearch {
    private static let width = 64

    /// Eight times the byte between two cells.
    private let delimiters: UInt64
    /// Where the bytes begin that were looked at last.
    private var start = -Self.width
    /// The hits among them that were not yet given, one bit each.
    private var hits: UInt64 = 0

    /// Makes a search of one chunk; the delimiter has to be ASCII.
    init(_ delimiter: UInt8) { delimiters = UInt64(repeating: delimiter) }

    /// Goes on at an index, which no hit that was given lies beyond, unless all are forgotten.
    @inline(__always)
    mutating func move(to index: Int, in chunk: Span<UInt8>) {
        let offset = UInt(bitPattern: index &- start)
        if offset < Self.width { hits &= ~0 &<< UInt64(offset) } else { look(at: index, in: chunk) }
    }

    /// Forgets what was looked at, so that the search may go on anywhere.
    mutating func forget() {
        start = -Self.width
        hits = 0
    }

    /// The next hit's place, or the chunk's end.
    @inline(__always)
    mutating func next(in chunk: Span<UInt8>) -> Int {
        while hits == 0 {
            guard start &+ Self.width < chunk.count else { return chunk.count }
            look(at: start &+ Self.width, in: chunk)
        }
        let place = start &+ hits.trailingZeroBitCount
        hits &= hits &- 1
        return place
    }

    @inline(__always)
    private mutating func look(at index: Int, in chunk: Span<UInt8>) {
        start = index
        hits = Self.hits(from: index, in: chunk, delimiters)
    }

    /// One bit for each of the bytes from an index on that is a hit.
    @inline(never)
    private static func hits(from index: Int, in chunk: Span<UInt8>, _ delimiters: UInt64) -> UInt64 {
        let bytes = chunk.extracting(Swift.min(index, chunk.count)..<Swift.min(index + width, chunk.count))
        var hits: UInt64 = 0
        if bytes.count == width {
            // With all of them there, nothing is asked for each word.
            for part in 0..<8 {
                // Eight times eight are sixty-four.
                let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: part &* 8, as: UInt64.self)
                hits |= found(in: UInt64(littleEndian: word), delimiters).gathered &<< UInt64(part &* 8)
            }
        } else {
            for part in 0..<8 { hits |= found(in: bytes.word(at: part * 8), delimiters).gathered << UInt64(part * 8) }
        }
        return hits
    }

    /// The high bit of each byte that is a hit.
    @inline(__always)
    private static func found(in word: UInt64, _ delimiters: UInt64) -> UInt64 {
        // Three questions in one: the sums carry into the high bit unless the byte is the one that is looked for.
        let low = UInt64(repeating: 0x7F)
        let ascii = word & low
        let misses =
            ((ascii ^ delimiters) &+ low) & ((ascii ^ UInt64(repeating: .newline)) &+ low)
            & ((ascii ^ UInt64(repeating: .quote)) &+ low)
        return ~(misses | word) & .highBits
    }
}
