// One thing of a table that could not be used, with a reason that can be put into any language.

package import Diagnostics

/// A complaint about a table, a row or a cell.
package struct Reject: Sendable, Hashable {
    /// Why it was not used; the words of a return slip are looked up by it.
    package enum Reason: String, Sendable, CaseIterable {
        // The file.
        case spreadsheet, document, archive, otherFormat, notAFile, hasSeveralNames, mayNotBeRead, tooLarge
        case changedWhileRead, unreadableFile, nameIsNotText, tooManyFiles

        // The table and its header.
        case emptyTable, undecodableHeader, headerNotFound, missingColumn, repeatedColumn, otherUnit, unitNotDeclared
        case unknownHeader, unnamedColumn, tableTooLarge, unknownItem

        // The row.
        case rowTooLong, rowTooWide, tooManyCells, tooFewCells, shortRow, textAfterQuotes, openQuotes
        case requiredCellBlank, rowWithoutValue
        case unknownSubject, ambiguousSubject, codeAndNameDiffer, repeatedRow, contradictsRow, supersededRow
        case nothingRegistered, notRequired, notCounted, partialCount, otherUnitThanRegistered

        // The cell.
        case notANumber, notAWholeNumber, tooManyDigits, wrongGrouping, otherUnitInCell, notMeasurable
        case onlyALimit, belowDetection, notADate, ambiguousDate, yearMissing, notAMonth, notAFlag
        case undecodable, codeTurnedIntoNumber, implausible, detectionLimitMissing, futureDate, farDate, unknownWord

        // An answer of a department.
        case unknownMatter, otherMatter, unknownAnswer, incompleteAnswer, severalAnswers

        /// Further complaints of one table that are counted only.
        case notListed

        /// Columns that no feed has use for: nothing is lost by them.
        case extraColumns
        /// Rows with items that nobody judges, where each value has its own row: nothing is lost by them.
        case extraItems
    }

    /// What else a sentence about it may tell.
    package indirect enum Detail: Sendable, Hashable {
        /// The other row that it is about.
        case row(RowReference)
        /// So many more rows beside those of that file.
        case rows(file: String, count: Int)
        /// The subject that a code means, and the codes of those whose name stands beside it.
        case subject(code: String, name: String, bearers: [String])
        case headers(TableHeaders)
        /// What may be written instead.
        case words([String])
    }

    package let reason: Reason
    /// The complaint in English, with its place, what was found and what is expected.
    package let diagnostic: Diagnostic
    /// The column of the feed that it is about.
    package let column: Column?
    /// The nearest known name to what was found.
    package let nearest: String?
    package let detail: Detail?
    /// Whether the row of a cell that cannot be used is not used either.
    package let costsRow: Bool

    package init(
        _ reason: Reason,
        _ diagnostic: Diagnostic,
        column: Column? = nil,
        nearest: String? = nil,
        detail: Detail? = nil,
        costsRow: Bool = false
    ) {
        self.reason = reason
        self.diagnostic = diagnostic
        self.column = column
        self.nearest = nearest
        self.detail = detail
        self.costsRow = costsRow
    }
}

extension Reject: Error, CustomStringConvertible {
    package var description: String { diagnostic.description }
}
