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
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in bytes.indices { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask
        while slots[slot].end != 0, !isEqual(bytes, at: slots[slot]) { slot = (slot + 1) & mask }
        return slot
    }

    private func isEqual(_ bytes: Span<UInt8>, at place: (start: UInt32, end: UInt32)) -> Bool {
        guard place.end - place.start == bytes.count else { return false }
        let kept = arena.span.extracting(Int(place.start)..<Int(place.end))
        for index in bytes.indices where bytes[index] != kept[index] { return false }
        return true
    }

    private mutating func grow() {
        let kept = slots.filter { $0.end != 0 }
        slots = Array(repeating: (0, 0), count: slots.count * 2)
        for place in kept { slots[slot(of: arena.span.extracting(Int(place.start)..<Int(place.end)))] = place }
    }
}
