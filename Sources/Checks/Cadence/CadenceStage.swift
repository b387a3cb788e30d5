// How far a recurring duty has come.

import Almanac

/// How near the duty is.
enum CadenceStage: String, CaseIterable {
    case exempt, done
    case notDue = "not-due"
    case upcoming, due
    case lastDay = "last-day"
    /// Each slot has its drill, and too long a time lies between them.
    case gap
    case overdue
    /// Overdue for so long that it is taken higher, and for so long that it is taken up for the last time.
    case escalated
    case redSlip = "red-slip"
    case neverRecorded = "never-recorded"
    case unnumbered
    /// Something would be owed by now, and no table was ever handed in that could show it.
    case awaitingFirstFile = "awaiting-first-file"

    var state: Assessment.State {
        switch self {
        case .exempt, .done, .notDue: .ok
        case .upcoming, .due, .lastDay, .gap: .warning
        case .overdue, .escalated, .redSlip: .critical
        case .neverRecorded, .unnumbered, .awaitingFirstFile: .unknown
        }
    }
}

/// Where a duty stands on one day.
struct CadenceStanding {
    var stage: CadenceStage
    /// The slot, or the day the rolling clock started.
    var slot: String
    var done: Int
    var owed: Int
    var due: CivilDate?
    var lacking: [String] = []
    /// The first and the last day on which a drill counts for a rolling clock with grace.
    var window: ClosedRange<CivilDate>?
    /// Since when the gap has been too long.
    var gapSince: CivilDate?
}
