// Where the rows of a table go.

/// What takes rows and complaints, in the order of the file.
package protocol RowSink {
    /// Takes one row; its buffer is used again for the next one, so a sink copies what it keeps.
    mutating func accept(_ row: borrowing Row)
    /// Takes one complaint.
    mutating func reject(_ reject: Reject)
}
