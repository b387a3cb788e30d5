// One execution of a job: what was ordered, and what came of it.

package import Alerts
package import Almanac
package import Checks
package import Diagnostics
package import Jobs
package import Scheduling

/// An execution of a job, as of an instant, with its cause.
package struct RunOrder: Sendable {
    package let run: Int64
    package let job: Job
    package let cause: Cause
    /// The slot that it serves; `nil` for a run that somebody asked for.
    package let slot: Slot?
    /// Why the slot is where it is, such as moved off a holiday.
    package let slotRemark: String?
    /// For which instant the slot was planned; see `DueSlot.plan`.
    package let slotPlan: Instant?
    package let asOf: Instant
    /// A rehearsal changes nothing: no alert, no notice, no record.
    package let isDryRun: Bool
    /// The instant at which the inbox is read as it was known then; `nil` reads it as it is.
    package let knownAt: Instant?

    package init(
        run: Int64,
        job: Job,
        cause: Cause,
        slot: Slot?,
        slotRemark: String? = nil,
        slotPlan: Instant? = nil,
        asOf: Instant,
        isDryRun: Bool = false,
        knownAt: Instant? = nil
    ) {
        self.run = run
        self.job = job
        self.cause = cause
        self.slot = slot
        self.slotRemark = slotRemark
        self.slotPlan = slotPlan
        self.asOf = asOf
        self.isDryRun = isDryRun
        self.knownAt = knownAt
    }
}

/// What a run found in its tables.
package struct Findings: Sendable {
    package var assessments: [Assessment] = []
    /// Everything that could not be used: files, columns, rows, cells.
    package var rejects: [Diagnostic] = []
    /// So many of the first `rejects` were met while reading; the rest is what the check complains of.
    package var rejectsWhileReading = 0
    /// The tables that were read.
    package var tables: [String] = []
    /// What came of reading each of them.
    package var readings: [TableReading] = []
    package var rowsRead = 0
    /// Tables that could not be read, wholly or to their end.
    package var unread: [String] = []
    /// Those of them that somebody may still be writing.
    package var arriving: Set<InboxFile> = []
    /// Tables that changed while they were read, so that what was read of them is worth nothing.
    package var changed: [String] = []
    /// What of `rejects` was not told before; `nil` when nobody kept that in mind.
    package var news: [Diagnostic]?
    /// Why nothing could be judged at all.
    package var failure: Diagnostic?

    package init() {}

    /// How much was judged and how much could not be, in one line.
    package var summary: String {
        let counts = Assessment.State.allCases.compactMap { state in
            let count = assessments.count { $0.state == state }
            return count > 0 ? "\(count) \(state.rawValue)" : nil
        }
        let gaps = assessments.reduce(0) { $0 + $1.gaps.count }
        var parts = [counts.isEmpty ? "nothing to judge" : counts.joined(separator: ", ")]
        if gaps > 0 { parts.append("\(gaps) gap\(gaps == 1 ? "" : "s")") }
        let complaints = (news ?? rejects).count
        if complaints > 0 { parts.append("\(complaints) complaint\(complaints == 1 ? "" : "s") about the input") }
        parts.append(
            "\(rowsRead) row\(rowsRead == 1 ? "" : "s") read from \(tables.count) table\(tables.count == 1 ? "" : "s")"
        )
        return parts.joined(separator: "; ")
    }
}

/// What came of a run.
package struct RunReport: Sendable {
    package let order: RunOrder
    package let period: Period
    package let findings: Findings
    /// What the run changed in the book of alerts, and what is told.
    package let step: BookStep
    /// Whether the run was entered in the ledger.
    package let isCommitted: Bool

    package var changes: [Change] { step.changes }
    package var notices: [Notice] { step.notices }
}

extension RunSummary {
    init(_ order: RunOrder, outcome: RunOutcome, summary: String) {
        self.init(run: order.run, cause: order.cause, asOf: order.asOf, outcome: outcome, summary: summary)
    }
}
