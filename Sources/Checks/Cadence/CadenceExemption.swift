// Times in which a unit owes nothing: closed, under renovation, on vacation.

import Almanac
import Diagnostics
import Records

/// One row of the register of exemptions.
struct CadenceExemption: Sendable {
    /// Whom it exempts: a unit, or every unit with a tag.
    let unit: String?
    let tag: String?
    /// The rule that it exempts from; `nil` for all.
    let rule: String?
    let from: CivilDate
    let to: CivilDate
    let row: RowReference

    /// Reads one row; throws what keeps it from exempting anybody.
    init(_ row: borrowing Row, _ columns: ColumnMap) throws(Diagnostic) {
        unit = columns.text("unit", of: row)
        tag = columns.text("tag", of: row)
        guard unit != nil || tag != nil else {
            throw Diagnostic("nobody is exempt, the row is not used", key: "unit", expected: "a unit, or a tag")
        }
        guard let from = columns.cell("from", of: row).date, let to = columns.cell("to", of: row).date, from <= to
        else {
            throw Diagnostic(
                "nobody knows from when to when, the row is not used",
                key: "to",
                expected: "the first and the last exempt day"
            )
        }
        guard columns.text("approved_by", of: row) != nil else {
            throw Diagnostic(
                "an exemption that nobody approved is none, the row is not used",
                key: "approved_by",
                expected: "who approved it"
            )
        }
        rule = columns.text("rule", of: row)
        self.from = from
        self.to = to
        self.row = row.reference
    }

    func concerns(_ unit: DrillUnit, _ rule: CadenceRule) -> Bool {
        (self.rule == nil || self.rule == rule.name)
            && (self.unit == unit.code || tag.map(unit.tags.contains) ?? false)
    }
}

/// The days on which a unit owes nothing by a rule.
struct ExemptDays: Sendable {
    private let stretches: [ClosedRange<CivilDate>]
    private let months: Set<Int>

    init(_ exemptions: [CadenceExemption], months: Set<Int>) {
        stretches = exemptions.map { $0.from...$0.to }
        self.months = months
    }

    var isEmpty: Bool { stretches.isEmpty && months.isEmpty }

    func contains(_ date: CivilDate) -> Bool {
        months.contains(date.month) || stretches.contains { $0.contains(date) }
    }

    /// How many of the days from one to another, both included, are exempt.
    func count(from first: CivilDate, to last: CivilDate) -> Int {
        guard !isEmpty, first <= last else { return 0 }
        return (0...first.days(to: last)).count { contains(first.adding(days: $0)) }
    }

    /// Whether every day of a slot is exempt, so that nothing is owed in it.
    func cover(_ slot: CadenceSlot) -> Bool {
        !isEmpty && count(from: slot.first, to: slot.last) == slot.first.days(to: slot.last) + 1
    }

    /// The last day of a slot on which the duty can still be done.
    func lastDay(of slot: CadenceSlot) -> CivilDate {
        guard !stretches.isEmpty, !cover(slot) else { return slot.last }
        var day = slot.last
        while day > slot.first, stretches.contains(where: { $0.contains(day) }) { day = day.adding(days: -1) }
        return day
    }
}
