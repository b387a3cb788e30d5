// What a row has to say before anything of it can be used.

import Diagnostics

/// The columns, by their places in the schema, without which a row is rejected.
package struct RowNeeds: Sendable, Hashable {
    /// Their cells have to be readable.
    package let readable: [Int]
    /// Their cells have to hold something too; a blank code among the others may be found by its name.
    package let stated: [Int]

    package init(readable: [Int] = [], stated: [Int] = []) {
        self.readable = readable
        self.stated = stated
    }
}

extension Column {
    /// The complaint about a cell without a value in a row that cannot do without one; `found` is what stands for none.
    func blankComplaint(found: String?, at position: Position) -> Reject {
        Reject(
            .requiredCellBlank,
            Diagnostic(
                "the cell has no value, so the row is not used",
                at: position,
                key: name,
                found: found,
                expected: type.acceptedForms
            ),
            column: self,
            costsRow: true
        )
    }
}

extension Cell {
    /// Whether nothing is written there, or why there is nothing.
    @inline(__always)
    var statesNothing: Bool {
        switch self {
        case .absent, .blank, .missing: true
        default: false
        }
    }
}
