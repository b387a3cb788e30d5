// The verdict on one subject for one period, with the facts it rests on.

package import Almanac
import Diagnostics
package import Records

/// What a check found out about one subject for one period; facts, never sentences.
package struct Assessment: Sendable, Hashable {
    /// How things stand.
    package enum State: String, Sendable, CaseIterable {
        case ok, warning, critical
        /// The evidence does not suffice to say; it neither raises nor clears an alert.
        case unknown

        /// Whether somebody has to be told.
        package var isBad: Bool { self == .warning || self == .critical }
    }

    /// What is judged, such as a section's code or a site and an item; never contains time.
    package var subject: String
    /// The subject's name for people.
    package var name: String
    /// The period judged.
    package var period: Period
    /// Which of the check's indicators this is.
    package var indicator: String
    package var state: State
    /// The verdict by the limits that end an alert, where a check has stricter ones for that; `nil` when they are the same.
    ///
    /// It is never better than `state`: an open alert goes on while this is bad.
    package var sustained: State?
    package var facts: Facts
    /// What the verdict could not see.
    package var gaps: [Gap]
    /// The rows it rests on.
    package var source: [RowReference]

    package init(
        subject: String,
        name: String,
        period: Period,
        indicator: String,
        state: State,
        sustained: State? = nil,
        facts: Facts,
        gaps: [Gap] = [],
        source: [RowReference] = []
    ) {
        self.subject = subject
        self.name = name
        self.period = period
        self.indicator = indicator
        self.state = state
        self.sustained = sustained
        self.facts = facts
        self.gaps = gaps
        self.source = source
    }
}

/// One piece of evidence that a verdict had to do without.
package struct Gap: Sendable, Hashable {
    /// Why it is missing.
    package enum Reason: String, Sendable, CaseIterable {
        /// No row for the subject and the period.
        case noRow = "no-row"
        /// The table has no column for it.
        case noColumn = "no-column"
        /// The cell is blank.
        case blank
        /// The cell could not be read.
        case unreadable
        /// Its author says that it was not measured or does not apply.
        case notMeasured = "not-measured"
        /// Its author says that measuring is suspended.
        case suspended
        /// Its author says that the river is dry.
        case dry
        /// It was below the detection limit, and nobody says what that is.
        case noDetectionLimit = "no-detection-limit"
        /// It was below the detection limit, which itself is beyond what has to be met.
        case coarseDetectionLimit = "coarse-detection-limit"
        /// The latest report is too old to speak for today.
        case stale
        /// Two rows say different things of the same.
        case conflicting
        /// It was measured otherwise than what it would be compared with.
        case notComparable = "not-comparable"
        /// There are fewer months than a year's mean needs.
        case tooFewMonths = "too-few-months"
        /// The standard is not in force on that day.
        case notInForce = "not-in-force"
        /// Nothing was ever recorded, and there is no date to count from.
        case neverRecorded = "never-recorded"
        /// No table that can be read was handed in yet.
        case awaitingFirstFile = "awaiting-first-file"
        /// Somebody may still be writing the table.
        case arriving
    }

    package let reason: Reason
    /// What is missing: an item, a column, a date.
    package let what: String
    package let at: RowReference?

    package init(_ reason: Reason, _ what: String, at reference: RowReference? = nil) {
        self.reason = reason
        self.what = what
        self.at = reference
    }
}

extension Gap.Reason {
    /// Why a cell gives no value that could be used.
    init(_ cell: Cell) {
        self =
            switch cell {
            case .absent: .noColumn
            case .blank: .blank
            case .missing(.notMeasured): .notMeasured
            case .missing(.suspended): .suspended
            case .missing(.dry): .dry
            case .notDetected(limit: nil): .noDetectionLimit
            default: .unreadable
            }
    }
}

extension Gap: CustomStringConvertible {
    /// `unreadable NH3-N water-2024-03.csv:2`.
    package var description: String {
        [reason.rawValue, printable(what, limit: 300), at.map(\.description)].compactMap(\.self).joined(separator: " ")
    }
}
