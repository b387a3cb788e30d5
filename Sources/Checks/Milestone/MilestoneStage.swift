// How far a node of a project has come.

/// How near a planned day is, or what came of it.
enum MilestoneStage: String, CaseIterable {
    case done
    case doneLate = "done-late"
    case notDue = "not-due"
    case upcoming, due
    case lastDay = "last-day"
    case overdue
    /// Its work should have begun in an earlier month.
    case notStarted = "not-started"
    /// Its work should have begun three months ago.
    case longNotStarted = "long-not-started"
    /// What it waits for has slipped, and it will be late by as much.
    case knockOn = "knock-on"
    /// Its lead itself expects it later than planned.
    case slipping
    /// Nobody planned it for a day.
    case unplanned
    case unclear

    var state: Assessment.State {
        switch self {
        case .done, .doneLate, .notDue: .ok
        case .upcoming, .due, .lastDay, .notStarted, .knockOn, .slipping: .warning
        case .overdue, .longNotStarted: .critical
        case .unplanned, .unclear: .unknown
        }
    }
}
