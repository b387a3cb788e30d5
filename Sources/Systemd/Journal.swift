// Where entries go: the journal itself, or standard error when there is none.

internal import CSystemd
internal import Glibc
internal import Synchronization

/// The one place through which the daemon speaks to its operators.
package struct Journal: Sendable {
    /// Who reads the entries.
    package enum Destination: Sendable, Equatable {
        /// journald, with all fields.
        case native
        /// Standard error, one line an entry; with `prefix`, the line begins with `<N>` for a reader that understands.
        case standardError(prefix: Bool)
        /// Nobody: `captured` keeps the entries.
        case capture
    }

    private final class Capture: Sendable {
        let entries = Mutex<[JournalEntry]>([])
    }

    private static let socket = "/run/systemd/journal/socket"

    package let destination: Destination
    private let identifier: String
    private let capture = Capture()

    /// A journal with a destination of the caller's choice; `identifier` is the name shown beside each entry.
    package init(destination: Destination, identifier: String = "dutyd") {
        self.destination = destination
        self.identifier = identifier
    }

    /// The journal when our standard error goes there anyway, otherwise whoever reads standard error.
    package static func ofThisProcess(identifier: String = "dutyd") -> Journal {
        var status = stat()
        let stream = unsafe getenv("JOURNAL_STREAM").map { unsafe String(cString: $0) }
        let isStatusKnown = unsafe fstat(STDERR_FILENO, &status) == 0
        let destination = suitableDestination(
            journalStream: stream,
            standardError: isStatusKnown ? "\(status.st_dev):\(status.st_ino)" : nil,
            isJournalPresent: isJournalPresent
        )
        return Journal(destination: destination, identifier: identifier)
    }

    /// Where to write, given `JOURNAL_STREAM` and the `device:inode` of standard error.
    ///
    /// Whoever redirects standard error, or sits at it, gets the messages there and not behind their back in the journal.
    static func suitableDestination(
        journalStream: String?,
        standardError: String?,
        isJournalPresent: Bool
    ) -> Destination {
        guard let journalStream, journalStream == standardError else { return .standardError(prefix: false) }
        return isJournalPresent ? .native : .standardError(prefix: true)
    }

    /// What was sent so far, when the destination is `.capture`.
    package var captured: [JournalEntry] { capture.entries.withLock(\.self) }

    /// Sends an entry; it never fails, but falls back to standard error.
    package func send(_ entry: JournalEntry) {
        switch destination {
        case .native:
            // sd_journal_sendv answers 0 also when nobody listens.
            if !Self.isJournalPresent || !Self.sendNatively(entry.encoded(identifier: identifier)) {
                Self.writeLine(entry.line(prefix: true))
            }
        case .standardError(let prefix): Self.writeLine(entry.line(prefix: prefix))
        case .capture: capture.entries.withLock { $0.append(entry) }
        }
    }

    private static var isJournalPresent: Bool { unsafe access(socket, W_OK) == 0 }

    private static func sendNatively(_ fields: [[UInt8]]) -> Bool {
        var bytes = Array(fields.joined())
        return unsafe bytes.withUnsafeMutableBytes { buffer in
            var start = 0
            var vectors: [iovec] = unsafe []
            for field in fields {
                unsafe vectors.append(iovec(iov_base: buffer.baseAddress?.advanced(by: start), iov_len: field.count))
                start += field.count
            }
            return unsafe sd_journal_sendv(vectors, Int32(vectors.count)) >= 0
        }
    }

    private static func writeLine(_ line: String) {
        var rest = Array((line + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
            // There is nobody left to tell that standard error is gone.
            guard count > 0 || (count == -1 && errno == EINTR) else { return }
            rest = rest.dropFirst(max(count, 0))
        }
    }
}
