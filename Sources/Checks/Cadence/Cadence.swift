// Drills and other duties that come round: who owes what by which rule, what was done, what is due.

import Almanac
import Diagnostics
package import Records

/// Judges each unit by each rule that applies to it.
package struct Cadence: Check {
    /// What a job sets.
    package struct Parameters: Sendable, Hashable {
        /// A reminder goes out that many days before the due day, unless the rule says otherwise.
        package let leadDays: Int
        /// From that many days before the due day on, the stage is "due".
        package let dueDays: Int

        package init(leadDays: Int, dueDays: Int) {
            self.leadDays = leadDays
            self.dueDays = dueDays
        }
    }

    static let roles = [
        TableRole(
            name: "rules",
            needs: [
                .init("rule", .text), .init("applies_to", .text), .init("kinds", .text), .init("period", .text),
                .init("count", .integer), .init("clock", .text), .init("basis", .text), .init("source", .text),
                .init("article", .text), .init("title_zh", .text), .init("title_en", .text),
                .init("lead_days", .integer, essential: false), .init("exempt_months", .text, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "units",
            needs: [
                .init("unit", .text), .init("unit_name", .text), .init("tags", .text),
                .init("since", .date, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "records",
            needs: [.init("unit", .text), .init("kind", .text), .init("date", .date)],
            datedBy: "date"
        ),
    ]

    private let parameters: Parameters
    private let rulesColumns: ColumnMap
    private let unitColumns: ColumnMap
    private let recordColumns: ColumnMap
    private let period: Period
    private let asOf: CivilDate
    private var rules: [CadenceRule] = []
    /// Every kind of drill that some rule accepts.
    private var knownKinds: Set<String> = []
    private var units: [DrillUnit] = []
    private var indices: [String: Int] = [:]
    package private(set) var complaints = RowComplaints()

    init(
        _ parameters: Parameters,
        rules: ColumnMap,
        units: ColumnMap,
        records: ColumnMap,
        period: Period,
        asOf: CivilDate
    ) {
        self.parameters = parameters
        rulesColumns = rules
        unitColumns = units
        recordColumns = records
        self.period = period
        self.asOf = min(asOf, period.last)
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        switch role {
        case 0:
            do throws(Diagnostic) {
                let rule = try CadenceRule(row, rulesColumns)
                guard !rules.contains(where: { $0.name == rule.name }) else {
                    return complaints.twice("rule", rule.name, at: row.reference)
                }
                rules.append(rule)
                knownKinds.formUnion(rule.kinds)
            } catch {
                complaints.add(error.located(at: Position(file: row.file, line: row.line)))
            }
        case 1:
            guard let unit = DrillUnit(row, unitColumns) else {
                return complaints.nameless("unit", key: "unit", at: row.reference)
            }
            guard indices[unit.code] == nil else { return complaints.twice("unit", unit.code, at: row.reference) }
            indices[unit.code] = units.count
            units.append(unit)
        default:
            let code = recordColumns.text("unit", of: row) ?? ""
            guard let index = indices[code] else {
                return complaints.unknown("unit", code, at: row.reference, known: indices.keys)
            }
            if let kind = recordColumns.text("kind", of: row), !knownKinds.contains(kind) {
                return complaints.unknown("kind of drill", kind, at: row.reference, known: knownKinds)
            }
            units[index].take(row, recordColumns, until: asOf)
        }
    }

    package mutating func finish() -> [Assessment] {
        units.flatMap { unit in
            rules.filter { !$0.appliesTo.isDisjoint(with: unit.tags) }.map { rule in
                CadenceClock(rule: rule, unit: unit, asOf: asOf, parameters: parameters).assess(period: period)
            }
        }
    }
}

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
        every = try columns.text("period", of: row).map { text throws(Diagnostic) in
            try CalendarDuration(iso8601: text)
        }
        switch columns.cell("count", of: row) {
        case .integer(let count): self.count = Int(count)
        // A number that cannot be read must not become a smaller duty.
        case .unreadable:
            throw Diagnostic("the count cannot be read, the rule is not used", key: "count", expected: "a whole number")
        default: count = 1
        }
        basis = columns.text("basis", of: row) ?? ""
        source = columns.text("source", of: row) ?? ""
        article = columns.text("article", of: row) ?? ""
        if case .integer(let days) = columns.cell("lead_days", of: row) { leadDays = Int(days) } else { leadDays = nil }
        exemptMonths = try Self.months(columns.text("exempt_months", of: row))
        self.row = row.reference
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

/// A unit that owes drills, with what it has done.
struct DrillUnit: Sendable {
    let code: String
    let name: String
    let tags: Set<String>
    /// First day from which duties are counted.
    let since: CivilDate?
    let row: RowReference
    private(set) var done: [(date: CivilDate, kind: String, row: RowReference)] = []
    private(set) var unreadable: [Gap] = []

    init?(_ row: borrowing Row, _ columns: ColumnMap) {
        guard let code = columns.text("unit", of: row) else { return nil }
        self.code = code
        name = columns.text("unit_name", of: row) ?? code
        tags = CadenceRule.list(columns.text("tags", of: row))
        if case .date(let since) = columns.cell("since", of: row) { self.since = since } else { since = nil }
        self.row = row.reference
    }

    /// Takes one record; a drill dated after the day of judgement does not count yet.
    mutating func take(_ row: borrowing Row, _ columns: ColumnMap, until asOf: CivilDate) {
        guard case .date(let date) = columns.cell("date", of: row) else {
            unreadable.append(
                Gap(columns.cell("date", of: row) == .blank ? .blank : .unreadable, "date", at: row.reference)
            )
            return
        }
        guard let kind = columns.text("kind", of: row) else {
            unreadable.append(Gap(.blank, "kind", at: row.reference))
            return
        }
        if date <= asOf { done.append((date, kind, row.reference)) }
    }
}
