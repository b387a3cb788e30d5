// Where the rows of a table go.

/// What takes rows and complaints, in the order of the file.
package protocol RowSink {
    /// Takes one row; its buffer is used again for the next one, so a sink copies what it keeps.
    mutating func accept(_ row: borrowing Row)
    /// Takes one row of which a newer table says otherwise, for whoever wants to know what was believed before.
    mutating func supersede(_ row: borrowing Row)
    /// Takes one complaint.
    mutating func reject(_ reject: Reject)
}

extension RowSink {
    /// Most sinks have no use for what is not believed any more.
    package mutating func supersede(_ row: borrowing Row) {}
}
