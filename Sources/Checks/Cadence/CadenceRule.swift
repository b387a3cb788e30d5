// The rules of recurring duties, as their table states them.

import Almanac
import Diagnostics
import Records

/// One rule of the table: how often, counted how, on what legal basis.
struct CadenceRule: Sendable {
    /// How time is counted.
    enum Clock: String, Sendable, CaseIterable {
        /// From the last one done.
        case rolling
        /// Within each calendar week, month, quarter, half-year or year.
        case bucket
        /// Within each step from the unit's own anchor, the day from which its duties count.
        case anchored
        /// Within each named stretch of the year.
        case window
        /// So long before the unit's event.
        case event
        /// Once, so long after the day from which the unit's duties count.
        case once = "one-off"

        /// Whether the clock starts anew with each one done, so that only one can be owed.
        var isSingle: Bool { self == .rolling || self == .event || self == .once }
    }

    let name: String
    let titleZh: String
    let titleEn: String
    let appliesTo: Set<String>
    let kinds: Set<String>
    /// `nil` for a rule without a number in law and without one of the district's own: it is listed, never judged.
    let every: CalendarDuration?
    /// Whether the number is the district's own because the law has none.
    let isLocalDefault: Bool
    let count: Int
    let clock: Clock
    let basis: String
    let source: String
    let article: String
    /// Whether it is a patrol or an inspection, which notices do not call a drill.
    let isInspection: Bool
    let leadDays: Int?
    let exemptMonths: Set<Int>
    let demand: CadenceDemand
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
                expected: "rolling, bucket, anchored, window, event or one-off"
            )
        }
        self.name = name
        self.clock = clock
        titleZh = columns.text("title_zh", of: row) ?? name
        titleEn = columns.text("title_en", of: row) ?? name
        appliesTo = Self.list(columns.text("applies_to", of: row))
        kinds = Self.list(columns.text("kinds", of: row))
        let stated = try Self.duration("period", row, columns)
        let own = try Self.duration("default_period", row, columns)
        every = stated ?? own
        isLocalDefault = stated == nil && own != nil
        demand = try CadenceDemand(row, columns)
        if clock == .bucket, let every, every.unit == nil {
            throw Diagnostic(
                "no calendar period has that length, the rule is not used",
                key: stated == nil ? "default_period" : "period",
                found: "\(every)",
                expected: "P1W, P1M, P3M, P6M or P1Y, or the clock \"rolling\" or \"anchored\""
            )
        }
        if clock == .window, demand.windows.isEmpty {
            throw Diagnostic(
                "the rule has no window, it is not used",
                key: "windows",
                expected: "days of the year such as 01-01..05-31"
            )
        }
        switch columns.cell("count", of: row) {
        case .integer(let count): self.count = Int(count)
        // A number that cannot be read must not become a smaller duty.
        case .unreadable, .implausible:
            throw Diagnostic("the count cannot be read, the rule is not used", key: "count", expected: "a whole number")
        default: count = 1
        }
        guard every == nil || count > 0, !clock.isSingle || count <= 1 else {
            throw Diagnostic(
                "no unit can owe that many, the rule is not used",
                key: "count",
                found: String(count),
                expected: clock.isSingle ? "1, because the clock starts anew with each one done" : "1 or more"
            )
        }
        basis = isLocalDefault ? LegalBasis.local : columns.text("basis", of: row) ?? ""
        source = columns.text("source", of: row) ?? ""
        article = columns.text("article", of: row) ?? ""
        isInspection = columns.text("activity", of: row) == "inspection"
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

    /// The length in a column that may be empty.
    static func duration(
        _ name: String,
        _ row: borrowing Row,
        _ columns: ColumnMap
    ) throws(Diagnostic) -> CalendarDuration? {
        guard let text = columns.text(name, of: row) else { return nil }
        do throws(Diagnostic) {
            return try CalendarDuration(iso8601: text)
        } catch {
            var error = error
            error.key = name
            throw error
        }
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

extension CadenceRule {
    /// The slots in which a unit owes the duty; `nil` when the clock has none, or nobody knows from when they count.
    func slots(of unit: DrillUnit) -> CadenceSlots? {
        switch clock {
        case .bucket: every?.unit.map(CadenceSlots.calendar)
        case .anchored:
            if let since = unit.since, let every, since.adding(every) > since { .anchored(since, every) } else { nil }
        case .window: .windows(demand.windows)
        case .rolling, .event, .once: nil
        }
    }

    /// The longest time that may lie between two drills although each slot has its own; half as long again as the
    /// period where the rule says nothing.
    var longestGap: CalendarDuration? {
        guard clock == .bucket, count == 1 else { return demand.longestGap }
        return demand.longestGap ?? every?.halfAsLongAgain
    }
}
