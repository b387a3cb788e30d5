// Where the rows of files stand, as one number each.

/// The rows of files that are read one after the other, by numbers that grow from file to file.
struct RowNumbers {
    private struct File {
        let name: String
        /// The numbers of its rows are larger than that.
        let base: Int
        /// The line of its rows where they are columns, by which they are counted then.
        var lineOfColumns: Int?
    }

    private var files: [File] = []
    private var last = 0

    /// Takes the next file up.
    mutating func begin(file: String) { files.append(File(name: file, base: last)) }

    /// The number of a row of the last file, at least 1; `nil` when there were too many before.
    mutating func number(of row: borrowing Row) -> UInt32? {
        guard let file = files.last else { return nil }
        if row.column != nil, file.lineOfColumns == nil { files[files.count - 1].lineOfColumns = row.line }
        let number = file.base + (row.column ?? row.line)
        last = max(last, number)
        return UInt32(exactly: number)
    }

    /// Whether a row is one of the last file's.
    func isInLastFile(_ number: UInt32) -> Bool { files.last.map { Int(number) > $0.base } ?? false }

    /// Where the row of a number stands.
    subscript(number: UInt32) -> RowReference {
        var (low, high) = (0, files.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if files[middle].base < Int(number) { low = middle } else { high = middle }
        }
        let place = Int(number) - files[low].base
        let line = files[low].lineOfColumns
        return RowReference(file: files[low].name, line: line ?? place, column: line == nil ? nil : place)
    }
}
