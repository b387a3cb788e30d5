// What was reported of an indicator.

import Almanac
import Records

/// One reported value.
struct TargetValue: Sendable {
    let date: CivilDate
    let value: ExactDecimal
    /// The parts of a share, shown beside it where the whole is small.
    let parts: (done: ExactDecimal, of: ExactDecimal)?
    /// Which definition it was counted by.
    let definition: String?
    let reported: CivilDate?
    let row: RowReference

    /// A value, or a share in percent of its two parts; `nil` when neither can be read.
    init?(_ row: borrowing Row, _ columns: ColumnMap) {
        guard let date = columns.cell("as_of", of: row).date else { return nil }
        let (done, all) = (columns.cell("done", of: row).decimal, columns.cell("total", of: row).decimal)
        let stated = columns.cell("value", of: row)
        if let done, let all, !all.isZero,
            let share = done.multiplied(by: ExactDecimal(100))?.divided(by: all, decimals: TargetPlan.decimals)
        {
            value = share
            parts = (done, all)
        } else if let number = stated.decimal, !stated.isRejected {
            value = number
            parts = nil
        } else {
            return nil
        }
        self.date = date
        definition = columns.text("definition_version", of: row)
        reported = columns.cell("reported", of: row).date
        self.row = row.reference
    }
}

/// The values of one indicator, in order of their days; a revised one keeps what was said first.
struct TargetSeries: Sendable {
    private(set) var values: [TargetValue] = []
    private(set) var revised: [CivilDate: ExactDecimal] = [:]
    private(set) var gaps: [Gap] = []

    mutating func take(_ row: borrowing Row, _ columns: ColumnMap, until asOf: CivilDate) {
        guard !row.isRejected, row.contradicted == nil, let value = TargetValue(row, columns) else {
            let isContradicted = row.contradicted != nil
            gaps.append(Gap(isContradicted ? .conflicting : .unreadable, "value", at: row.reference))
            return
        }
        guard value.date <= asOf, value.reported.map({ $0 <= asOf }) ?? true else { return }
        guard let index = values.firstIndex(where: { $0.date == value.date }) else {
            values.append(value)
            values.sort { $0.date < $1.date }
            return
        }
        let known = values[index]
        let isNewer = (value.reported ?? value.date) >= (known.reported ?? known.date)
        if known.value != value.value {
            revised[value.date] = isNewer ? revised[value.date] ?? known.value : value.value
        }
        if isNewer { values[index] = value }
    }
}
