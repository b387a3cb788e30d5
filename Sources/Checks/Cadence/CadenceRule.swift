// The rules of recurring duties, as their table states them.

import Almanac
import Diagnostics
import Records

/// One rule of the table: how often, counted how, on what legal basis.
struct CadenceRule: Sendable {
    /// How time is counted.
    enum Clock: String, Sendable {
        /// From the last one done.
        case rolling
        /// Within each calendar month, quarter, half-year or year.
        case bucket
    }

    let name: String
    let titleZh: String
    let titleEn: String
    let appliesTo: Set<String>
    let kinds: Set<String>
    /// `nil` for a rule without a number in law: it is listed, never judged.
    let every: CalendarDuration?
    let count: Int
    let clock: Clock
    let basis: String
    let source: String
    let article: String
    let leadDays: Int?
    let exemptMonths: Set<Int>
    let row: RowReference

    /// Reads one row of the rule table; throws what keeps it from being a rule.
    init(_ row: borrowing Row, _ columns: ColumnMap) throws(Diagnostic) {
        guard let name = columns.text("rule", of: row) else {
            throw Diagnostic("the rule has no name, it is not used", key: "rule")
        }
        let clock = columns.text("clock", of: row) ?? ""
        guard let clock = Clock(rawValue: clock) else {
            throw Diagnostic(
                "unknown clock, the rule is not used",
                key: "clock",
                found: clock,
                expected: "rolling or bucket"
            )
        }
        self.name = name
        self.clock = clock
        titleZh = columns.text("title_zh", of: row) ?? name
        titleEn = columns.text("title_en", of: row) ?? name
        appliesTo = Self.list(columns.text("applies_to", of: row))
        kinds = Self.list(columns.text("kinds", of: row))
        do throws(Diagnostic) {
            every = try columns.text("period", of: row).map { text throws(Diagnostic) in
                try CalendarDuration(iso8601: text)
            }
        } catch {
            var error = error
            error.key = "period"
            throw error
        }
        if clock == .bucket, let every, every.bucket(containing: CivilDate(daysSinceEpoch: 0)) == nil {
            throw Diagnostic(
                "no calendar period has that length, the rule is not used",
                key: "period",
                found: "\(every)",
                expected: "P1M, P3M, P6M or P1Y, or the clock \"rolling\""
            )
        }
        switch columns.cell("count", of: row) {
        case .integer(let count): self.count = Int(count)
        // A number that cannot be read must not become a smaller duty.
        case .unreadable, .implausible:
            throw Diagnostic("the count cannot be read, the rule is not used", key: "count", expected: "a whole number")
        default: count = 1
        }
        guard every == nil || count > 0, clock == .bucket || count <= 1 else {
            throw Diagnostic(
                "no unit can owe that many, the rule is not used",
                key: "count",
                found: String(count),
                expected: clock == .bucket ? "1 or more" : "1, because the clock starts anew with each one done"
            )
        }
        basis = columns.text("basis", of: row) ?? ""
        source = columns.text("source", of: row) ?? ""
        article = columns.text("article", of: row) ?? ""
        if case .integer(let days) = columns.cell("lead_days", of: row) { leadDays = Int(days) } else { leadDays = nil }
        exemptMonths = try Self.months(columns.text("exempt_months", of: row))
        self.row = row.reference
    }

    /// Complains about what makes the rule idle or its notices untrue.
    func complain(_ row: borrowing Row, _ columns: ColumnMap, to complaints: inout RowComplaints) {
        if appliesTo.isEmpty {
            complaints.invalid(
                "the rule applies to nobody",
                at: columns.place("applies_to", of: row),
                expected: "tags of units with semicolons, such as school;kindergarten"
            )
        }
        if kinds.isEmpty, every != nil {
            complaints.invalid(
                "the rule accepts no kind of drill, so it can never be kept",
                at: columns.place("kinds", of: row),
                expected: "kinds of drill with semicolons"
            )
        }
        LegalBasis.complain(basis, row, columns, to: &complaints)
    }

    private static func months(_ text: String?) throws(Diagnostic) -> Set<Int> {
        var months: Set<Int> = []
        for part in list(text).sorted() {
            guard let month = Int(part), (1...12).contains(month) else {
                throw Diagnostic(
                    "this is no month, the rule is not used",
                    key: "exempt_months",
                    found: part,
                    expected: "numbers 1 to 12 such as 7;8"
                )
            }
            months.insert(month)
        }
        return months
    }

    static func list(_ text: String?) -> Set<String> {
        Set((text ?? "").split(whereSeparator: { ";； ".contains($0) }).map(String.init))
    }
}

extension CalendarDuration {
    /// The calendar month, quarter, half-year or year that holds a day; `nil` for other lengths.
    func bucket(containing date: CivilDate) -> Period? {
        guard days == 0, weeks == 0 else { return nil }
        let units: [Int: Period.Unit] = [1: .month, 3: .quarter, 6: .halfYear, 12: .year]
        return units[years * 12 + months].map { Period.containing(date, unit: $0) }
    }
}
