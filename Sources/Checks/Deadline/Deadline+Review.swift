// What of a list of matters will not count, for the return slip.

import Diagnostics
package import Records

extension Deadline {
    package mutating func review(_ row: borrowing Row, role: Int, _ tell: (Reject) -> Void) -> Int? {
        guard role > 0 else { return nil }
        guard !row.isRejected, row.contradicted == nil else { return 0 }
        guard role == 1 else {
            do throws(Diagnostic) {
                _ = try DeadlineEvent(row, eventColumns)
                return 0
            } catch {
                tell(
                    eventColumns.reject(
                        error.key == "event" && error.found?.isEmpty == false ? .unknownWord : .requiredCellBlank,
                        error.problem,
                        error.key ?? "event",
                        of: row,
                        found: error.found,
                        expected: error.expected,
                        costsRow: true
                    )
                )
                return row.fileRows
            }
        }
        let name = caseColumns.text("rule", of: row) ?? ""
        if let rule = rules[name], rule.sense != .elsewhere { return 0 }
        let watched = rules.values.filter { $0.sense != .elsewhere }.map(\.name)
        tell(
            caseColumns.reject(
                .unknownWord,
                "no rule of terms has that name, the row is not used",
                "rule",
                of: row,
                nearest: reviewed.nearest(to: name, among: watched),
                costsRow: true
            )
        )
        return row.fileRows
    }
}
