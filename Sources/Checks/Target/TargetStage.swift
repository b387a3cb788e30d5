// How an indicator stands against its plan.

/// The states of a target; the three colours are only for what is under way.
enum TargetStage: String, CaseIterable {
    case onTrack = "on-track"
    case atRisk = "at-risk"
    case offTrack = "off-track"
    case met
    /// Reached after its day.
    case metLate = "met-late"
    /// Its day is over, and it was not reached.
    case missed
    case notDue = "not-due"
    case noData = "no-data"
    case stale
    case withdrawn
    case unmeasured

    var state: Assessment.State {
        switch self {
        case .onTrack, .met, .metLate, .notDue, .withdrawn: .ok
        case .atRisk: .warning
        case .offTrack, .missed: .critical
        case .noData, .stale, .unmeasured: .unknown
        }
    }
}
