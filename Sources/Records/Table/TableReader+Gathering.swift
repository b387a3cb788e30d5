// How a table reader deals with tables whose records do not stand in one row each.

import Diagnostics

extension TableReader {
    mutating func gather(_ record: Span<UInt8>, into sink: inout some RowSink) {
        if var table = transposition {
            transposition = nil
            if table.take(record, cutBy: scanner) {
                transposition = table
            } else {
                stage = .refused
                reject(
                    .tableTooLarge,
                    "the table is too large for one with its records side by side, nothing of it is read",
                    line: scanner.recordLine,
                    remedy: "hand it in in parts",
                    into: &sink
                )
            }
        } else if var table = long {
            long = nil
            do throws(Reject) {
                if try table.take(record, cutBy: scanner) == .repeats { repeated(into: &sink) }
            } catch {
                tally.rowsRejected += 1
                if error.reason == .tableTooLarge { hasLostValues = true }
                rejects.reject(into: &sink) { error }
            }
            long = table
        }
    }

    private mutating func repeated(into sink: inout some RowSink) {
        tally.rowsRepeated += 1
        let position = Position(file: file, line: scanner.recordLine)
        rejects.reject(.warning, into: &sink) {
            Reject(
                .repeatedRow,
                Diagnostic(
                    "the row says again what an earlier one says, it counts once",
                    severity: .warning,
                    at: position
                )
            )
        }
    }

    /// Notes that a row was not delivered: nobody knows what stood in it.
    mutating func loseRow() {
        decoder.forgetRowAbove()
        long?.forgetRowAbove()
        hasLostValues = true
    }

    /// Delivers the rows of a table that had to be read to its end first.
    mutating func deliverGathered(into sink: inout some RowSink) {
        var rows = long?.rows ?? []
        if let table = transposition, !isEmpty {
            guard let result = table.finish(schema: schema, file: file) else { return refuse(into: &sink) }
            use(result.header, into: &sink)
            tally.titleRows += result.titleRows
            rows = stage == .refused ? [] : result.rows
            if stage == .refused { tally.rowsRejected += result.rows.count }
        }
        let unknown = hasLostValues ? Cell.unreadable : .absent
        for row in rows {
            let unreadable = decoder.decode(row, others: unknown, rejects: &rejects, into: &sink)
            deliver(unreadable: unreadable, into: &sink)
        }
    }
}
