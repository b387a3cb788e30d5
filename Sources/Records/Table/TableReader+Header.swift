// How a table reader passes the rows above the header and takes the header itself.

import Diagnostics

extension TableReader {
    /// Takes a record that stands above the header or belongs to it.
    mutating func takeOpening(_ record: Span<UInt8>, into sink: inout some RowSink) {
        defer { rowsPassed += 1 }
        if transposition != nil {
            stage = .rows
            gather(record, into: &sink)
        } else if rowsPassed < opening.rowsAbove {
            tally.titleRows += 1
        } else {
            // A header's second row was read together with its first one.
            if rowsPassed == opening.rowsAbove { takeHeader(into: &sink) }
            let isLast = rowsPassed == opening.rowsAbove + (opening.hasSecondRow ? 1 : 0)
            if isLast, stage != .refused { stage = .rows }
        }
    }

    mutating func takeHeader(into sink: inout some RowSink) {
        guard opening.isRecognised || opening.names.contains(nil) else { return refuse(into: &sink) }
        let file = file
        let line = scanner.recordLine
        headerLine = line
        var names = opening.names
        let own = LongTable.ownColumns(of: names, form: form, schema: schema)
        for index in own { names[index] = "" }
        let passed = own.union(opening.emptyColumns)
        let header = TableHeader(names: names, passed: passed, schema: schema, form: form) { index in
            Position(file: file, line: line, column: index + 1)
        }
        guard !names.contains(nil) else { return use(header, into: &sink) }
        // What is wrong with the headers of another layout says nothing of any use.
        if let shape = opening.seemingShape, shape == .long || !header.isUsable { return refuse(into: &sink) }
        var table: LongTable?
        if case .long(let item, let value) = form.layout {
            table = LongTable(
                names: opening.names,
                header: header,
                item: item,
                value: value,
                schema: schema,
                file: file
            )
            if table == nil { return refuse(into: &sink) }
        }
        use(header, into: &sink)
        if stage != .refused { long = table }
    }

    mutating func use(_ header: TableHeader, into sink: inout some RowSink) {
        for complaint in header.complaints {
            rejects.reject(complaint.diagnostic.severity, into: &sink) { complaint }
        }
        decoder = RowDecoder(
            header: header,
            schema: schema,
            needs: needs,
            window: window,
            file: file,
            isTransposed: transposition != nil
        )
        width = header.width
        lastRead = header.readings.last?.tableIndex ?? -1
        lastRequired = header.readings.filter(\.reader.column.isRequired).map(\.tableIndex).max() ?? -1
        if !header.isUsable { stage = .refused }
    }

    /// Gives up a table in which no header can be found.
    mutating func refuse(into sink: inout some RowSink) {
        stage = .refused
        var wanted = schema.columns.filter(\.isRequired).map { "\"\($0.titleZh.isEmpty ? $0.name : $0.titleZh)\"" }
        if case .long(let item, let value) = form.layout { wanted += ["\"\(item)\"", "\"\(value)\""] }
        let names = opening.names.isEmpty ? transposition?.beginnings ?? [] : opening.names
        let headers = TableHeaders(found: names, schema: schema, form: form, seeming: opening.seemingShape)
        let seeming = headers.seeming.map {
            "; this one seems to be \($0.title), and \(headers.wanted.title) is wanted"
        }
        let place = transposition == nil ? "a row with " : "a column with "
        let position = Position(file: file, line: transposition == nil ? scanner.recordLine : nil)
        rejects.reject(into: &sink) {
            Reject(
                .headerNotFound,
                Diagnostic(
                    "no row has the table's headers, so nothing of it is read",
                    at: position,
                    found: headers.foundText,
                    expected: wanted.isEmpty ? nil : place + wanted.joined(separator: ", "),
                    remedy: "\"dutyd template\" prints an empty table" + (seeming ?? "")
                ),
                detail: .headers(headers)
            )
        }
    }
}

extension TableForm.Shape {
    /// What a table of this shape has.
    fileprivate var title: String {
        switch self {
        case .wide: "one row a record"
        case .long: "one row a value"
        case .transposed: "one column a record"
        }
    }
}
