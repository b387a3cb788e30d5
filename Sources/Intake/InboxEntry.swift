// What a name in an inbox folder is taken for.

import Diagnostics
import Linux
import Records

/// One name in an inbox folder.
struct InboxEntry {
    let name: String

    /// The name's ending in lower case, without the dot.
    private var ending: String {
        name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
    }

    /// Whether it is something that office software, browsers and copying programs leave lying about while they work.
    var isIgnored: Bool {
        name.hasPrefix(".") || name.hasPrefix("~$") || name.hasSuffix("~")
            || ["thumbs.db", "desktop.ini", "icon\r"].contains(name.lowercased())
            || [
                "part", "partial", "tmp", "temp", "crdownload", "download", "filepart", "opdownload", "downloading",
                "td", "xltd", "swp", "lock",
            ].contains(ending)
    }

    /// Why it cannot be read as a table, or `nil` when it may be one.
    ///
    /// - Parameter endings: What its name may end in beside what tables end in.
    func reject(_ status: FileStatus, at path: String, accepting endings: Set<String> = []) -> Reject? {
        if printable(name, limit: 300) != name { return .nameIsNotText("holds control characters", path) }
        guard status.kind == .regular else { return .notAFile(path, status.kind) }
        if !endings.contains(ending), let format = FileFormat(ending: ending) {
            return .foreign(format, path, found: name)
        }
        if status.links > 1 { return .severalNames(path, status.links) }
        return status.size > TableFile.sizeLimit ? .tooLarge(path, status.size) : nil
    }
}

/// The sorts of files that are no tables, by what their owner can do about it.
enum FileFormat {
    case spreadsheet, document, archive, other

    /// What files with that ending are; `nil` for those that are read: Excel's "Unicode text" ends in .txt.
    init?(ending: String) {
        switch ending {
        case "csv", "tsv", "txt": return nil
        case "xlsx", "xls", "xlsm", "xlsb", "xltx", "xlt", "et", "ett", "ods", "numbers": self = .spreadsheet
        case "pdf", "ofd", "doc", "docx", "wps", "rtf", "odt", "pages", "ppt", "pptx", "dps", "jpg", "jpeg", "png",
            "gif", "bmp", "tif", "tiff", "webp", "heic":
            self = .document
        case "zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz": self = .archive
        default: self = .other
        }
    }

    /// What a file of that format is, whatever its name says.
    init(_ format: ForeignFormat) {
        self =
            switch format {
            case .workbook, .oldWorkbook: .spreadsheet
            case .pdf, .richText, .picture: .document
            case .archive: .archive
            case .webPage: .other
            }
    }

    var reason: Reject.Reason {
        switch self {
        case .spreadsheet: .spreadsheet
        case .document: .document
        case .archive: .archive
        case .other: .otherFormat
        }
    }

    var remedy: String {
        switch self {
        case .spreadsheet: "save the sheet as CSV UTF-8"
        case .document: "ask for the table itself and save it as CSV UTF-8"
        case .archive: "unpack it and put the CSV files into the folder"
        case .other: "save the table as CSV UTF-8 and remove this file"
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
