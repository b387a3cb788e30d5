// Deadlines: who has to have settled what by when, by which rule, and what was promised besides.

package import Almanac
import Diagnostics
package import Records

/// Judges each clock of each matter: the rule's, and that of what was promised in the answer.
package struct Deadline: Check {
    /// What a job sets.
    package struct Parameters: Sendable, Hashable {
        package let leads: LeadTimes
        /// The calendar by which working days are counted and rest days give way.
        package let calendar: WorkingDayCalendar
        /// Whether reminders go by the day on which the counting ends, before it gives way to a working day.
        package let remindsByRawDay: Bool

        package init(leads: LeadTimes, calendar: WorkingDayCalendar, remindsByRawDay: Bool = false) {
            self.leads = leads
            self.calendar = calendar
            self.remindsByRawDay = remindsByRawDay
        }
    }

    static let roles = [
        TableRole(
            name: "rules",
            needs: [
                .init("rule", .text), .init("title_zh", .text), .init("title_en", .text), .init("sense", .text),
                .init("count", .integer), .init("unit", .text), .init("basis", .text), .init("source", .text),
                .init("article", .text), .init("starts_from", .text, essential: false),
                .init("after", .text, essential: false), .init("extension_count", .integer, essential: false),
                .init("extension_unit", .text, essential: false),
                .init("extension_condition", .text, essential: false),
                .init("jurisdiction", .text, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "cases",
            needs: [
                .init("case", .text), .init("rule", .text), .init("start", .date), .init("done", .date),
                .init("case_name", .text, essential: false), .init("party", .text, essential: false),
                .init("due", .date, essential: false), .init("promised", .date, essential: false),
                .init("kept", .date, essential: false),
            ],
            datedBy: "start"
        ),
        TableRole(
            name: "events",
            needs: [
                .init("case", .text), .init("event", .text), .init("date", .date), .init("until", .date),
                .init("rule", .text, essential: false), .init("party", .text, essential: false),
                .init("approved_by", .text, essential: false), .init("told", .date, essential: false),
            ],
            datedBy: "date",
            isOptional: true
        ),
    ]

    let parameters: Parameters
    private let ruleColumns: ColumnMap
    let caseColumns: ColumnMap
    let eventColumns: ColumnMap
    let period: Period
    let asOf: CivilDate
    private(set) var rules: [String: DeadlineRule] = [:]
    private var cases: [DeadlineCase] = []
    private var places: [String: Int] = [:]
    private var events: [String: [DeadlineEvent]] = [:]
    var reviewed = ReviewMemory()
    package private(set) var complaints = RowComplaints()

    /// - Parameter maps: Where the roles' columns stand, in the order of the roles.
    init(_ parameters: Parameters, maps: [ColumnMap], period: Period, asOf: CivilDate) {
        self.parameters = parameters
        ruleColumns = maps[0]
        caseColumns = maps[1]
        eventColumns = maps[2]
        self.period = period
        self.asOf = min(asOf, period.last)
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        switch role {
        case 0: take(rule: row)
        case 1: take(case: row)
        default: take(event: row)
        }
    }

    private mutating func take(rule row: borrowing Row) {
        do throws(Diagnostic) {
            let rule = try DeadlineRule(row, ruleColumns)
            guard rules[rule.name] == nil else { return complaints.twice("rule", rule.name, at: row.reference) }
            rule.complain(row, ruleColumns, to: &complaints)
            rules[rule.name] = rule
        } catch {
            complaints.add(ruleColumns.located(error, of: row))
        }
    }

    private mutating func take(case row: borrowing Row) {
        let item = DeadlineCase(row, caseColumns)
        guard let rule = rules[item.rule] else {
            // Of a word that cannot be read the reader has told.
            guard !row.isRejected else { return }
            return complaints.unknown("rule", item.rule, at: row.reference, known: rules.keys)
        }
        guard rule.sense != .elsewhere else {
            return complaints.invalid(
                "the rule is not one of terms, so no matter can be held against it",
                at: caseColumns.place("rule", of: row),
                found: item.rule
            )
        }
        if let index = places[item.subject] {
            guard item.doubt == nil else {
                cases[index] = item
                return
            }
            return complaints.twice("matter", item.subject, at: row.reference)
        }
        places[item.subject] = cases.count
        cases.append(item)
    }

    private mutating func take(event row: borrowing Row) {
        guard !row.isRejected, row.contradicted == nil else { return }
        let code = eventColumns.text("case", of: row) ?? ""
        do throws(Diagnostic) {
            events[code, default: []].append(try DeadlineEvent(row, eventColumns))
        } catch {
            complaints.add(eventColumns.located(error, of: row))
        }
    }

    package mutating func finish() -> [Assessment] {
        let codes = Set(cases.map(\.code))
        for (code, rows) in events.sorted(by: { $0.key < $1.key }) where !codes.contains(code) {
            for event in rows { complaints.unknown("matter", code, at: event.row, known: codes) }
        }
        return cases.flatMap { item -> [Assessment] in
            // A matter that begins later is none yet.
            if let start = item.start.date, start > asOf, rules[item.rule]?.sense != .before { return [] }
            return [promise(of: item), assess(item)].compactMap(\.self)
        }
    }

    private func assess(_ item: DeadlineCase) -> Assessment? {
        guard let rule = rules[item.rule] else { return nil }
        let clock = DeadlineClock(
            rule: rule,
            item: item,
            start: start(of: item, rule),
            events: (events[item.code] ?? []).filter { $0.concerns(item) },
            asOf: asOf,
            parameters: parameters
        )
        return clock.assess(period: period)
    }

    /// The day that the clock starts from: the row's own, or the day on which what comes before was done.
    private func start(of item: DeadlineCase, _ rule: DeadlineRule) -> DeadlineClock.Start {
        if let date = item.start.date { return .on(date) }
        guard !item.start.isRejected else { return .unknown(Gap(.unreadable, "start", at: item.row)) }
        guard let after = rule.after else { return .unknown(Gap(Gap.Reason(item.start), "start", at: item.row)) }
        let earlier = cases.filter { $0.code == item.code && $0.rule == after }
        guard !earlier.isEmpty else { return .unknown(Gap(.noRow, after, at: item.row)) }
        if earlier.contains(where: { $0.done.isRejected || $0.doubt != nil }) {
            return .unknown(Gap(.unreadable, "done", at: earlier[0].row))
        }
        let ends = earlier.compactMap(\.done.date).filter { $0 <= asOf }
        guard ends.count == earlier.count, let last = ends.max() else { return .awaiting }
        return .on(last)
    }

    /// What was promised in the answer is a deadline of its own, which outlives the first.
    private func promise(of item: DeadlineCase) -> Assessment? {
        guard let rule = rules[item.rule], item.promised.date != nil || item.promised.isRejected else { return nil }
        return DeadlinePromise(rule: rule, item: item, asOf: asOf, parameters: parameters).assess(period: period)
    }
}

extension ColumnMap {
    /// A complaint about a row, placed at the cell that it names.
    func located(_ diagnostic: Diagnostic, of row: borrowing Row) -> Diagnostic {
        guard let key = diagnostic.key else {
            return diagnostic.located(at: Position(file: row.file, line: row.line))
        }
        return diagnostic.located(at: place(key, of: row).position)
    }
}
