// How a commitment stands by the last verdicts of the job that watches it.

package import Almanac
package import Checks
package import Jobs

/// What one run said of one subject, as the ledger keeps it.
package struct LastVerdict: Sendable, Hashable {
    package let subject: String
    package let indicator: String
    package let state: Assessment.State
    package let name: String
    /// The facts as one line of JSON.
    package let facts: String
    /// The instant that the run judged as of.
    package let asOf: Instant

    package init(
        subject: String,
        indicator: String,
        state: Assessment.State,
        name: String,
        facts: String,
        asOf: Instant
    ) {
        self.subject = subject
        self.indicator = indicator
        self.state = state
        self.name = name
        self.facts = facts
        self.asOf = asOf
    }
}

/// How a commitment stands, and why.
package struct CommitmentStanding: Sendable, Hashable {
    /// The honest states of a promise.
    package enum Status: String, Sendable, CaseIterable {
        case kept
        case atRisk = "at risk"
        case broken
        case noData = "no data"
        case noIndicator = "no indicator"
        case unmeasured
    }

    /// Why it stands so.
    package enum Reason: Sendable, Hashable {
        /// So many verdicts are its own, by state.
        case verdicts(ok: Int, warning: Int, critical: Int, unknown: Int)
        /// The job has not run yet.
        case notRun
        /// The job's last run said nothing of its subjects.
        case nothingOfIt
        /// No job has a check of that kind.
        case awaitsCheck(String)
        /// The job is there for it in name only: its file is broken or gone.
        case noJob
        /// Somebody has to choose a measure.
        case toDefine(by: String?, what: String?)
        case pureDirection
    }

    package let commitment: Commitment
    package let status: Status
    package let reason: Reason
    /// What the status rests on, the worst first.
    package let verdicts: [LastVerdict]

    /// - Parameter last: The verdicts of the job's last run that judged; `nil` when it has not run.
    package init(_ commitment: Commitment, last: [LastVerdict]?, isJobUsable: Bool) {
        self.commitment = commitment
        let own = (last ?? []).filter { commitment.owns($0.subject) }
            .sorted { (-$0.state.weightOfVerdict, $0.subject) < (-$1.state.weightOfVerdict, $1.subject) }
        func count(_ state: Assessment.State) -> Int { own.count { $0.state == state } }
        switch commitment {
        case _ where commitment.measure == .not:
            (status, reason, verdicts) = (.unmeasured, .pureDirection, [])
        case _ where !commitment.isWatched:
            let reason = Reason.toDefine(by: commitment.definedBy, what: commitment.toDefine)
            (status, self.reason, verdicts) = (.noIndicator, reason, [])
        case _ where commitment.job == nil:
            (status, reason, verdicts) = (.noData, .awaitsCheck(commitment.awaits ?? commitment.kind), [])
        case _ where !isJobUsable: (status, reason, verdicts) = (.noData, .noJob, [])
        case _ where last == nil: (status, reason, verdicts) = (.noData, .notRun, [])
        case _ where own.isEmpty: (status, reason, verdicts) = (.noData, .nothingOfIt, [])
        default:
            verdicts = own
            reason = .verdicts(
                ok: count(.ok),
                warning: count(.warning),
                critical: count(.critical),
                unknown: count(.unknown)
            )
            // What is not known is not kept; what is known to be bad is bad all the same.
            status =
                count(.critical) > 0
                ? .broken : count(.warning) > 0 ? .atRisk : count(.unknown) > 0 ? .noData : .kept
        }
    }
}

extension Assessment.State {
    /// Orders verdicts by what a reader of the table looks for first.
    fileprivate var weightOfVerdict: Int {
        switch self {
        case .critical: 3
        case .warning: 2
        case .unknown: 1
        case .ok: 0
        }
    }
}

extension DutyEngine {
    /// How every commitment stands, in the order of the list.
    /// - Throws: What the ledger throws.
    package func commitments() async throws -> [CommitmentStanding] {
        var last: [String: [LastVerdict]] = [:]
        for job in Set(configuration.commitments.compactMap(\.job)) {
            last[job] = try await desk.lastVerdicts(of: job)
        }
        let usable = Set(configuration.jobs.map(\.name))
        return configuration.commitments.map { commitment in
            CommitmentStanding(
                commitment,
                last: commitment.job.flatMap { last[$0] },
                isJobUsable: commitment.job.map(usable.contains) ?? false
            )
        }
    }
}
