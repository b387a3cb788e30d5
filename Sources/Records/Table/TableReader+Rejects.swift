// How a table reader complains about rows that it does not deliver.

import Diagnostics

extension TableReader {
    mutating func rejectTooWide(into sink: inout some RowSink) {
        let limit = limits.columns
        reject(
            .rowTooWide,
            "the row has more than \(limit) cells, so the rest of its line is skipped",
            line: scanner.recordLine,
            into: &sink
        )
    }

    /// Names a row that is used although it ends before the header does.
    mutating func warnOfShortRow(into sink: inout some RowSink) {
        let (count, width) = (scanner.count, width)
        let position = Position(file: file, line: scanner.recordLine)
        rejects.reject(.warning, into: &sink) {
            Reject(
                .shortRow,
                Diagnostic(
                    "the row has fewer cells than the header, the missing ones count as blank",
                    severity: .warning,
                    at: position,
                    found: "\(count) cells",
                    expected: "\(width) cells",
                    remedy: "look whether a separator is missing"
                )
            )
        }
    }

    /// Complains about a row that is not delivered; without a usable header row, none is.
    mutating func reject(
        _ reason: Reject.Reason,
        _ problem: @autoclosure () -> String,
        line: Int,
        column: Int? = nil,
        found: @autoclosure () -> String? = nil,
        expected: @autoclosure () -> String? = nil,
        remedy: String? = nil,
        into sink: inout some RowSink
    ) {
        isEmpty = false
        if stage == .beforeHeader {
            rowsPassed += 1
            guard rowsPassed > opening.rowsAbove else {
                tally.titleRows += 1
                return
            }
            stage = .refused
        } else {
            // Where records stand side by side a row of the file is none of them.
            if transposition == nil { tally.rowsRejected += 1 }
            loseRow()
        }
        let position = Position(file: file, line: line, column: column)
        rejects.reject(into: &sink) {
            Reject(
                reason,
                Diagnostic(problem(), at: position, found: found(), expected: expected(), remedy: remedy)
            )
        }
    }
}
