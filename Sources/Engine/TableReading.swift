// What came of reading one table, and who wants to know.

package import Diagnostics
package import Records

/// A row sink that is told when a table ends.
package protocol TableSink: RowSink {
    mutating func finished(_ reading: TableReading)
}

/// What came of reading one table.
package struct TableReading: Sendable, Hashable {
    package let table: EvidenceTable
    /// What was learnt by reading to the end; `nil` when the end was not reached.
    package var read: ReadTable?
    package var tally = TableTally()
    /// Whether the table as a whole could be used; single rows and cells may still be missing.
    package var isUsable = false
    /// Why the table was not even looked at, which is no fault of whoever handed it in.
    package var failure: Diagnostic?
    /// Whether somebody may still be writing the table, so that nobody looked into it yet.
    package var isArriving = false
    /// What kept the end from being reached, however many complaints there were before.
    package var stopped: Reject?
}
