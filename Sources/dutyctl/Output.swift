// How answers look on a terminal.

import Diagnostics
import Glibc

enum Output {
    /// Prints rows below headings, columns aligned by what a terminal shows; nothing but a sentence when there are none.
    static func table(_ headings: [String], _ rows: [[String]], none: String) {
        guard !rows.isEmpty else { return line(none) }
        let rows = rows.map { $0.map { printable($0, limit: 300) } }
        let widths = headings.indices.map { column in
            ([headings] + rows).map { width($0[column]) }.max() ?? 0
        }
        for row in [headings] + rows {
            let cells = row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - width(cell))
            }
            print(cells.joined(separator: "  "))
        }
    }

    /// Prints one line; what a terminal would obey is made visible, because names come from tables that anybody fills in.
    static func line(_ text: String) { print(printable(text, limit: 4000)) }

    /// Prints a line to standard error.
    static func complain(_ line: String) { write("dutyctl: \(line)\n") }

    /// Says to standard error that the program was called wrongly.
    static func complain(usage message: String) { write(complaint(of: "dutyctl", message) + "\n") }

    private static func write(_ line: String) {
        var text = line
        text.withUTF8 { bytes in _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
    }

    /// Columns that a text takes on a terminal; Chinese characters take two.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0x0300...0x036F: sum
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
                0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
                sum + 2
            default: sum + 1
            }
        }
    }
}
