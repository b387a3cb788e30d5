// A spool without folders, in which a department's folder can be broken.

package import Alerts
import Engine
import Synchronization

/// Keeps what was delivered, in order.
package final class MemorySpool: NoticeSpool {
    /// What a broken folder throws.
    package struct BrokenFolder: Error {
        package let department: String
    }

    private struct State {
        var delivered: [Notice] = []
        var broken: Set<String> = []
        var hiccups: Set<String> = []
    }

    private let state = Mutex(State())

    package init() {}

    /// The notices that are visible, in the order of their delivery.
    package var delivered: [Notice] { state.withLock { $0.delivered } }

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

    package func deliver(_ notice: Notice) throws {
        try state.withLock { state in
            let fails = state.hiccups.remove(notice.department) != nil || state.broken.contains(notice.department)
            guard !fails else { throw BrokenFolder(department: notice.department) }
            if !state.delivered.contains(notice) { state.delivered.append(notice) }
        }
    }
}
