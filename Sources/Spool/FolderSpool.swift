// The spool as folders: a notice is wholly there or not at all, and the same notice twice is one.

package import Alerts
import Diagnostics
package import Engine
import Linux
import Synchronization

/// Departments' notices in `<root>/<department>/new/`.
///
/// The daemon writes into `tmp/` and renames into `new/`; the department claims a file by renaming it into `cur/` and
/// puts what it has dealt with into `done/`. The daemon can neither make folders that hand their group on nor give files
/// away; it needs them made, and files inherit the department's group from `tmp/`.
package final class FolderSpool: NoticeSpool {
    /// So many files are flushed at a time; a disk does several flushes in the time of one, and not ever more of them.
    private static let threads = 8

    /// Folders that are open: to open them for each notice would take a tenth of its delivery.
    private let open = Mutex<[String: DepartmentFolder]>([:])
    let root: String
    let makesFolders: Bool
    let reserveBytes: UInt64

    /// Makes a spool below a folder.
    /// - Parameters:
    ///   - root: The folder that has a folder for each department.
    ///   - makesFolders: Whether missing folders are made, without groups: for use without privileges.
    ///   - reserveBytes: How much room a delivery has to leave on the file system.
    package init(root: String, makesFolders: Bool, reserveBytes: UInt64 = 8 << 20) {
        self.root = root
        self.makesFolders = makesFolders
        self.reserveBytes = reserveBytes
    }

    package func deliver(_ notices: [Notice], _ terms: DeliveryTerms) -> Delivery {
        guard case .fromReserve = terms else { return deliver(notices, terms, reserveBytes: reserveBytes) }
        let first = deliver(notices, terms, reserveBytes: Self.smallestReserve)
        guard first.lacksRoom, releaseReserve() else { return first }
        return deliver(notices, terms, reserveBytes: Self.smallestReserve)
    }

    private func deliver(_ notices: [Notice], _ terms: DeliveryTerms, reserveBytes: UInt64) -> Delivery {
        var delivery = Delivery()
        var consignments: [Consignment] = []
        for share in Self.shares(of: notices) {
            do throws(SystemError) {
                consignments.append(
                    Consignment(
                        share.notices,
                        for: share.department,
                        into: try folder(of: share.department),
                        on: terms,
                        reserveBytes: reserveBytes
                    )
                )
            } catch {
                delivery.fail(share.department, .system(error), problem(.system(error), department: share.department))
            }
        }
        let shares = consignments
        let pieces = shares.enumerated().flatMap { index, share in share.pieces.map { (index, $0) } }
        onThreads(Self.threads, pieces.count) { number in
            let (index, piece) = pieces[number]
            shares[index].write(piece.notice, piece.document)
        }
        let outcomes = Mutex([(Int, delivered: [Int64], fault: Consignment.Fault?)]())
        onThreads(Self.threads, shares.count) { index in
            let outcome = shares[index].show()
            outcomes.withLock { $0.append((index, outcome.delivered, outcome.fault)) }
        }
        for (index, delivered, fault) in outcomes.withLock({ $0 }) {
            let department = shares[index].department
            delivery.delivered.formUnion(delivered)
            guard let fault else { continue }
            delivery.fail(department, fault, problem(fault, department: department))
            // Whoever mends them may lay others in their place.
            open.withLock { $0[department] = nil }
        }
        return delivery
    }

    /// The notices of each department, in their order.
    private static func shares(of notices: [Notice]) -> [(department: String, notices: [Notice])] {
        var shares: [(department: String, notices: [Notice])] = []
        for notice in notices {
            // A district has few departments: looking them through costs less than hashing one.
            if let index = shares.firstIndex(where: { $0.department == notice.department }) {
                shares[index].notices.append(notice)
            } else {
                shares.append((notice.department, [notice]))
            }
        }
        return shares
    }

    /// A department's folders, opened anew when others lie in their place, so that mended ones are found.
    func folder(of department: String) throws(SystemError) -> DepartmentFolder {
        if makesFolders { try DepartmentFolder.make(department, in: root) }
        // The other parts need no look: what is written and taken in them stays there, wherever they lie by now.
        if let folder = open.withLock({ $0[department] }), folder.new.isStillThere { return folder }
        let folder = try DepartmentFolder(department, in: Directory.open(path: root))
        open.withLock { $0[department] = folder }
        return folder
    }

    private func problem(_ fault: Consignment.Fault, department: String) -> Diagnostic {
        switch fault {
        case .system(let error): problem(error, department: department)
        case .noRoom(let path, let space, let needed):
            Diagnostic(
                "too little room is left on the spool's file system",
                at: Position(file: path),
                found: "\(space.freeBytes) bytes and \(space.freeInodes) files free",
                expected: "\(needed) bytes and \(Consignment.reserveFiles) files",
                remedy: Self.roomRemedy
            )
        }
    }

    private static let roomRemedy = "make room; the notices wait and are delivered by themselves"

    func problem(_ error: SystemError, department: String) -> Diagnostic {
        let folders = DepartmentFolder.remedy(makesFolders: makesFolders)
        let remedy: String? =
            switch error.code {
            case SystemError.doesNotExist, SystemError.notADirectory, SystemError.tooManyLinks,
                SystemError.crossesDevices:
                folders
            case SystemError.permissionDenied, SystemError.notPermitted:
                "the folder's owner or mode is wrong: " + folders
            case SystemError.noSpace, SystemError.overQuota: Self.roomRemedy
            case SystemError.readOnly: "mount the file system for writing"
            case SystemError.alreadyExists: "move away what has the notice's name"
            default: nil
            }
        return Diagnostic(
            "a notice cannot be put into the spool",
            at: Position(file: error.path ?? "\(root)/\(department)"),
            found: "\(error)",
            remedy: remedy
        )
    }
}

extension Delivery {
    fileprivate mutating func fail(_ department: String, _ fault: Consignment.Fault, _ problem: Diagnostic) {
        problems[department] = problem
        if fault.isLackOfRoom { lacksRoom = true }
    }
}
