// Terms: how long somebody has, and on which day that ends.

package import Diagnostics

/// A length of time as laws and plans state it: `15 working days`, `60 days`, `2 months`.
package struct Term: Sendable, Hashable {
    package enum Unit: String, Sendable, CaseIterable {
        case workingDays = "working day"
        case days = "day"
        case months = "month"
    }

    /// At least 0.
    package let count: Int
    package let unit: Unit

    /// Longer terms are slips of the finger.
    private static let longest = 10_000

    package init(_ count: Int, _ unit: Unit) {
        precondition((0...Self.longest).contains(count), "no such term")
        self.count = count
        self.unit = unit
    }

    /// Reads `15 working days`, `1 day`, `2 months`.
    package init(_ text: String) throws(Diagnostic) {
        let words = text.split(separator: " ", maxSplits: 1)
        guard words.count == 2, let count = Int(words[0]), (0...Self.longest).contains(count),
            let unit = Unit.allCases.first(where: { [$0.rawValue, $0.rawValue + "s"].contains(String(words[1])) })
        else {
            throw Diagnostic(
                "this is no term",
                found: text,
                expected: "a whole number of working days, days or months, such as \"15 working days\""
            )
        }
        self.init(count, unit)
    }
}

extension Term: CustomStringConvertible {
    /// `15 working days`, `1 month`.
    package var description: String { "\(count) \(unit.rawValue)\(count == 1 ? "" : "s")" }
}

/// The last day of a term, and how it was found.
package struct TermEnd: Sendable, Hashable {
    /// Where the reckoning ends before rest days are looked at, and where it moves from there.
    package let day: AdjustedDay
    /// Whether it rests on days of which no notice tells whether they are worked.
    package let isProvisional: Bool

    package var date: CivilDate { day.to }
}

extension WorkingDayCalendar {
    /// The last day of a term that begins on a day, that day itself not counted.
    ///
    /// Civil Code of China, articles 201 to 203: months end on the same day number, or on the month's last day where it
    /// is shorter; a last day on which nobody works gives way to the next working day. Working days end on one anyhow.
    package func end(of term: Term, from start: CivilDate) -> TermEnd {
        switch term.unit {
        case .workingDays: unmoved(date(workingDays: term.count, after: start))
        case .days: moved(start.adding(days: term.count), .next)
        case .months: moved(start.adding(months: term.count), .next)
        }
    }

    /// The last day on which something may be done that has to be done a term before another day.
    ///
    /// The other day is not counted. Where that is a rest day the working day before it stands for it: the term may not
    /// become shorter than was stated.
    package func latestDay(_ term: Term, before day: CivilDate) -> TermEnd {
        switch term.unit {
        case .workingDays: unmoved(date(workingDays: -term.count, after: day))
        case .days: moved(day.adding(days: -term.count), .previous)
        case .months: moved(day.adding(months: -term.count), .previous)
        }
    }

    private func unmoved(_ reckoned: Reckoned<CivilDate>) -> TermEnd {
        TermEnd(
            day: AdjustedDay(from: reckoned.value, to: reckoned.value, holiday: nil),
            isProvisional: reckoned.isProvisional
        )
    }

    /// Beyond the notices a day stays where it is until somebody knows better.
    private func moved(_ date: CivilDate, _ adjustment: WorkingDayAdjustment) -> TermEnd {
        let known = adjusted(date, adjustment)
        return TermEnd(
            day: known ?? AdjustedDay(from: date, to: date, holiday: nil),
            isProvisional: known == nil
        )
    }
}
