// How urgent a journal entry is.

package import Logging

/// The eight priorities of syslog(3), the most urgent first.
package enum JournalPriority: Int, Sendable, CaseIterable {
    case emergency, alert, critical, error, warning, notice, info, debug

    /// The priority that `journalctl -p` users expect of a log level.
    package init(_ level: Logger.Level) {
        self =
            switch level {
            case .trace, .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            case .critical: .critical
            }
    }
}
