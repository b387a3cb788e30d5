// Sets of small numbers as the bits of one word: the fields of a calendar event.

extension UInt64 {
    /// The members that are not below that one, which may be beyond the word on either side.
    func members(from lowest: Int) -> UInt64 {
        if lowest <= 0 { return self }
        return lowest < 64 ? self & (.max &<< UInt64(truncatingIfNeeded: lowest)) : 0
    }
}
