// Digits of at most eight bytes, read at once: a loop over them guesses wrong where they end, cell after cell.

/// What a cell of one to eight bytes says that holds digits alone, or digits with one mark before the last of them.
struct ShortDigits {
    /// The number that all digits make.
    let value: Int64
    /// How many of the digits stand behind the mark, 0–7; 0 without a mark.
    let decimals: Int

    /// `nil` for anything else, a sign too.
    @inline(__always)
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>, mark: UInt8) {
        guard !range.isEmpty, range.count <= 8 else { return nil }
        let zeros = UInt64(repeating: .zero)
        // Zeros before a number change nothing.
        let spare = UInt64(truncatingIfNeeded: 64 &- range.count &* 8)
        var word = bytes.shortWord(range) | zeros & ((1 &<< spare) &- 1)
        let marks = word.bytes(equalTo: mark)
        if marks == 0 {
            decimals = 0
        } else {
            decimals = 7 - marks.trailingZeroBitCount / 8
            guard decimals > 0 else { return nil }
            // What stands before the mark moves into its place; a second one is no digit.
            let bit = marks & (0 &- marks)
            let before = (bit &>> 7) &- 1
            let behind = ~((bit &<< 1) &- 1)
            word = word & behind | (word & before) &<< 8 | UInt64(UInt8.zero)
        }
        var digits = word ^ zeros
        guard (digits | (digits &+ UInt64(repeating: 0x76))) & .highBits == 0 else { return nil }
        // Neighbours become numbers below 100, those below 10,000, and those the whole.
        digits = (digits &* (10 &<< 8 &+ 1)) &>> 8 & 0x00FF_00FF_00FF_00FF
        digits = (digits &* (100 &<< 16 &+ 1)) &>> 16 & 0x0000_FFFF_0000_FFFF
        value = Int64(truncatingIfNeeded: (digits &* (10_000 &<< 32 &+ 1)) &>> 32)
    }
}
