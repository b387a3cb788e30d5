// Counts distinct texts without a string for each.

/// A set of texts by their bytes: open addressing over one arena.
struct DistinctTexts {
    private var arena: [UInt8] = []
    /// Where the text of each occupied slot begins and ends in the arena; an empty slot ends at 0.
    private var slots = Array(repeating: (start: UInt32(0), end: UInt32(0)), count: 1024)
    private(set) var count = 0

    mutating func insert(_ bytes: Span<UInt8>) {
        if (count + 1) * 2 > slots.count { grow() }
        let slot = self.slot(of: bytes)
        guard slots[slot].end == 0, !bytes.isEmpty else { return }
        let start = arena.count
        for index in bytes.indices { arena.append(bytes[index]) }
        slots[slot] = (UInt32(start), UInt32(arena.count))
        count += 1
    }

    /// The slot that holds the text, or the empty one where it belongs.
    private func slot(of bytes: Span<UInt8>) -> Int {
        var hash = UInt64(bytes.count)
        var index = 0
        while index < bytes.count {
            let product = (hash ^ Self.word(bytes, at: index)).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
            hash = product.high ^ product.low
            index += 8
        }
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].end != 0, !isEqual(bytes, at: slots[slot]) { slot = (slot + 1) & mask }
        return slot
    }

    private func isEqual(_ bytes: Span<UInt8>, at place: (start: UInt32, end: UInt32)) -> Bool {
        guard place.end - place.start == bytes.count else { return false }
        let kept = arena.span.extracting(Int(place.start)..<Int(place.end))
        var index = 0
        while index < bytes.count {
            guard Self.word(bytes, at: index) == Self.word(kept, at: index) else { return false }
            index += 8
        }
        return true
    }

    /// The eight bytes from an index on, the first one lowest, and zeros beyond the end.
    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, at index: Int) -> UInt64 {
        if index >= 0, index + 8 <= bytes.count {
            // The condition is the proof that all eight lie inside.
            return unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
        }
        var word: UInt64 = 0
        for place in index..<bytes.count { word |= UInt64(bytes[place]) << UInt64((place - index) * 8) }
        return word
    }

    private mutating func grow() {
        let kept = slots.filter { $0.end != 0 }
        slots = Array(repeating: (0, 0), count: slots.count * 2)
        for place in kept { slots[slot(of: arena.span.extracting(Int(place.start)..<Int(place.end)))] = place }
    }
}
