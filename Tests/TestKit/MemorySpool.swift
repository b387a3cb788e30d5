// A spool without folders, in which a department's folder can be broken.

package import Alerts
package import Almanac
import Diagnostics
package import Engine
import Synchronization

/// Keeps what was delivered, in order.
package final class MemorySpool: NoticeSpool {
    private struct State {
        var delivered: [Notice] = []
        var broken: Set<String> = []
        var hiccups: Set<String> = []
        var lying: [String: [Int64: Int]] = [:]
        var posted: [String: [UInt8]] = [:]
        var isRoomy = true
        var terms: [DeliveryTerms] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// The notices that are visible, in the order of their delivery.
    package var delivered: [Notice] { state.withLock { $0.delivered } }

    /// On what terms it was asked to deliver, in order.
    package var terms: [DeliveryTerms] { state.withLock { $0.terms } }

    /// The departments whose folders cannot be written.
    package var broken: Set<String> {
        get { state.withLock { $0.broken } }
        set { state.withLock { $0.broken = newValue } }
    }

    /// The departments whose next delivery fails, and only that one.
    package var hiccups: Set<String> {
        get { state.withLock { $0.hiccups } }
        set { state.withLock { $0.hiccups = newValue } }
    }

    package func deliver(_ notices: [Notice], _ terms: DeliveryTerms) -> Delivery {
        state.withLock { state in
            var delivery = Delivery()
            state.terms.append(terms)
            for notice in notices where delivery.problems[notice.department] == nil {
                if !state.isRoomy, terms != .fromReserve {
                    delivery.lacksRoom = true
                    delivery.problems[notice.department] = Diagnostic("no room")
                } else if state.hiccups.remove(notice.department) != nil || state.broken.contains(notice.department) {
                    delivery.problems[notice.department] = Diagnostic("the folder is broken")
                } else {
                    delivery.delivered.insert(notice.sequence)
                    if terms == .again || !state.delivered.contains(notice) { state.delivered.append(notice) }
                    state.lying[notice.department, default: [:]][notice.sequence] = notice.documents.count
                }
            }
            return delivery
        }
    }

    /// A department takes a file of a notice.
    package func take(_ sequence: Int64, by department: String) {
        state.withLock { $0.lying[department]?[sequence] = nil }
    }

    package func untaken(of department: String, unlessChangedAt known: Instant?) throws -> UntakenNotices? {
        state.withLock { state in
            let lying = state.lying[department] ?? [:]
            let files = lying.values.reduce(0, +)
            return UntakenNotices(notices: lying, files: files, bytes: 0, changed: Instant(microseconds: .max))
        }
    }

    package func post(_ name: String, _ bytes: [UInt8], to department: String) throws {
        state.withLock { $0.posted["\(department)/\(name)"] = bytes }
    }

    package func tidy(_ department: String, keptSince kept: Instant, claimedSince claimed: Instant, now: Instant) throws
        -> TidyReport
    { TidyReport() }

    package func room() throws -> SpoolRoom {
        let free: Int64 = isRoomy ? 1_000 : 0
        return SpoolRoom(freeBytes: free, freeFiles: free, neededBytes: 100, neededFiles: 100)
    }

    package func fillReserve() {}

    /// Whether there is room for anything but the notice that says there is none.
    package var isRoomy: Bool {
        get { state.withLock { $0.isRoomy } }
        set { state.withLock { $0.isRoomy = newValue } }
    }

    /// The files beside the departments' folders, by department and name.
    package var posted: [String: [UInt8]] { state.withLock { $0.posted } }
}
