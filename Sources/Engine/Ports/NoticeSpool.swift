// The port through which notices become visible to departments, and through which it is seen what became of them.

package import Alerts
package import Almanac
package import Diagnostics

/// Where departments find their notices.
package protocol NoticeSpool: Sendable {
    /// Makes notices' files visible, those of a department in the order given; delivering the same ones again changes
    /// nothing.
    ///
    /// It waits for the disk, and returns when everything that it says is delivered is durable. Where one notice cannot
    /// be delivered, those behind it for the same department are left out and the other departments get theirs.
    func deliver(_ notices: [Notice], _ terms: DeliveryTerms) -> Delivery

    /// What a department has not taken yet; `nil` when nothing came or went since an instant of change.
    /// - Throws: A `Diagnostic` when the folder cannot be read.
    func untaken(of department: String, unlessChangedAt known: Instant?) throws -> UntakenNotices?

    /// Replaces a file that stands beside a department's folders, such as its heartbeat; not durable.
    /// - Throws: A `Diagnostic` when it cannot be written.
    func post(_ name: String, _ bytes: [UInt8], to department: String) throws

    /// Removes what a department dealt with before an instant and what dead deliveries left, and counts what it claimed
    /// before another one and has not dealt with.
    ///
    /// All three are times of the system's clock.
    /// - Throws: A `Diagnostic` when a folder cannot be looked through.
    func tidy(_ department: String, keptSince kept: Instant, claimedSince claimed: Instant, now: Instant) throws
        -> TidyReport

    /// How much room is left where notices lie, and whether that suffices.
    /// - Throws: A `Diagnostic` when nobody can tell.
    func room() throws -> SpoolRoom

    /// Sets room aside for the notice that says there is none, unless that is done or there is none.
    func fillReserve()
}

/// How a delivery is meant.
package enum DeliveryTerms: Sendable, Hashable {
    /// None of the notices was tried before, so nobody can have taken one.
    case first
    /// What the department took already is not put before it again.
    case ordinary
    /// Also what the department took already is put before it once more.
    case again
    /// The room that is kept for the one notice that says that there is none may be used.
    case fromReserve
}

/// What came of a delivery.
package struct Delivery: Sendable {
    /// The notices that are visible and durable, by sequence.
    package var delivered: Set<Int64> = []
    /// What kept a department from getting its next notice.
    package var problems: [String: Diagnostic] = [:]
    /// Whether it is room that lacks.
    package var lacksRoom = false

    package init() {}
}

/// Notices that a department has not taken yet.
package struct UntakenNotices: Sendable, Hashable {
    /// How many files of each notice lie there, by the sequence that their names begin with.
    package let notices: [Int64: Int]
    package let files: Int
    package let bytes: Int64
    /// When anything last came or went.
    package let changed: Instant

    package init(notices: [Int64: Int], files: Int, bytes: Int64, changed: Instant) {
        self.notices = notices
        self.files = files
        self.bytes = bytes
        self.changed = changed
    }
}

/// What tidying a department's folders came to.
package struct TidyReport: Sendable, Hashable {
    package var removed = 0
    /// Files that were claimed long ago and are not dealt with.
    package var stale = 0
    /// The one of them that was claimed first.
    package var oldest: String?

    package init() {}
}

/// The room on the file system of the spool.
package struct SpoolRoom: Sendable, Hashable {
    package let freeBytes: Int64
    /// `Int64.max` on file systems without a fixed number of files.
    package let freeFiles: Int64
    /// Deliveries stop below.
    package let neededBytes: Int64
    package let neededFiles: Int64

    package var suffices: Bool { freeBytes >= neededBytes && freeFiles >= neededFiles }

    package init(freeBytes: Int64, freeFiles: Int64, neededBytes: Int64, neededFiles: Int64) {
        self.freeBytes = freeBytes
        self.freeFiles = freeFiles
        self.neededBytes = neededBytes
        self.neededFiles = neededFiles
    }
}
