// What one site counted, day by day: a day that was not reported is unknown, and a day on which it was closed is none.

import Almanac
import Records

/// One series of counts.
struct CountSeries: Sendable {
    /// What a site reported for one day.
    struct Report: Sendable {
        let count: ExactDecimal
        /// All visits, of which the count is a share.
        let total: ExactDecimal?
        let source: RowReference
    }

    /// What is known of a day.
    enum Standing: Sendable {
        case reported(Report)
        case closed
        /// The cells say nothing, or two rows disagree.
        case unusable(RowReference)
        case missing
    }

    private(set) var reports: [CivilDate: Report] = [:]
    private(set) var unusable: [CivilDate: RowReference] = [:]
    private(set) var closed: Set<CivilDate> = []
    private(set) var first: CivilDate?
    private(set) var last: CivilDate?

    mutating func report(_ report: Report, on day: CivilDate) {
        reports[day] = report
        note(day)
    }

    mutating func close(on day: CivilDate) {
        closed.insert(day)
        note(day)
    }

    mutating func lose(_ day: CivilDate, at source: RowReference) {
        reports[day] = nil
        unusable[day] = source
        note(day)
    }

    private mutating func note(_ day: CivilDate) {
        first = min(first ?? day, day)
        last = max(last ?? day, day)
    }

    func standing(on day: CivilDate, isRestDay: Bool) -> Standing {
        if let report = reports[day] { return .reported(report) }
        if let source = unusable[day] { return .unusable(source) }
        return closed.contains(day) || isRestDay ? .closed : .missing
    }
}
