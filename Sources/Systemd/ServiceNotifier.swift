// What the service manager is told about us.

internal import CSystemd
internal import Glibc
package import Linux

/// Tells systemd that we are ready, alive or about to go; without a manager it says nothing.
package struct ServiceNotifier: Sendable {
    private let socketPath: String?

    /// A notifier for that datagram socket (`@` for the abstract namespace), or a silent one for `nil`.
    package init(socketPath: String?) { self.socketPath = socketPath }

    /// A notifier for the manager that started this process, if one did.
    package static func ofThisProcess() -> ServiceNotifier {
        ServiceNotifier(socketPath: unsafe getenv("NOTIFY_SOCKET").map { unsafe String(cString: $0) })
    }

    /// How often the manager wants to hear `watchdog`, in microseconds; `nil` when it does not.
    package static var watchdogInterval: Int64? {
        var microseconds: UInt = 0
        guard unsafe sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
        return Int64(exactly: microseconds)
    }

    /// Start-up (or a reload) is finished.
    package func ready(status: String) throws(SystemError) { try send("READY=1\nSTATUS=\(line(status))") }

    /// One line for `systemctl status`.
    package func status(_ status: String) throws(SystemError) { try send("STATUS=\(line(status))") }

    /// We are alive; to be sent only by what would hang if the daemon hung.
    package func watchdog() throws(SystemError) { try send("WATCHDOG=1") }

    /// Shutdown begins.
    package func stopping(status: String) throws(SystemError) { try send("STOPPING=1\nSTATUS=\(line(status))") }

    private func send(_ message: String) throws(SystemError) {
        guard let socketPath else { return }
        try UnixDatagram.send(Array(message.utf8), to: socketPath)
    }

    /// A line break would begin another assignment.
    private func line(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
