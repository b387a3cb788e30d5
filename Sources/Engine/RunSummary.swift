// How runs went, as listings and the ledger keep it.

package import Almanac
package import Scheduling

/// How a run ended.
package enum RunOutcome: String, Sendable {
    case completed, failed
}

/// How a job's last run went.
package struct RunSummary: Sendable, Hashable {
    package let run: Int64
    package let cause: Cause
    package let asOf: Instant
    package let outcome: RunOutcome
    /// What went wrong, or how much was seen, in one line.
    package let summary: String

    package init(run: Int64, cause: Cause, asOf: Instant, outcome: RunOutcome, summary: String) {
        self.run = run
        self.cause = cause
        self.asOf = asOf
        self.outcome = outcome
        self.summary = summary
    }
}
