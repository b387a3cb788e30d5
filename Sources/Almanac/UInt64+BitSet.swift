// Sets of small numbers as the bits of one word: the fields of a calendar event.

extension UInt64 {
    /// The members that are not below that one, which may be beyond the word on either side.
    func members(from lowest: Int) -> UInt64 {
        if lowest <= 0 { return self }
        return lowest < 64 ? self & (.max &<< UInt64(truncatingIfNeeded: lowest)) : 0
    }

    /// The members that are not above that one, which may be beyond the word on either side.
    func members(through highest: Int) -> UInt64 { self & ~UInt64.max.members(from: highest + 1) }

    /// The greatest member; of no use when there is none.
    var highestMember: Int { 63 - leadingZeroBitCount }
}
