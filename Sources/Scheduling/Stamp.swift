// What a restart needs to know of a job's slots, and what somebody told the scheduler about jobs.

package import Almanac

/// How far a job's slots have been accounted for.
package struct Stamp: Sendable, Hashable {
    package let job: String
    /// The schedule's fingerprint; slots of a schedule that has since been edited are never caught up.
    package let fingerprint: String
    /// The last slot accounted for, or the instant from which slots count.
    package let last: Instant
    /// The instant from which slots count by this schedule.
    package let since: Instant
    /// The plans (`DueSlot.plan`) of the latest slots accounted for, as far back as `reachSeconds`: a later notice about
    /// working days may move such a slot to where it would come a second time.
    package let served: Set<Instant>

    /// Further than that no notice moves a slot: 60 days, which is more than the rest days of a year.
    package static let reachSeconds: Int64 = 60 * 86_400

    package init(
        job: String,
        fingerprint: String,
        last: Instant,
        since: Instant? = nil,
        served: Set<Instant> = []
    ) {
        self.job = job
        self.fingerprint = fingerprint
        self.last = last
        self.since = since ?? last
        self.served = served
    }
}

/// That somebody does not want a job's slots to be run.
package struct Pause: Sendable, Hashable {
    /// The job; `nil` for all jobs.
    package let job: String?
    package let since: Instant
    /// Who asked for it, as listings show it.
    package let author: String
    package let note: String

    package init(job: String?, since: Instant, author: String, note: String) {
        self.job = job
        self.since = since
        self.author = author
        self.note = note
    }
}
