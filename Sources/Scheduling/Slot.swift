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
    /// A table that it judges was handed in.
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

/// A slot with what became of it; every due slot gets exactly one.
package struct SlotRecord: Sendable, Hashable {
    package let slot: Slot
    package let reason: SlotReason
    /// The run that served it.
    package let run: Int64?
    /// When it was decided.
    package let decided: Instant

    package init(slot: Slot, reason: SlotReason, run: Int64? = nil, decided: Instant) {
        self.slot = slot
        self.reason = reason
        self.run = run
        self.decided = decided
    }
}

/// How far a job's slots have been accounted for.
package struct Stamp: Sendable, Hashable {
    package let job: String
    /// The schedule's fingerprint; slots of a schedule that has since been edited are never caught up.
    package let fingerprint: String
    /// The last slot accounted for, or the instant from which slots count.
    package let last: Instant

    package init(job: String, fingerprint: String, last: Instant) {
        self.job = job
        self.fingerprint = fingerprint
        self.last = last
    }
}
