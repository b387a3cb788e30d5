// How pressing a matter is among those that are as bad.

extension Assessment {
    /// Grows from the first reminder of a last day to the last one; 0 for whatever has no such steps.
    package var urgency: Int {
        guard case .text(let stage)? = facts["stage"] else { return 0 }
        return (["upcoming", "due", "last-day"].firstIndex(of: stage) ?? -1) + 1
    }
}
