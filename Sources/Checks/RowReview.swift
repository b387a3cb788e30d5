// What a check tells the supplier of a table on the day on which it is handed in: what will not count as it stands there.

import Diagnostics
package import Records

extension Check {
    /// Most checks use every row that can be read.
    package mutating func review(_ row: borrowing Row, role: Int, _ tell: (Reject) -> Void) -> Int? { nil }

    package mutating func endReview(_ tell: (Reject) -> Void) {}
}

/// What a review has to remember, bounded.
struct ReviewMemory: Sendable {
    private static let mostSearches = 64
    private static let longestName = 100
    private static let mostMatters = 1000

    private var searches = 0
    private var told: Set<String> = []

    /// The nearest known name; looking for it takes time, so it is done so many times for one table.
    mutating func nearest(to name: String, among known: some Collection<String>) -> String? {
        guard searches < Self.mostSearches, name.utf8.count <= Self.longestName else { return nil }
        searches += 1
        return nearestName(to: name, among: known)
    }

    /// Whether a matter comes up for the first time; of too many it always does.
    mutating func isNews(_ matter: String) -> Bool {
        guard told.count < Self.mostMatters else { return !told.contains(matter) }
        return told.insert(matter).inserted
    }
}

extension ColumnMap {
    /// A complaint about a cell of a row.
    func reject(
        _ reason: Reject.Reason,
        _ problem: String,
        severity: Diagnostic.Severity = .error,
        _ name: String,
        of row: borrowing Row,
        found: String? = nil,
        expected: String? = nil,
        remedy: String? = nil,
        nearest: String? = nil,
        detail: Reject.Detail? = nil,
        costsRow: Bool = false
    ) -> Reject {
        Reject(
            reason,
            Diagnostic(
                problem,
                severity: severity,
                at: place(name, of: row).position,
                key: name,
                found: found ?? text(name, of: row),
                expected: expected,
                remedy: remedy ?? nearest.map { "did you mean \"\($0)\"?" }
            ),
            column: column(name),
            nearest: nearest,
            detail: detail,
            costsRow: costsRow
        )
    }

    /// A complaint about a row whose subject no register knows.
    func stranger(_ what: String, _ name: String, of row: borrowing Row, found: String, nearest: String?) -> Reject {
        reject(
            .unknownSubject,
            "unknown \(what), the row is not used",
            name,
            of: row,
            found: found,
            remedy: nearest == nil ? "register it, or correct the row" : nil,
            nearest: nearest
        )
    }

    /// A complaint about a row that lacks what it belongs to, where the feed does not demand it.
    func unstated(_ name: String, of row: borrowing Row) -> Reject {
        reject(
            .requiredCellBlank,
            "the cell has no value, so the row is not used",
            name,
            of: row,
            expected: column(name)?.type.acceptedForms,
            costsRow: true
        )
    }

    /// A word on a table of which nothing can be judged, because the register of its subjects is empty.
    func nothingRegistered(_ name: String, of row: borrowing Row) -> Reject {
        Reject(
            .nothingRegistered,
            Diagnostic(
                "the register names nobody, so nothing of the table is judged",
                severity: .warning,
                at: Position(file: row.file),
                key: name,
                remedy: "fill the register in"
            )
        )
    }
}
