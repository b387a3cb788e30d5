// How pressing a matter is among those that are as bad.

extension Assessment {
    /// The stages at which a matter that goes on is told again, each more pressing than the one before.
    package static let pressingStages = ["upcoming", "due", "last-day", "escalated", "red-slip"]

    /// Grows from the first reminder of a last day to the last one, and on with the time after it; 0 for whatever has no
    /// such steps.
    package var urgency: Int { stage.flatMap { Self.pressingStages.firstIndex(of: $0) }.map { $0 + 1 } ?? 0 }

    /// How far the matter has come, where its check says so.
    package var stage: String? {
        guard case .text(let stage)? = facts["stage"] else { return nil }
        return stage
    }
}
