// One row of a table as typed cells, in a buffer that is used again for every row.

import Almanac
package import Diagnostics

/// One row: a cell for each column of the schema, and the bytes of its text cells.
package struct Row: Sendable {
    /// Where the bytes of a text cell lie.
    struct TextBounds: Sendable {
        var start: Int
        var end: Int

        init(_ range: Range<Int>) {
            start = range.lowerBound
            end = range.upperBound
        }
    }

    /// The file's name as the reader of an alert knows it.
    package private(set) var file: String
    /// The line on which the row begins, counted from 1.
    package internal(set) var line: Int
    /// The row of the same file that says otherwise of the same thing; no check may believe either.
    package internal(set) var contradicted: RowReference?
    /// Whether a cell is missing that the row cannot do without.
    ///
    /// It is told of and counted as rejected, and handed on only for a check to know that evidence is missing: nothing else
    /// that it says may be believed.
    package internal(set) var isRejected = false
    /// How many rows of the file it stands for, by which rows are counted: in a table with a row for each value as many as
    /// have a value that can be used.
    package internal(set) var fileRows = 1
    /// How many of its cells are counted as ones that could not be read.
    package internal(set) var cellsRejected = 0
    /// The row's column in a transposed table, counted from 1.
    private(set) var column: Int?
    /// Where the table has each column of the schema: the number of its column, or of its line in a transposed table;
    /// 0 where it has none, and nothing at all for rows that come from no table.
    var places: [Int] = []
    var cells: [Cell]
    var bounds: [TextBounds]
    /// The text cells' bytes, one after the other, valid UTF-8 without blanks around it; only the first `textCount` count,
    /// so that nothing is made anew for each row.
    var text: [UInt8] = []
    private var textCount = 0

    /// A row of that many absent cells.
    init(file: String, line: Int, width: Int) {
        self.file = file
        self.line = line
        cells = Array(repeating: .absent, count: width)
        bounds = Array(repeating: TextBounds(0..<0), count: width)
    }

    /// How many cells the row has: one for each column of the schema.
    package var count: Int { cells.count }

    /// The cell of the column at that place in the schema.
    package subscript(index: Int) -> Cell { cells[index] }

    /// Where the row comes from.
    package var reference: RowReference { RowReference(file: file, line: line, column: column) }

    /// Where a cell stands, as far as that is known: for a column that the table lacks, where its row does.
    package func position(of index: Int) -> Position {
        guard index < places.count, places[index] > 0 else { return reference.position }
        return column.map { Position(file: file, line: places[index], column: $0) }
            ?? Position(file: file, line: line, column: places[index])
    }

    /// The places of the cells that could not be read, or not be meant.
    package var unreadable: [Int] { cells.indices.filter { cells[$0].isRejected } }

    /// The cell as text without blanks around it; `nil` when it is absent, blank or unreadable.
    ///
    /// Builds a string on each call: use `withBytes` where rows are many.
    package func text(_ index: Int) -> String? {
        switch cells[index] {
        case .absent, .blank, .missing, .unreadable, .implausible: nil
        case .text: String(decoding: text[bounds[index].start..<bounds[index].end], as: UTF8.self)
        case .decimal(let value): value.description
        case .notDetected(let limit): limit.map { "<\($0)" } ?? "ND"
        case .integer(let value): String(value)
        case .date(let value): value.description
        case .month(let value): value.description
        case .flag(let value): value ? "yes" : "no"
        }
    }

    /// The day that was written in a cell of months as it stands there, perhaps with a time; `nil` when it was none.
    package func writtenDay(_ index: Int) -> String? {
        guard case .month = cells[index], bounds[index].start < bounds[index].end else { return nil }
        return String(decoding: text[bounds[index].start..<bounds[index].end], as: UTF8.self)
    }

    /// Lends the bytes of a text cell, or of a day in a cell of months; no bytes for any other cell.
    package func withBytes<Result, Failure: Error>(
        _ index: Int,
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch cells[index] {
        case .text, .month: try body(text.span.extracting(bounds[index].start..<bounds[index].end))
        default: try body(text.span.extracting(first: 0))
        }
    }

    /// Puts a text into a cell: UTF-8 without blanks around it.
    mutating func setText(_ bytes: Span<UInt8>, at index: Int) {
        keepText(bytes, at: index)
        cells[index] = .text
    }

    /// Becomes the same as another row of the schema, in the buffers it has.
    mutating func become(_ other: borrowing Row) {
        file = other.file
        line = other.line
        column = other.column
        places = other.places
        isRejected = other.isRejected
        contradicted = other.contradicted
        fileRows = other.fileRows
        cellsRejected = other.cellsRejected
        cells.replaceSubrange(cells.indices, with: other.cells)
        bounds.replaceSubrange(bounds.indices, with: other.bounds)
        textCount = 0
        _ = addText(other.text.span.extracting(first: other.textCount))
    }

    /// Forgets the last row's text.
    mutating func begin(line: Int, column: Int? = nil) {
        self.line = line
        self.column = column
        isRejected = false
        textCount = 0
    }

    /// Forgets the last row's text and takes up a whole record, in which texts may lie as they are.
    mutating func begin(line: Int, text record: Span<UInt8>) {
        begin(line: line)
        _ = addText(record)
    }

    /// Keeps the bytes of a text cell.
    mutating func keepText(_ bytes: Span<UInt8>, at index: Int) { bounds[index] = addText(bytes) }

    /// Keeps the bytes of a text, and tells where they lie.
    mutating func addText(_ bytes: Span<UInt8>) -> TextBounds {
        let end = textCount + bytes.count
        if end > text.count { text.append(contentsOf: repeatElement(0, count: max(end, text.count))) }
        // Both pointers live for the copy alone, and the line above sees to the room.
        unsafe bytes.withUnsafeBytes { source in
            unsafe text.withUnsafeMutableBytes { buffer in
                unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[textCount..<end]).copyMemory(from: source)
            }
        }
        defer { textCount = end }
        return TextBounds(textCount..<end)
    }
}
