// Bounds the complaints about one table, so that a broken file cannot flood a return slip.

import Diagnostics

/// Hands complaints on until there are too many, and counts the rest.
struct RejectBudget {
    private let limit: Int
    private var delivered = 0
    private var withheld = 0
    private var worst = Diagnostic.Severity.warning

    init(limit: Int) { self.limit = limit }

    /// Hands a complaint on, or counts it; it is made only when it is handed on.
    mutating func reject(
        _ severity: Diagnostic.Severity = .error,
        into sink: inout some RowSink,
        _ complaint: () -> Reject
    ) {
        guard isOpen else { return withhold(severity) }
        delivered += 1
        sink.reject(complaint())
    }

    /// Whether the next complaint would be handed on.
    var isOpen: Bool { delivered < limit }

    /// Counts a complaint that is not handed on.
    mutating func withhold(_ severity: Diagnostic.Severity = .error) {
        withheld += 1
        if severity == .error { worst = .error }
    }

    /// Says how many complaints were counted only.
    func finish(file: String, into sink: inout some RowSink) {
        guard withheld > 0 else { return }
        sink.reject(
            Reject(
                .notListed,
                Diagnostic(
                    "\(withheld) more complaints about this table are not listed",
                    severity: worst,
                    at: Position(file: file),
                    found: "\(withheld)",
                    remedy: "mend the ones listed and hand the table in again"
                )
            )
        )
    }
}
