// What is told of accepted rows by the day of their reception, and by what their values lack.

import Almanac
import Checks
import Diagnostics
import Jobs
import Records

/// Looks at rows for what only their reception can tell: the reader of tables knows neither a clock nor a check.
struct RowNotes {
    private let columns: [Column]
    /// The places of the columns that say which period or day a row belongs to.
    private let dated: [Int]
    /// The places of the columns where "not detected" is of no use without its detection limit.
    private let limited: [Int]
    /// The places of days that can hardly be meant when they lie far ahead, with the last day that can.
    private let bounded: [(index: Int, last: CivilDate)]
    private let today: CivilDate

    /// - Parameters:
    ///   - jobs: Those that may judge the feed; what no job looks at is nobody's loss.
    ///   - today: The day on which the table was handed in.
    init(_ feed: Feed, jobs: [Job], today: CivilDate) {
        var dated: Set<String> = []
        var limited: Set<String> = []
        for job in jobs {
            for role in job.check.roles where job.feeds[role.name] == feed.name {
                if let column = role.datedBy { dated.insert(column) }
                limited.formUnion(job.check.columnsNeedingDetectionLimits(role: role.name))
            }
        }
        columns = feed.schema.columns
        bounded = columns.enumerated().compactMap { index, column in
            column.yearsAhead.map { (index, today.adding(CalendarDuration(years: $0))) }
        }
        self.dated = dated.compactMap { feed.schema.index(of: $0) }.sorted()
        self.limited = limited.compactMap { feed.schema.index(of: $0) }.sorted()
        self.today = today
    }

    /// Tells of a row, one complaint a cell.
    func note(_ row: borrowing Row, _ tell: (Reject) -> Void) {
        guard !row.isRejected, row.contradicted == nil else { return }
        for index in dated where isInFuture(row[index]) { tell(future(row, index)) }
        for (index, last) in bounded {
            if case .date(let day) = row[index], day > last, day != .noEnd { tell(far(row, index, last: last)) }
        }
        for index in limited where row[index] == .notDetected(limit: nil) { tell(limitless(row, index)) }
    }

    private func isInFuture(_ cell: Cell) -> Bool {
        switch cell {
        case .date(let date): date > today
        case .month(let month): month.firstDay > today
        default: false
        }
    }

    private func future(_ row: borrowing Row, _ index: Int) -> Reject {
        warning(
            .futureDate,
            "the row is dated after the day on which it was handed in",
            row,
            index,
            expected: "\(today) or earlier",
            remedy: "check the year, the month and the day"
        )
    }

    private func far(_ row: borrowing Row, _ index: Int, last: CivilDate) -> Reject {
        warning(
            .farDate,
            "the day lies so far ahead that it is hardly meant",
            row,
            index,
            expected: "\(last) or earlier",
            remedy: "check the year; a day that stands for \"without end\" is taken as it is written"
        )
    }

    private func limitless(_ row: borrowing Row, _ index: Int) -> Reject {
        warning(
            .detectionLimitMissing,
            "without its detection limit the value cannot be judged",
            row,
            index,
            expected: "0.01L or <0.01",
            remedy: "add the detection limit"
        )
    }

    private func warning(
        _ reason: Reject.Reason,
        _ problem: String,
        _ row: borrowing Row,
        _ index: Int,
        expected: String,
        remedy: String
    ) -> Reject {
        Reject(
            reason,
            Diagnostic(
                problem,
                severity: .warning,
                at: row.position(of: index),
                key: columns[index].name,
                found: row.text(index),
                expected: expected,
                remedy: remedy
            ),
            column: columns[index]
        )
    }
}
