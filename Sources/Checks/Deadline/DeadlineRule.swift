// The rules of deadlines, as their table states them.

import Almanac
import Diagnostics
import Records

/// One rule of the table: how long somebody has, counted from what, on what legal basis.
struct DeadlineRule: Sendable {
    /// Which side of the day is the right one.
    enum Sense: String, Sendable, CaseIterable {
        /// The matter has to be settled by then.
        case atMost = "at-most"
        /// The matter may not be settled before then.
        case atLeast = "at-least"
        /// It has to be settled so long before the day that it starts from.
        case before
        /// It stands in the table for its text, and other checks, or the reckoning itself, go by it.
        case elsewhere
    }

    /// How long, and who says so.
    enum Length: Sendable, Hashable {
        case term(Term)
        /// The paper that starts the matter sets the day, which each row states.
        case stated
        /// Hours: too short for whoever looks once a day, who can only audit them afterwards.
        case hours(Int)
    }

    let name: String
    let titleZh: String
    let titleEn: String
    let startsFrom: String?
    let sense: Sense
    let length: Length?
    /// The rule whose completion starts this one, for the same matter.
    let after: String?
    /// The longest extension that may be granted; `nil` when the text knows none, or sets it no length.
    let longestExtension: Term?
    let extensionCondition: String?
    let basis: String
    let source: String
    let article: String
    let jurisdiction: String?
    let row: RowReference

    /// Reads one row of the rule table; throws what keeps it from being a rule.
    init(_ row: borrowing Row, _ columns: ColumnMap) throws(Diagnostic) {
        guard let name = columns.text("rule", of: row) else {
            throw Diagnostic("the rule has no name, it is not used", key: "rule")
        }
        let sense = columns.text("sense", of: row) ?? Sense.atMost.rawValue
        guard let known = Sense(rawValue: sense) else {
            throw Diagnostic(
                "nobody knows which side of the day is the right one, the rule is not used",
                key: "sense",
                found: sense,
                expected: Sense.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        self.name = name
        self.sense = known
        length = known == .elsewhere ? nil : try Self.length(row, columns)
        longestExtension = try Self.term(row, columns, count: "extension_count", unit: "extension_unit")
        titleZh = columns.text("title_zh", of: row) ?? name
        titleEn = columns.text("title_en", of: row) ?? name
        startsFrom = columns.text("starts_from", of: row)
        after = columns.text("after", of: row)
        extensionCondition = columns.text("extension_condition", of: row)
        basis = columns.text("basis", of: row) ?? ""
        source = columns.text("source", of: row) ?? ""
        article = columns.text("article", of: row) ?? ""
        jurisdiction = columns.text("jurisdiction", of: row)
        self.row = row.reference
    }

    private static func length(_ row: borrowing Row, _ columns: ColumnMap) throws(Diagnostic) -> Length {
        let unit = columns.text("unit", of: row) ?? ""
        switch unit {
        case "stated": return .stated
        case "hours":
            guard let hours = try count(row, columns, "count") else {
                throw Diagnostic("the rule has no length, it is not used", key: "count", expected: "a whole number")
            }
            return .hours(hours)
        default:
            guard let term = try term(row, columns, count: "count", unit: "unit") else {
                throw Diagnostic("the rule has no length, it is not used", key: "count", expected: "a whole number")
            }
            return .term(term)
        }
    }

    private static func term(
        _ row: borrowing Row,
        _ columns: ColumnMap,
        count name: String,
        unit unitName: String
    ) throws(Diagnostic) -> Term? {
        guard let count = try count(row, columns, name) else { return nil }
        switch columns.text(unitName, of: row) ?? "" {
        case "working days": return Term(count, .workingDays)
        case "days": return Term(count, .days)
        case "months": return Term(count, .months)
        case "years" where count <= 100: return Term(count * 12, .months)
        case let other:
            throw Diagnostic(
                "unknown unit of time, the rule is not used",
                key: unitName,
                found: other,
                expected: unitName == "unit"
                    ? "working days, days, months, years, hours or stated" : "working days, days, months or years"
            )
        }
    }

    private static func count(_ row: borrowing Row, _ columns: ColumnMap, _ name: String) throws(Diagnostic) -> Int? {
        switch columns.cell(name, of: row) {
        case .integer(let count) where (1...10_000).contains(count): return Int(count)
        case .blank, .absent, .missing: return nil
        default:
            throw Diagnostic(
                "no term has that length, the rule is not used",
                key: name,
                found: columns.text(name, of: row),
                expected: "a whole number from 1 to 10000"
            )
        }
    }

    /// Complains about what makes the rule's notices untrue.
    func complain(_ row: borrowing Row, _ columns: ColumnMap, to complaints: inout RowComplaints) {
        LegalBasis.complain(basis, row, columns, to: &complaints)
    }
}
