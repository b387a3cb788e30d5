// Finds numbers by texts without making a string of each.

/// Numbers by text: open addressing over one array of bytes.
package struct TextTable: Sendable {
    private struct Slot: Sendable {
        var start: UInt32 = 0
        var count: UInt32 = 0
        /// 1 more than the number; 0 where the slot is free.
        var number: UInt32 = 0
    }

    private var bytes: [UInt8] = []
    private var slots = Array(repeating: Slot(), count: 64)
    /// How many texts there are.
    package private(set) var count = 0

    package init() {}

    /// The number of a text that was entered.
    package subscript(text: Span<UInt8>) -> Int? {
        let number = slots[slot(of: text)].number
        return number == 0 ? nil : Int(number) - 1
    }

    /// Enters a text, unless it is there; the number must be below 2^31, and so must the bytes of all texts be.
    package mutating func enter(_ text: Span<UInt8>, as number: Int) {
        if (count + 1) * 2 > slots.count { grow() }
        let place = slot(of: text)
        guard slots[place].number == 0 else { return }
        slots[place] = Slot(start: UInt32(bytes.count), count: UInt32(text.count), number: UInt32(number) + 1)
        bytes.append(text)
        count += 1
    }

    /// The slot that holds the text, or the free one where it belongs.
    private func slot(of text: Span<UInt8>) -> Int {
        var hash = UInt64(text.count)
        var index = 0
        while index < text.count {
            let product = (hash ^ text.word(at: index)).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
            hash = product.high ^ product.low
            index += 8
        }
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].number != 0, !holds(text, slots[slot]) { slot = (slot + 1) & mask }
        return slot
    }

    private func holds(_ text: Span<UInt8>, _ slot: Slot) -> Bool {
        guard Int(slot.count) == text.count else { return false }
        let start = Int(slot.start)
        let kept = bytes.span.extracting(start..<(start + text.count))
        var index = 0
        while index < text.count {
            guard kept.word(at: index) == text.word(at: index) else { return false }
            index += 8
        }
        return true
    }

    private mutating func grow() {
        let kept = slots.filter { $0.number != 0 }
        slots = Array(repeating: Slot(), count: slots.count * 2)
        for entry in kept {
            let start = Int(entry.start)
            slots[slot(of: bytes.span.extracting(start..<(start + Int(entry.count))))] = entry
        }
    }
}
