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
            tally.rowsRejected += 1
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
