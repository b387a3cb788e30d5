// The folders of spool and inbox in the words of tmpfiles.d(5), because only root can make them.

package import Jobs

extension FolderSpool {
    /// The lines by which `systemd-tmpfiles --create` makes the folders and mends their owners, groups and modes.
    /// - Parameters:
    ///   - departments: Who gets notices.
    ///   - spoolRoot: The spool's folder, as an absolute path.
    ///   - feeds: The feeds; those of the inbox get a folder that their supplier may write.
    ///   - user: The user that runs the daemon, whose group has the same name.
    package static func tmpfiles(
        for departments: [Department],
        spoolRoot: String,
        feeds: [Feed],
        user: String
    ) -> String {
        var text = "# Printed by dutyd tmpfiles from the departments and feeds; print it anew when they change.\n"
        func folder(_ path: String, mode: UInt32, group: String) {
            let bits = String(mode, radix: 8)
            let padded = String(repeating: "0", count: max(0, 4 - bits.count)) + bits
            text += "d \(field("\(spoolRoot)\(path)")) \(padded) \(field(user)) \(field(group)) -\n"
        }
        // What people drop here has the mode that their program and their umask gave it; the daemon may read it anyway.
        func readable(_ path: String) {
            text += "a+ \(field("\(spoolRoot)\(path)")) - - - - default:user:\(user):r-x\n"
        }
        folder("", mode: DepartmentFolder.passageMode, group: user)
        for department in departments {
            folder("/\(department.name)", mode: DepartmentFolder.mode, group: department.group)
            for part in DepartmentFolder.Part.allCases {
                folder("/\(department.name)/\(part.rawValue)", mode: part.mode, group: department.group)
            }
            readable("/\(department.name)/\(DepartmentFolder.Part.receipts.rawValue)")
        }
        folder("/inbox", mode: DepartmentFolder.passageMode, group: user)
        for feed in feeds.filter({ $0.source == .inbox }).sorted(by: { $0.name < $1.name }) {
            // A supplier that is no department gets no folder to write; then only the administrator may.
            let supplier = departments.first { $0.name == feed.supplier }
            folder("/inbox/\(feed.name)", mode: 0o2770, group: supplier?.group ?? user)
            readable("/inbox/\(feed.name)")
        }
        return text
    }

    /// The text as one field of a line: quoted unless it is plain, and without the meaning that `%` has there.
    private static func field(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "/._-".utf8.contains(byte)
        }
        guard !plain || text.isEmpty else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "%": quoted += "%%"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
