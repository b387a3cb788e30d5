// One department's folders in the spool.

import Diagnostics
import Engine
import Linux

/// A department's open folders.
struct DepartmentFolder: Sendable {
    /// A folder in a department's folder.
    enum Part: String, CaseIterable {
        case temporary = "tmp"
        case new, cur, done, receipts

        /// Its permission bits in a spool with groups; `tmp` is the daemon's alone and hands its group on to files.
        var mode: UInt32 { self == .temporary ? 0o2700 : 0o2770 }
    }

    /// The permission bits of the department's own folder: its members cannot rename what is in it.
    static let mode: UInt32 = 0o2750
    /// The bits of the spool and the inbox themselves: departments reach their folders and list nothing.
    static let passageMode: UInt32 = 0o711
    /// The bit by which a folder hands its group on.
    static let setgid: UInt32 = 0o2000
    /// How folders are mended: by systemd-tmpfiles, or by whoever keeps a spool whose folders dutyd makes itself.
    static func remedy(makesFolders: Bool) -> String {
        makesFolders
            ? "remove what is in its place; dutyd makes the folders itself, and has to be allowed to write them"
            : "make the folders with: dutyd tmpfiles | systemd-tmpfiles --create -"
    }

    let own: Directory
    let temporary: Directory
    let new: Directory
    let current: Directory
    let done: Directory

    /// Opens a department's folders, refusing symbolic links.
    init(_ department: String, in root: Directory) throws(SystemError) {
        own = try root.subdirectory(department)
        temporary = try own.subdirectory(Part.temporary.rawValue)
        new = try own.subdirectory(Part.new.rawValue)
        current = try own.subdirectory(Part.cur.rawValue)
        done = try own.subdirectory(Part.done.rawValue)
    }

    /// The folder in which the department has the file from an earlier delivery, or has it after taking it.
    ///
    /// A file reaches `new` only when it is complete, so its name is enough; what is no file stands in the way, but says
    /// nothing of what was received.
    func holder(of name: String, _ terms: DeliveryTerms) throws(SystemError) -> Directory? {
        let places =
            switch terms {
            case .first: [Directory]()
            case .again: [new]
            case .ordinary, .fromReserve: [new, current, done]
            }
        for directory in places where try directory.holdsFile(name) { return directory }
        return nil
    }

    /// Makes what is missing of a department's folders, without groups.
    static func make(_ department: String, in root: String) throws(SystemError) {
        let parts = Part.allCases
        let spool = try opened(root)
        try makeMissing(department, mode: mode & ~setgid, in: spool)
        let folder = try spool.subdirectory(department)
        for part in parts { try makeMissing(part.rawValue, mode: part.mode & ~setgid, in: folder) }
    }

    /// The spool's own folder, made in the folder above when it is missing.
    private static func opened(_ root: String) throws(SystemError) -> Directory {
        do {
            return try Directory.open(path: root)
        } catch {
            let parts = root.split(separator: "/")
            guard error.code == SystemError.doesNotExist, let name = parts.last else { throw error }
            let parent = (root.hasPrefix("/") ? "/" : "./") + parts.dropLast().joined(separator: "/")
            try makeMissing(String(name), mode: 0o750, in: Directory.open(path: parent))
            return try Directory.open(path: root)
        }
    }

    private static func makeMissing(_ name: String, mode: UInt32, in directory: Directory) throws(SystemError) {
        guard try !directory.exists(name) else { return }
        try directory.makeDirectory(name, mode: mode)
        try directory.sync()
    }
}
