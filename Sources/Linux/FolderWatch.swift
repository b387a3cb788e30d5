// A hint that something happened in folders, from inotify.

package import Dispatch
internal import Glibc

/// Watches folders until it is let go, and costs nothing as long as nothing happens in them.
///
/// A hint says no more than that looking is worth while: when files came, were written or went, also when the kernel
/// dropped events because there were too many. It replaces no look at regular times, since a watch ends with its folder
/// and hears nothing of what other machines do on a network file system.
package final class FolderWatch {
    private let source: any DispatchSourceRead

    private init(source: any DispatchSourceRead) { self.source = source }

    /// After the last hint that may already be under way on the queue no other comes; on the queue itself, none at all.
    deinit { source.cancel() }

    /// Starts watching; the handler runs on the queue, once for however many events are there.
    ///
    /// Folders that are missing, may not be read or are links are left out; so are those beyond the system's limit of
    /// watches.
    /// - Throws: `SystemError` when the system gives out no inotify instance.
    package static func start(
        _ folders: [String],
        on queue: DispatchQueue,
        handler: @escaping @Sendable () -> Void
    ) throws(SystemError) -> FolderWatch {
        let raw = try checked("inotify_init1") { inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) }
        let events = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE) | UInt32(IN_ONLYDIR | IN_DONT_FOLLOW)
        for folder in folders { _ = unsafe inotify_add_watch(raw, folder, events) }

        let source = DispatchSource.makeReadSource(fileDescriptor: raw, queue: queue)
        source.setEventHandler { if Self.drain(raw) { handler() } }
        // Only now is it certain that nobody waits for the descriptor.
        source.setCancelHandler { close(raw) }
        source.activate()
        return FolderWatch(source: source)
    }

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
