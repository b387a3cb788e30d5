// How much of a table was used, and what became of the rest.

/// The counts of one table.
package struct TableTally: Sendable, Hashable {
    /// Rows handed on to be believed.
    package var rowsAccepted = 0
    /// Rows that are not to be believed because of what stands in them.
    package var rowsRejected = 0
    /// Cells of accepted rows that could not be read.
    package var cellsRejected = 0
    /// Rows above the header that are no data.
    package var titleRows = 0
    /// Totals and notes below the data.
    package var footerRows = 0
    /// Rows that say again what another one says.
    package var rowsRepeated = 0
    /// Rows that a newer table says otherwise.
    package var rowsSuperseded = 0
    /// Blank cells that took the value above them.
    package var cellsFilled = 0

    package init() {}
}
