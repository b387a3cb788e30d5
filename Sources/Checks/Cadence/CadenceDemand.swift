// What a rule demands beside how often: of what, how far apart, on what evidence.

import Almanac
import Diagnostics
import Records

/// The finer demands of a rule; a table without these columns has none of them.
struct CadenceDemand: Sendable {
    /// What the duty is counted for.
    enum Counting: String, Sendable, CaseIterable {
        case unit
        /// Each plan of the unit, whose number the register of units states.
        case plan
        /// Each topic of the rule's own list.
        case topic
    }

    /// How far a kept duty is from being done with.
    struct FollowUp: Sendable, Hashable {
        enum Step: String, Sendable, CaseIterable {
            /// Reported to the regulator.
            case report
            /// Evaluated in writing.
            case evaluation
            /// The improvements that it asked for are made.
            case improvement
        }

        let step: Step
        /// Counted from the day of the drill.
        let within: Term
    }

    let counting: Counting
    let topics: [String]
    /// So many of what counts have to bear a tag, or be of a kind, of its own: two of six by night.
    let quotas: [(tag: String, count: Int)]
    /// So many different topics.
    let distinct: Int
    /// What lies nearer to the one before does not count.
    let spacing: CalendarDuration?
    /// How long before the due day of a rolling clock a drill counts for it; `nil` when any does.
    let earlyGrace: Int?
    /// Days after the due day during which nobody is pressed.
    let lateGrace: Int
    /// The longest time between two, beside the counting.
    let longestGap: CalendarDuration?
    /// Kinds that stand for the duty once, such as a real emergency.
    let substitutes: Set<String>
    let windows: [CadenceWindow]
    /// The least that a patrol has to last and to cover to be one.
    let leastMinutes: ExactDecimal?
    let leastKilometres: ExactDecimal?
    let followUps: [FollowUp]
    /// Whether a unit owes its duty in the slot in which it began.
    let countsPartialSlot: Bool

    init(_ row: borrowing Row, _ columns: ColumnMap) throws(Diagnostic) {
        let counting = columns.text("per", of: row) ?? Counting.unit.rawValue
        guard let known = Counting(rawValue: counting) else {
            throw Self.refusal("per", counting, Counting.allCases.map(\.rawValue).joined(separator: ", "))
        }
        self.counting = known
        topics = Self.parts(columns.text("topics", of: row))
        guard known != .topic || !topics.isEmpty else {
            throw Self.refusal("topics", "", "the topics, with semicolons")
        }
        var quotas: [(String, Int)] = []
        for part in Self.parts(columns.text("sub_quota", of: row)) {
            let pair = Self.pair(part)
            guard let pair, let count = Int(pair.value), count > 0 else {
                throw Self.refusal("sub_quota", part, "a tag and a number such as night:2")
            }
            quotas.append((pair.name, count))
        }
        self.quotas = quotas
        distinct = try Self.number("distinct", row, columns) ?? 1
        spacing = try CadenceRule.duration("min_spacing", row, columns)
        longestGap = try CadenceRule.duration("max_gap", row, columns)
        earlyGrace = try Self.number("early_grace", row, columns)
        lateGrace = try Self.number("late_grace", row, columns) ?? 0
        substitutes = CadenceRule.list(columns.text("substitutes", of: row))
        var windows: [CadenceWindow] = []
        for part in Self.parts(columns.text("windows", of: row)) {
            guard let window = CadenceWindow(part) else {
                throw Self.refusal("windows", part, "days of the year such as 01-01..05-31")
            }
            windows.append(window)
        }
        self.windows = windows.sorted { $0.first < $1.first }
        leastMinutes = columns.cell("min_minutes", of: row).decimal
        leastKilometres = columns.cell("min_km", of: row).decimal
        var followUps: [FollowUp] = []
        for part in Self.parts(columns.text("follow_up", of: row)) {
            let pair = Self.pair(part)
            guard let pair, let step = FollowUp.Step(rawValue: pair.name), let term = try? Term(pair.value) else {
                throw Self.refusal(
                    "follow_up",
                    part,
                    "report, evaluation or improvement with a term: evaluation:15 days"
                )
            }
            followUps.append(FollowUp(step: step, within: term))
        }
        self.followUps = followUps
        countsPartialSlot = columns.cell("partial_slot", of: row) == .flag(true)
    }

    private static func refusal(_ key: String, _ found: String, _ expected: String) -> Diagnostic {
        Diagnostic("this cannot be read, the rule is not used", key: key, found: found, expected: expected)
    }

    private static func parts(_ text: String?) -> [String] {
        (text ?? "").split(whereSeparator: { ";；".contains($0) }).map(trimmed)
            .filter { !$0.isEmpty }
    }

    private static func trimmed(_ text: Substring) -> String { text.split(separator: " ").joined(separator: " ") }

    private static func pair(_ text: String) -> (name: String, value: String)? {
        let sides = text.split(maxSplits: 1, whereSeparator: { ":：".contains($0) })
        guard sides.count == 2 else { return nil }
        return (trimmed(sides[0]), trimmed(sides[1]))
    }

    private static func number(_ name: String, _ row: borrowing Row, _ columns: ColumnMap) throws(Diagnostic) -> Int? {
        switch columns.cell(name, of: row) {
        case .integer(let number) where (0...3650).contains(number): return Int(number)
        case .blank, .absent, .missing: return nil
        default: throw refusal(name, columns.text(name, of: row) ?? "", "a whole number")
        }
    }
}

/// A stretch of each year that has a duty of its own, such as what has to be done before the flood season.
struct CadenceWindow: Sendable, Hashable {
    private struct YearDay: Hashable {
        let month: Int
        let day: Int
    }

    private let from: YearDay
    private let to: YearDay

    /// Reads `01-01..05-31`; `nil` for anything else, and for a stretch over the turn of the year.
    init?(_ text: String) {
        let sides = text.split(separator: ".", omittingEmptySubsequences: true)
        guard sides.count == 2, let from = Self.yearDay(sides[0]), let to = Self.yearDay(sides[1]),
            (from.month, from.day) <= (to.month, to.day)
        else { return nil }
        self.from = from
        self.to = to
    }

    private static func yearDay(_ text: Substring) -> YearDay? {
        let parts = text.split(separator: "-")
        // A leap year, so that 29 February may be written.
        guard parts.count == 2, let month = Int(parts[0]), let day = Int(parts[1]),
            CivilDate(year: 2024, month: month, day: day) != nil
        else { return nil }
        return YearDay(month: month, day: day)
    }

    /// Orders windows within the year.
    var first: Int { from.month * 100 + from.day }

    /// The days of one year.
    func days(of year: Int) -> ClosedRange<CivilDate> {
        func day(_ yearDay: YearDay) -> CivilDate {
            let month = CivilMonth(year: year, month: yearDay.month)
            return month.firstDay.adding(days: min(yearDay.day, month.length) - 1)
        }
        return day(from)...day(to)
    }
}
