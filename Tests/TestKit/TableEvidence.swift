// Tables written in a test.

package import Almanac
package import Diagnostics
import Dispatch
package import Engine
package import Jobs
package import Records
import Synchronization

/// The tables of feeds, as texts; also an archive that keeps copies of them.
package final class TableEvidence: EvidenceSource, EvidenceArchive {
    private struct Entry {
        let file: String
        let text: String
        var stamp: FileStamp?
        var refusal: Reject?
    }

    private struct State {
        var entries: [String: [Entry]] = [:]
        var inodes: UInt64 = 0
        var copies: [String: String] = [:]
        var reads = 0
        var isArchiveFull = false
        var isChanging = false
        var changingReads = 0

        mutating func stamp(_ text: String, changed: Instant) -> FileStamp {
            inodes += 1
            return FileStamp(
                device: 1,
                inode: inodes,
                size: Int64(text.utf8.count),
                modified: changed,
                changed: changed
            )
        }

        mutating func replace(_ entry: Entry, in feed: String) {
            entries[feed, default: []].removeAll { $0.file == entry.file }
            entries[feed, default: []].append(entry)
        }
    }

    private struct Held {
        let feed: String
        let readers: Range<Int>
        let count: Int
        var came = 0
        var waiting = 0
    }

    private static let copy = "copy:"
    private let state: Mutex<State>
    private let held = Mutex<Held?>(nil)
    private let gate = DispatchSemaphore(value: 0)

    /// Tables by feed.
    package init(_ tables: [String: [(file: String, text: String)]] = [:]) {
        state = Mutex(State(entries: tables.mapValues { $0.map { Entry(file: $0.file, text: $0.text) } }))
    }

    /// Replaces a feed's tables by one.
    package func put(_ text: String, as file: String, in feed: String) {
        state.withLock { $0.entries[feed] = [Entry(file: file, text: text)] }
    }

    /// Puts a table beside a feed's others.
    package func add(_ text: String, as file: String, in feed: String) {
        state.withLock { $0.entries[feed, default: []].append(Entry(file: file, text: text)) }
    }

    /// Takes all tables of a feed away.
    package func clear(_ feed: String) { state.withLock { $0.entries[feed] = nil } }

    /// Writes a file with a stamp of its own, as a department does.
    package func handIn(_ text: String, as file: String, to feed: String, changed: Instant) {
        state.withLock { state in
            let stamp = state.stamp(text, changed: changed)
            state.replace(Entry(file: file, text: text, stamp: stamp), in: feed)
        }
    }

    /// Puts something among the tables that is none.
    package func handIn(refused reject: Reject, as file: String, to feed: String, changed: Instant) {
        state.withLock { state in
            let stamp = state.stamp("", changed: changed)
            state.replace(Entry(file: file, text: "", stamp: stamp, refusal: reject), in: feed)
        }
    }

    /// Takes a file away.
    package func remove(_ file: String, from feed: String) {
        state.withLock { $0.entries[feed]?.removeAll { $0.file == file } }
    }

    /// Forgets all kept copies.
    package func forgetCopies() { state.withLock { $0.copies = [:] } }

    /// Whether no copy can be kept.
    package var isArchiveFull: Bool {
        get { state.withLock { $0.isArchiveFull } }
        set { state.withLock { $0.isArchiveFull = newValue } }
    }

    /// Lets those who read the feed wait until so many wait at once, or until `release`; `readers` says which of them, in
    /// the order in which they come.
    package func hold(_ feed: String, readers: Range<Int> = 0..<Int.max, until count: Int = .max) {
        held.withLock { $0 = Held(feed: feed, readers: readers, count: count) }
    }

    /// Lets all go on who wait, and nobody wait any more.
    package func release() {
        held.withLock { held in
            for _ in 0..<(held?.waiting ?? 0) { gate.signal() }
            held = nil
        }
    }

    private func waitIfHeld(_ feed: String) {
        let mustWait = held.withLock { held -> Bool in
            guard var some = held, some.feed == feed else { return false }
            let mustWait = some.readers.contains(some.came)
            some.came += 1
            some.waiting += mustWait ? 1 : 0
            held = some
            return mustWait
        }
        guard mustWait else { return }
        if held.withLock({ $0.map { $0.waiting >= $0.count } ?? false }) { release() }
        gate.wait()
    }

    /// Whether every file changes while it is read.
    package var isChanging: Bool {
        get { state.withLock { $0.isChanging } }
        set { state.withLock { $0.isChanging = newValue } }
    }

    /// How many of the next reads meet a file that changes; the first half of it is lent.
    package var changingReads: Int {
        get { state.withLock { $0.changingReads } }
        set { state.withLock { $0.changingReads = newValue } }
    }

    /// How often a table was read.
    package var reads: Int { state.withLock { $0.reads } }

    package func tables(of feed: Feed) -> EvidenceListing {
        var listing = EvidenceListing()
        for entry in state.withLock({ $0.entries[feed.name] ?? [] }) {
            if let reject = entry.refusal {
                listing.refused.append(RefusedFile(name: entry.file, stamp: entry.stamp, reject: reject))
            } else {
                listing.tables.append(EvidenceTable(feed: feed.name, name: entry.file, stamp: entry.stamp))
            }
        }
        return listing
    }

    package func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        waitIfHeld(table.feed)
        let found = state.withLock { state -> (text: String, isStamped: Bool)? in
            state.reads += 1
            if table.location.hasPrefix(Self.copy) { return state.copies[table.location].map { ($0, true) } }
            return state.entries[table.feed]?.first { $0.file == table.name }.map { ($0.text, $0.stamp != nil) }
        }
        let isChanging = state.withLock { state in
            defer { state.changingReads = max(0, state.changingReads - 1) }
            return state.isChanging || state.changingReads > 0
        }
        if isChanging {
            let bytes = Array(found?.text.utf8 ?? "".utf8)
            chunk(bytes.span.extracting(first: bytes.count / 2))
            throw Reject(.changedWhileRead, Diagnostic("the file changed", at: Position(file: table.name)))
        }
        guard let found else {
            throw Reject(.unreadableFile, Diagnostic("the table is gone", at: Position(file: table.name)))
        }
        let bytes = Array(found.text.utf8)
        chunk(bytes.span)
        return ReadTable(fingerprint: found.isStamped ? Self.fingerprint(of: found.text) : "")
    }

    package func keep(_ table: EvidenceTable, fingerprint: String) throws(Diagnostic) {
        guard !isArchiveFull else { throw Diagnostic("the archive is full") }
        state.withLock { state in
            let text = state.entries[table.feed]?.first { $0.file == table.name }?.text
            state.copies["\(Self.copy)\(table.feed)/\(table.name)/\(fingerprint)"] = text
        }
    }

    package func kept(feed: String, name: String, fingerprint: String) -> EvidenceTable? {
        let location = "\(Self.copy)\(feed)/\(name)/\(fingerprint)"
        return state.withLock { $0.copies[location] != nil }
            ? EvidenceTable(feed: feed, name: name, location: location) : nil
    }

    package func remove(_ content: ReceivedContent) throws(Diagnostic) {
        state.withLock { state in
            let (folder, end) = ("\(Self.copy)\(content.feed)/", "/\(content.fingerprint)")
            state.copies = state.copies.filter { !($0.key.hasPrefix(folder) && $0.key.hasSuffix(end)) }
        }
    }

    /// Tells one text from another.
    package static func fingerprint(of text: String) -> String {
        String(
            text.utf8.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 },
            radix: 16
        )
    }
}
