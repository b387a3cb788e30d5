// Finds what is kept by a fingerprint: its bits are drawn by chance already, so nothing need be hashed again.

/// Values by fingerprint: open addressing, at most three quarters full.
struct FingerprintTable<Value> {
    private var slots: [(key: Fingerprint, value: Value)?] = Array(repeating: nil, count: 16)
    private(set) var count = 0

    /// The value that is kept; one that is there can be replaced and not be taken away.
    subscript(key: Fingerprint) -> Value? {
        get { slots[slot(of: key)]?.value }
        set {
            guard let newValue else { return }
            if (count + 1) * 4 > slots.count * 3 { grow() }
            let place = slot(of: key)
            if slots[place] == nil { count += 1 }
            slots[place] = (key, newValue)
        }
    }

    /// The slot that holds the key, or the free one where it belongs.
    private func slot(of key: Fingerprint) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: key.low) & mask
        while let taken = slots[slot]?.key, taken != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let kept = slots
        slots = Array(repeating: nil, count: kept.count * 2)
        for case let entry? in kept { slots[slot(of: entry.key)] = entry }
    }
}
