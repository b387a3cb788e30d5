// Slots: the instants at which jobs were due, and what became of each.

package import Almanac

/// One instant at which a job was due.
package struct Slot: Sendable, Hashable {
    package let job: String
    package let instant: Instant

    package init(job: String, instant: Instant) {
        self.job = job
        self.instant = instant
    }
}

/// Why a run takes place.
package enum Cause: String, Sendable, CaseIterable {
    /// A slot came, and the timer fired.
    case timer
    /// A slot had passed unserved.
    case catchUp = "catch-up"
    /// Somebody asked for it.
    case manual
    /// What it judges has come: a table that was handed in, or a slot that is not accounted for.
    case data
}

/// What became of a slot.
package enum SlotReason: Sendable, Hashable {
    /// Why a slot was not run.
    package enum Skip: String, Sendable, CaseIterable {
        /// The job's earlier run was still going on.
        case overlap
        /// A later slot of the same job stood for it.
        case superseded
        /// It was older than the job catches up.
        case outsideWindow = "outside-window"
        /// The job does not catch up.
        case catchUpOff = "no-catch-up"
        /// Its day is not worked, and the job runs on working days only.
        case restDay = "rest-day"
        /// Moved off its rest day, it met an instant at which the job runs anyway.
        case coincides
        /// The clocks were set forward over its time.
        case clockChange = "clock-change"
        /// Somebody had paused the job.
        case paused
        /// The calendar events were edited before it could run.
        case edited
        /// Nothing was on record of it when the slots were audited.
        case unaccounted
    }

    case ran
    case late
    case skipped(Skip)

    /// `ran`, `late` or `skipped: overlap`, as listings and the ledger write it.
    package var text: String {
        switch self {
        case .ran: "ran"
        case .late: "late"
        case .skipped(let skip): "skipped: \(skip.rawValue)"
        }
    }

    /// The same in a sentence for somebody who asks why.
    package var explanation: String {
        switch self {
        case .ran: "it ran when it came"
        case .late: "it ran late, because the daemon was not there when it came"
        case .skipped(.overlap): "an earlier run of the job was still going on"
        case .skipped(.superseded): "it was missed, and a later slot of the job stood for it"
        case .skipped(.outsideWindow): "it was missed, and is older than the job catches up"
        case .skipped(.catchUpOff): "it was missed, and the job does not catch up"
        case .skipped(.restDay): "its day is not worked, and the job runs on working days only"
        case .skipped(.coincides): "moved off its rest day, it met an instant at which the job runs anyway"
        case .skipped(.clockChange): "the clocks were set forward over its time (dst-gap: after runs it after the jump)"
        case .skipped(.paused): "the job was paused"
        case .skipped(.edited): "the job's schedule was edited before it could run"
        case .skipped(.unaccounted):
            "nothing was on record of it when the slots were audited; run the job if it matters"
        }
    }

    /// Reads what `text` wrote.
    package init?(text: String) {
        switch text {
        case "ran": self = .ran
        case "late": self = .late
        default:
            guard text.hasPrefix("skipped: "), let skip = Skip(rawValue: String(text.dropFirst(9))) else { return nil }
            self = .skipped(skip)
        }
    }
}

/// A slot with what became of it; every due slot is accounted for by exactly one.
package struct SlotRecord: Sendable, Hashable {
    package let slot: Slot
    package let reason: SlotReason
    /// The run that served it.
    package let run: Int64?
    /// When it was decided.
    package let decided: Instant
    /// The first slot of a long row of missed ones that this record stands for; `nil` when it stands for its own alone.
    package let since: Instant?
    /// Why the slot was where it was, such as moved off a holiday.
    package let remark: String?
    /// For which instant it was planned; see `DueSlot.plan`.
    package let plan: Instant?

    package init(
        slot: Slot,
        reason: SlotReason,
        run: Int64? = nil,
        decided: Instant,
        since: Instant? = nil,
        remark: String? = nil,
        plan: Instant? = nil
    ) {
        self.slot = slot
        self.reason = reason
        self.run = run
        self.decided = decided
        self.since = since
        self.remark = remark
        self.plan = plan
    }
}
