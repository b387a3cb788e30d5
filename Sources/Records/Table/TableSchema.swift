// The declared columns of a table, and which header means which.

package import Diagnostics

/// The columns that a table may have.
package struct TableSchema: Sendable, Hashable {
    package let columns: [Column]
    /// The column that each header means, keyed by the header as `HeaderName` writes it.
    private let indices: [String: Int]

    /// Makes a schema; two columns that one header could mean are an error.
    package init(columns: [Column]) throws(Diagnostic) {
        var indices: [String: Int] = [:]
        for (index, column) in columns.enumerated() {
            guard !HeaderName(column.name).key.isEmpty else {
                throw Diagnostic("column \(index + 1) has no name", remedy: "give it one")
            }
            guard !(column.isRequired && column.isIgnored) else {
                throw Diagnostic(
                    "the column is both required and ignored",
                    key: column.name,
                    remedy: "drop one of the two"
                )
            }
            for header in column.headers {
                let key = HeaderName(header).key
                if let other = indices[key], other != index {
                    throw Diagnostic(
                        "two columns share a header",
                        key: column.name,
                        found: header,
                        expected: "a header that \(columns[other].name) does not have"
                    )
                }
                if !key.isEmpty { indices[key] = index }
            }
        }
        self.columns = columns
        self.indices = indices
    }

    /// The place of the column with that canonical name.
    package func index(of name: String) -> Int? {
        columns.firstIndex { $0.name == name }
    }

    /// The column that a header means, with the unit that the header states in brackets.
    ///
    /// A header that matches with its brackets states no unit: they are part of the name, as in "铬(六价)".
    func match(_ header: HeaderName) -> (index: Int, unit: String?)? {
        if let index = indices[header.key] { return (index, nil) }
        guard let (key, unit) = header.withoutUnit, let index = indices[key] else { return nil }
        return (index, unit)
    }
}

/// A header in the form in which headers are compared.
struct HeaderName {
    /// Without blanks, which offices put between two characters or break lines at; in half width, ASCII letters in lower
    /// case.
    let key: String
    /// The header as written, in half width.
    private let text: String

    init(_ header: String) {
        var text = ""
        for scalar in trimmedBlanks(header).unicodeScalars {
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            text.unicodeScalars.append(isWide ? Unicode.Scalar(UInt8(scalar.value - 0xFEE0)) : scalar)
        }
        self.text = text
        key = Self.folded(text)
    }

    /// The key and the unit of a header that ends in brackets, as "氨氮(mg/L)" does.
    var withoutUnit: (key: String, unit: String)? {
        guard text.hasSuffix(")"), let opening = text.lastIndex(of: "(") else { return nil }
        let unit = text[text.index(after: opening)...].dropLast()
        return (Self.folded(trimmedBlanks(text[..<opening])), trimmedBlanks(unit))
    }

    /// Whether offices give the header to columns that hold no data, so that it is nobody's slip of the pen.
    var isUsualExtra: Bool { Self.usualExtras.contains(key) }

    private static let usualExtras: Set<String> = [
        "序号", "编号", "备注", "附注", "说明", "填报人", "填表人", "制表人", "审核人", "联系人", "联系电话", "no", "no.", "note", "notes", "remark",
        "remarks",
    ]

    /// The text inside brackets that enclose all of it.
    static func withoutBrackets(_ text: String) -> String {
        let written = HeaderName(text).text
        return written.hasPrefix("(") && written.hasSuffix(")") ? String(written.dropFirst().dropLast()) : text
    }

    /// Whether two units are the same but for case, blanks and the two code points of the micro sign.
    static func isSameUnit(_ left: String, _ right: String) -> Bool {
        func folded(_ unit: String) -> String {
            var key = ""
            for scalar in Self.folded(unit).unicodeScalars {
                key.unicodeScalars.append(scalar == "\u{B5}" ? "\u{3BC}" : scalar)
            }
            return key
        }
        return folded(left) == folded(right)
    }

    /// Without blanks and with ASCII letters in lower case; the case of others is no slip of a keyboard.
    private static func folded(_ text: some StringProtocol) -> String {
        var key = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "A"..."Z": key.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) + 32))
            case " ", "\t", "\n", "\r", "\u{A0}", "\u{3000}": break
            default: key.unicodeScalars.append(scalar)
            }
        }
        return key
    }
}
