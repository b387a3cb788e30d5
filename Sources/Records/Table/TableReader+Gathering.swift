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

    /// One word on all items that nobody has use for, since they are there every month.
    private mutating func passOver(_ items: [String], rows: Int, into sink: inout some RowSink) {
        let position = Position(file: file, line: headerLine)
        rejects.reject(.note, into: &sink) {
            Reject(
                .extraItems,
                Diagnostic(
                    "these items are not judged, so their \(rows) rows are not read",
                    severity: .note,
                    at: position,
                    found: items.prefix(8).joined(separator: ", ") + (items.count > 8 ? ", …" : "")
                ),
                detail: .rows(file: file, count: rows)
            )
        }
    }

    /// Notes that a row was not delivered: nobody knows what stood in it.
    mutating func loseRow() {
        decoder.forgetRowAbove()
        long?.forgetRowAbove()
        hasLostValues = true
    }

    /// Hands a gathered row on, counted by the rows of the file where each of its values has its own.
    private mutating func deliver(_ gathered: GatheredRow, unreadable: Int, into sink: inout some RowSink) {
        let values = gathered.cells.filter(\.hasOwnRow)
        guard !values.isEmpty else { return deliver(unreadable: unreadable, into: &sink) }
        // One that is unusable was counted as a row when that was told.
        let untold = values.count { !$0.isUnusable }
        let readable = values.count { !decoder.row[$0.reading.schemaIndex].isRejected }
        let usable = decoder.row.isRejected ? 0 : readable
        decoder.row.fileRows = usable
        decoder.row.cellsRejected = decoder.row.isRejected ? 0 : unreadable - (values.count - readable)
        tally.rowsAccepted += usable
        tally.rowsRejected += untold - usable
        tally.cellsRejected += decoder.row.cellsRejected
        sink.accept(decoder.row)
    }

    /// Delivers the rows of a table that had to be read to its end first.
    mutating func deliverGathered(into sink: inout some RowSink) {
        var rows = long?.rows ?? []
        if let table = transposition, !isEmpty {
            guard let result = table.finish(schema: schema, form: form, file: file),
                result.header.isUsable || opening.seemingShape == nil
            else { return refuse(into: &sink) }
            use(result.header, into: &sink)
            tally.titleRows += result.titleRows
            rows = stage == .refused ? [] : result.rows
            if stage == .refused { tally.rowsRejected += result.rows.count }
        }
        if let long, !long.extras.isEmpty { passOver(long.extras, rows: long.extraRows, into: &sink) }
        let unknown = hasLostValues ? Cell.unreadable : .absent
        for row in rows {
            let unreadable = decoder.decode(row, others: unknown, rejects: &rejects, into: &sink)
            deliver(row, unreadable: unreadable, into: &sink)
        }
    }
}
