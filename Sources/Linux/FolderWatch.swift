// A hint that something happened in folders, from inotify.

package import Dispatch
internal import Glibc
import Synchronization

/// Watches folders until it is let go, and costs nothing as long as nothing happens in them.
///
/// A hint says no more than that looking is worth while: when files came, were written or went, when one of the folders
/// was made or moved, also when the kernel dropped events because there were too many. It replaces no look at regular
/// times, since it hears nothing of what other machines do on a network file system.
package final class FolderWatch {
    private let source: any DispatchSourceRead
    private let watches: Watches

    private init(source: any DispatchSourceRead, watches: Watches) {
        self.source = source
        self.watches = watches
    }

    /// After the last hint that may already be under way on the queue no other comes; on the queue itself, none at all.
    deinit { source.cancel() }

    /// Starts watching; the handler runs on the queue, once for however many events are there.
    ///
    /// Folders that are missing, may not be read or are links are left out until `renew`, and so are those beyond the
    /// system's limit of watches. Whatever happens to names in the folder above renews by itself.
    /// - Parameter parent: The folder that has the folders.
    /// - Throws: `SystemError` when the system gives out no inotify instance.
    package static func start(
        _ folders: [String],
        below parent: String? = nil,
        on queue: DispatchQueue,
        handler: @escaping @Sendable () -> Void
    ) throws(SystemError) -> FolderWatch {
        let raw = try checked("inotify_init1") { inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) }
        let watches = Watches(raw: raw, folders: folders, parent: parent)
        watches.renew()

        let source = DispatchSource.makeReadSource(fileDescriptor: raw, queue: queue)
        source.setEventHandler {
            guard Self.drain(raw) else { return }
            // Adding a watch that is there changes nothing, so nobody has to ask which folder it was.
            watches.renew()
            handler()
        }
        // Only now is it certain that nobody waits for the descriptor.
        source.setCancelHandler { close(raw) }
        source.activate()
        return FolderWatch(source: source, watches: watches)
    }

    /// Watches folders that were missing and are there now, or that are others than they were; called on the queue.
    package func renew() { watches.renew() }

    /// Takes all events that are there, and tells whether there was one.
    private static func drain(_ raw: Int32) -> Bool {
        // One event has at most 16 bytes and a name; what does not fit waits for the next turn.
        var buffer = [UInt8](repeating: 0, count: 16_384)
        var count = 0
        while true {
            let got = unsafe buffer.withUnsafeMutableBytes { unsafe read(raw, $0.baseAddress, $0.count) }
            if got == -1, errno == EINTR { continue }
            guard got > 0 else { return count > 0 }
            count += 1
            // Whoever writes faster than this reads must not keep the queue.
            guard count < 64 else { return true }
        }
    }
}

/// Which folders are watched, by the numbers that the system gives out; touched on one queue only.
private final class Watches: Sendable {
    private static let only = UInt32(IN_ONLYDIR | IN_DONT_FOLLOW)
    private static let files = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE) | only
    private static let names = UInt32(IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE) | only

    private let raw: Int32
    private let folders: [String]
    private let parent: String?
    private let numbers = Mutex<[String: Int32]>([:])

    init(raw: Int32, folders: [String], parent: String?) {
        self.raw = raw
        self.folders = folders
        self.parent = parent
    }

    /// Adds what can be watched; a folder in the place of another one takes its watch over.
    func renew() {
        numbers.withLock { numbers in
            if let parent { renew(parent, Self.names, &numbers) }
            for folder in folders { renew(folder, Self.files, &numbers) }
        }
    }

    private func renew(_ folder: String, _ events: UInt32, _ numbers: inout [String: Int32]) {
        let number = unsafe inotify_add_watch(raw, folder, events)
        let old = numbers[folder]
        numbers[folder] = number < 0 ? nil : number
        // The old one goes on telling of a folder that was moved away, or has ended with it.
        if let old, old != number, !numbers.values.contains(old) { inotify_rm_watch(raw, old) }
    }
}
