// Numbers by fingerprint, in less than twenty bytes each.

/// Numbers by fingerprint: open addressing in parts that grow by themselves and a little at a time, so that none of it ever
/// takes the room twice.
///
/// Half of a fingerprint is kept, and some bits of the other half say in which part. Among a million fingerprints two are
/// taken for one another once in eight thousand million tables.
struct FingerprintTable: Sendable {
    private struct Part: Sendable {
        /// Three words a slot: the kept half, and the number, which is 0 where the slot is free.
        private var words: [UInt32] = []
        private var slots = 0
        private var count = 0

        /// Where the slot begins that holds the two words, or the free one where they belong; there must be one.
        @inline(__always)
        private func place(_ low: UInt32, _ high: UInt32) -> Int {
            let width = FingerprintTable.wordsOfSlot
            let end = slots &* width
            var place = Int(truncatingIfNeeded: (UInt64(low) &* UInt64(slots)) >> 32) &* width
            while words[place + 2] != 0, words[place] != low || words[place + 1] != high {
                place += width
                if place == end { place = 0 }
            }
            return place
        }

        @inline(__always)
        func number(_ low: UInt32, _ high: UInt32) -> UInt32 {
            slots == 0 ? 0 : words[place(low, high) + 2]
        }

        /// Whether it is a new one.
        @inline(__always)
        mutating func set(_ low: UInt32, _ high: UInt32, to number: UInt32) -> Bool {
            // One slot in five stays free.
            if (count + 1) * 5 > slots * 4 { grow() }
            let place = place(low, high)
            let isNew = words[place + 2] == 0
            if isNew {
                words[place] = low
                words[place + 1] = high
                count += 1
            }
            words[place + 2] = number
            return isNew
        }

        @inline(never)
        private mutating func grow() {
            let kept = words
            slots = max(8, slots * 4 / 3)
            words = Array(repeating: 0, count: slots * FingerprintTable.wordsOfSlot)
            for start in stride(from: 0, to: kept.count, by: FingerprintTable.wordsOfSlot) where kept[start + 2] != 0 {
                let place = place(kept[start], kept[start + 1])
                for word in 0..<FingerprintTable.wordsOfSlot { words[place + word] = kept[start + word] }
            }
        }
    }

    private static let wordsOfSlot = 3
    private static let partBits: UInt64 = 8

    private var parts = Array(repeating: Part(), count: 1 << Self.partBits)
    /// How many fingerprints there are.
    private(set) var count = 0

    /// The number of a fingerprint; `nil` when it was not entered.
    @inline(__always)
    subscript(print: Fingerprint) -> UInt32? {
        let number = parts[Self.part(of: print)].number(
            UInt32(truncatingIfNeeded: print.low),
            UInt32(truncatingIfNeeded: print.low &>> 32)
        )
        return number == 0 ? nil : number
    }

    /// Enters a fingerprint with a number, which must not be 0 and takes the place of an earlier one.
    @inline(__always)
    mutating func set(_ print: Fingerprint, to number: UInt32) {
        let isNew = parts[Self.part(of: print)].set(
            UInt32(truncatingIfNeeded: print.low),
            UInt32(truncatingIfNeeded: print.low &>> 32),
            to: number
        )
        if isNew { count += 1 }
    }

    @inline(__always)
    private static func part(of print: Fingerprint) -> Int { Int(truncatingIfNeeded: print.high &>> (64 - partBits)) }
}
