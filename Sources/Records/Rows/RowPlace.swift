// Where rows stand, in a few bytes each, for whoever keeps many of them.

/// One row of one file, as `RowPlaces` knows it.
package struct RowPlace: Sendable, Hashable {
    package let line: UInt32
    /// The row's column in a transposed table, counted from 1, of which no table has as many; 0 in others.
    let column: UInt16
    /// No folder has as many files.
    fileprivate let file: UInt16

    /// A row of no file, for what is looked at and not kept.
    package static let nowhere = RowPlace(line: 0, column: 0, file: 0)

    /// Whether both rows stand in the same file.
    package func isInFile(of other: RowPlace) -> Bool { file == other.file }
}

/// The files in which rows stand.
package struct RowPlaces: Sendable {
    private var files: [String] = []

    package init() {}

    /// The place of a row; as rows come file by file, its file is nearly always the last one.
    package mutating func place(of row: borrowing Row) -> RowPlace {
        var file = files.count - 1
        if row.file != files.last {
            file = files.firstIndex(of: row.file) ?? files.count
            if file == files.count { files.append(row.file) }
        }
        return RowPlace(
            line: UInt32(clamping: row.line),
            column: UInt16(clamping: row.column ?? 0),
            file: UInt16(clamping: file)
        )
    }

    /// Where a row stands that was seen.
    package subscript(place: RowPlace) -> RowReference {
        RowReference(
            file: files[Int(place.file)],
            line: Int(place.line),
            column: place.column == 0 ? nil : Int(place.column)
        )
    }
}
