// A row whose cells stand in several rows or in one column of the file.

/// One cell with the place where it stands.
struct GatheredCell {
    let reading: TableHeader.Reading
    /// Without quotes and blanks around.
    let bytes: [UInt8]
    let line: Int
    /// Counted from 1.
    let column: Int
    /// Whether a row of the file holds it and no other value.
    var hasOwnRow = false
    /// Whether something about it, which was told and counted, keeps it from being read.
    var isUnusable = false
}

/// A row put together from cells.
struct GatheredRow {
    let line: Int
    /// The row's column in a transposed table, counted from 1.
    let column: Int?
    var cells: [GatheredCell]
}
