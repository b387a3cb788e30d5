// How a table reader deals with tables whose records do not stand in one row each.

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
                try table.take(record, cutBy: scanner)
            } catch {
                tally.rowsRejected += 1
                rejects.reject(into: &sink) { error }
            }
            long = table
        }
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
        for row in rows {
            tally.cellsRejected += decoder.decode(row, rejects: &rejects, into: &sink)
            tally.rowsAccepted += 1
            sink.accept(decoder.row)
        }
    }
}
