// What a name in an inbox folder is taken for.

import Diagnostics
import Linux

/// One name in an inbox folder.
struct InboxEntry {
    let name: String

    /// The name's ending in lower case, without the dot.
    private var ending: String {
        name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
    }

    /// Whether it is something that office software and browsers leave lying about while they work.
    var isIgnored: Bool {
        name.hasPrefix(".") || name.hasPrefix("~$")
            || ["thumbs.db", "desktop.ini"].contains(name.lowercased())
            || ["part", "tmp", "crdownload", "filepart"].contains(ending)
    }

    /// Why it cannot be read as a table, or `nil` when it can.
    func problem(kind: FileStatus.Kind) -> Diagnostic? {
        guard kind == .regular else {
            return Diagnostic(
                "this is no file, so it was not read",
                found: kind.title,
                expected: "a file ending in .csv",
                remedy: kind == .symlink ? "copy the file itself into the folder" : "remove it"
            )
        }
        guard ending != "csv" else { return nil }
        return Diagnostic(
            "only files ending in .csv are read",
            found: name,
            expected: "a CSV file in UTF-8",
            remedy: remedy
        )
    }

    private var remedy: String {
        switch ending {
        case "xlsx", "xls", "xlsm", "xlsb", "et", "ods", "numbers": "save the sheet as CSV UTF-8（另存为 CSV UTF-8）"
        case "pdf", "doc", "docx", "wps", "jpg", "jpeg", "png":
            "ask for the table itself and save it as CSV UTF-8（另存为 CSV UTF-8）"
        case "zip", "rar", "7z", "gz": "unpack it and put the CSV files into the folder（请解压后放入 CSV 文件）"
        case "txt", "": "rename it to end in .csv if it is a table"
        default: "put the table into the folder as CSV UTF-8, and remove this file"
        }
    }
}

extension FileStatus.Kind {
    /// What people call it.
    var title: String {
        switch self {
        case .regular: "a file"
        case .directory: "a folder"
        case .symlink: "a symbolic link"
        case .fifo: "a FIFO"
        case .socket: "a socket"
        case .characterDevice, .blockDevice: "a device"
        case .unknown: "something unknown"
        }
    }
}
