// The notices for one department on their way into its folder, written by several threads and shown by one.

import Alerts
import Diagnostics
import Engine
import Linux
import Synchronization

/// A department's share of one delivery.
///
/// First each document is written and flushed in `tmp`, whichever thread is free; then one thread renames them into
/// `new` in the order of the notices, up to the first that failed, and flushes the folder once for all of them.
final class Consignment: Sendable {
    /// What kept a notice from being delivered.
    enum Fault: Error {
        case system(SystemError)
        /// There is too little room to begin.
        case noRoom(path: String, FileSystemSpace, needed: UInt64)

        var isLackOfRoom: Bool {
            switch self {
            case .system(let error): [SystemError.noSpace, SystemError.overQuota].contains(error.code)
            case .noRoom: true
            }
        }
    }

    private enum Progress {
        case pending
        case written
        /// An earlier delivery put it there, and may have died before the name was durable.
        case found(Directory)
    }

    private struct State {
        var progress: [[Progress]]
        /// The first notice that cannot be delivered, and why.
        var fault: (index: Int, fault: Fault)?
    }

    /// So many files have to be left for everybody else on the file system.
    static let reserveFiles: UInt64 = 100

    let department: String
    private let notices: [Notice]
    private let folder: DepartmentFolder
    private let reserveBytes: UInt64
    private let terms: DeliveryTerms
    private let state: Mutex<State>

    /// - Parameters:
    ///   - terms: Whether what the department has already counts as delivered.
    ///   - reserveBytes: How much room has to be left on the file system.
    init(
        _ notices: [Notice],
        for department: String,
        into folder: DepartmentFolder,
        on terms: DeliveryTerms,
        reserveBytes: UInt64
    ) {
        self.department = department
        self.notices = notices
        self.folder = folder
        self.terms = terms
        self.reserveBytes = reserveBytes
        state = Mutex(State(progress: notices.map { [Progress](repeating: .pending, count: $0.documents.count) }))
    }

    /// The documents, each by its notice and its place in it.
    var pieces: [(notice: Int, document: Int)] {
        notices.enumerated().flatMap { index, notice in notice.documents.indices.map { (index, $0) } }
    }

    /// Puts one document into `tmp`, on stable storage, unless a notice before it has failed.
    func write(_ notice: Int, _ document: Int) {
        guard state.withLock({ $0.fault.map { notice < $0.index } ?? true }) else { return }
        do throws(Fault) {
            let progress = try written(notices[notice].documents[document])
            state.withLock { $0.progress[notice][document] = progress }
        } catch {
            fail(notice, error)
        }
    }

    private func written(_ document: Notice.Document) throws(Fault) -> Progress {
        let space: FileSystemSpace
        do throws(SystemError) {
            if let holder = try folder.holder(of: document.fileName, terms) { return .found(holder) }
            space = try folder.temporary.space()
        } catch {
            throw .system(error)
        }
        // The disk is not filled to its last byte: the ledger and other departments need some of it.
        let needed = reserveBytes + UInt64(document.bytes.count)
        guard space.freeBytes >= needed, space.freeInodes >= Self.reserveFiles else {
            throw .noRoom(path: folder.temporary.path, space, needed: needed)
        }
        do throws(SystemError) {
            // Readable for the group it inherits from the folder, and for nobody to change.
            try folder.temporary.writeSynced(document.fileName, document.bytes, mode: 0o640)
        } catch {
            throw .system(error)
        }
        return .written
    }

    private func fail(_ notice: Int, _ fault: Fault) {
        state.withLock { state in
            if notice < state.fault?.index ?? .max { state.fault = (notice, fault) }
        }
    }

    /// Renames what was written into `new`, in order, and gives the sequences of the notices that are there for good.
    func show() -> (delivered: [Int64], fault: Fault?) {
        let progress = state.withLock { $0.progress }
        var touched: [Directory] = []
        var shown: [Int64] = []
        for (index, notice) in notices.enumerated() {
            let isDue = state.withLock { index < $0.fault?.index ?? .max }
            for (document, progress) in zip(notice.documents, progress[index]) {
                switch progress {
                case .pending: break
                case .found(let holder): touched.note(holder)
                case .written where isDue:
                    do {
                        try folder.new.take(document.fileName, document.bytes, from: folder.temporary)
                        touched.note(folder.new)
                    } catch {
                        fail(index, .system(error))
                    }
                // It would overtake the one that failed.
                case .written: try? folder.temporary.unlink(document.fileName)
                }
            }
            if state.withLock({ index < $0.fault?.index ?? .max }) { shown.append(notice.sequence) }
        }
        do {
            for directory in touched { try directory.sync() }
        } catch {
            return ([], .system(error))
        }
        return (shown, state.withLock { $0.fault?.fault })
    }
}

extension [Directory] {
    fileprivate mutating func note(_ directory: Directory) {
        if !contains(where: { $0 === directory }) { append(directory) }
    }
}
