// How far a matter with a deadline has come.

/// How near the last day is, or what came of it.
enum DeadlineStage: String, Sendable, CaseIterable {
    /// Nothing presses.
    case running
    case upcoming, due
    case lastDay = "last-day"
    case overdue
    case done
    /// Settled, and late for ever.
    case doneLate = "done-late"
    case paused
    /// What has to come first has not come.
    case waiting
    /// A least term that has not passed yet.
    case open
    /// A least term that has passed, and the matter goes on.
    case free
    /// A least term that was not waited for.
    case tooShort = "too-short"
    /// The paper that starts the matter sets the day, and the list does not say which.
    case unstated
    /// A term of hours, which the days alone neither prove kept nor missed.
    case hours
    /// Something of the row cannot be read or believed.
    case unclear

    var state: Assessment.State {
        switch self {
        case .running, .done, .doneLate, .paused, .waiting, .open, .free: .ok
        case .upcoming, .due, .lastDay: .warning
        case .overdue, .tooShort: .critical
        case .unstated, .hours, .unclear: .unknown
        }
    }
}
