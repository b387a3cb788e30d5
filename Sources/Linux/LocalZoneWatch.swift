// Notice that somebody set the machine's own time zone.

package import Dispatch
import Synchronization

/// Watches the link that names the machine's own zone until it is let go, and costs nothing as long as nobody sets it.
package final class LocalZoneWatch {
    private let watch: FolderWatch

    private init(watch: FolderWatch) { self.watch = watch }

    /// Starts watching; the handler runs on the queue with the new zone's name, once for each zone that is set.
    ///
    /// The name is `UTC` when none is set any more, and `nil` when the link names no zone of the database.
    /// - Throws: `SystemError` when the system gives out no inotify instance.
    package static func start(
        _ zones: ZoneDatabase,
        on queue: DispatchQueue,
        handler: @escaping @Sendable (String?) -> Void
    ) throws(SystemError) -> LocalZoneWatch {
        let known = Mutex(zones.localZoneName())
        let watch = try FolderWatch.start([], below: zones.localTimeFolder, on: queue) {
            let name = zones.localZoneName()
            let isNew = known.withLock { known in
                defer { known = name }
                return known != name
            }
            if isNew { handler(name) }
        }
        return LocalZoneWatch(watch: watch)
    }
}
