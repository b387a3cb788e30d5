// Lengths of time that only the calendar can measure: months and years, as rules and contracts state them.

package import Diagnostics

/// A length of time in calendar units, as ISO 8601 writes it: `P6M`, `P1Y6M`, `P2W`, `P30D`.
package struct CalendarDuration: Sendable, Hashable {
    /// Years, counted as twelve months each.
    package let years: Int
    /// Months, reckoned to the same day number or the month's last.
    package let months: Int
    /// Weeks, counted as seven days each.
    package let weeks: Int
    /// Days of the calendar, however long the clocks make them.
    package let days: Int

    /// Makes a duration of those units together.
    package init(years: Int = 0, months: Int = 0, weeks: Int = 0, days: Int = 0) {
        self.years = years
        self.months = months
        self.weeks = weeks
        self.days = days
    }

    /// Reads `P6M`; each number has at most four digits, and the units stand in the order Y, M, W, D.
    package init(iso8601 text: some StringProtocol) throws(Diagnostic) {
        var scanner = ByteScanner(text)
        func refusal(_ problem: String, remedy: String? = nil) -> Diagnostic {
            Diagnostic(
                problem,
                found: String(text),
                expected: "an ISO 8601 duration in years, months, weeks and days, such as P6M, P1Y6M, P2W or P30D",
                remedy: remedy
            )
        }
        guard scanner.skip("P") else { throw refusal("a calendar duration begins with P") }
        var values = [0, 0, 0, 0]
        var unread = 0
        repeat {
            if scanner.next == UInt8(ascii: "T") {
                throw refusal("a calendar duration has no hours, minutes or seconds", remedy: "state it in days")
            }
            guard let value = scanner.number(digits: 1...4) else {
                throw refusal("a whole number of at most four digits is missing")
            }
            let units: [Unicode.Scalar] = ["Y", "M", "W", "D"]
            guard let unit = units.indices.dropFirst(unread).first(where: { scanner.skip(units[$0]) }) else {
                throw refusal("a unit is missing, unknown, doubled or out of order")
            }
            values[unit] = value
            unread = unit + 1
        } while !scanner.isAtEnd
        self.init(years: values[0], months: values[1], weeks: values[2], days: values[3])
    }
}

extension CalendarDuration: CustomStringConvertible {
    /// `P1Y6M`; nothing at all is `P0D`.
    package var description: String {
        let parts = [(years, "Y"), (months, "M"), (weeks, "W"), (days, "D")].filter { $0.0 != 0 }
        return parts.isEmpty ? "P0D" : parts.reduce(into: "P") { $0 += "\($1.0)\($1.1)" }
    }
}

extension CivilDate {
    /// The day that many durations later (earlier when `times` is negative).
    ///
    /// Always reckoned from this day, the anchor: from 31 August, once P6M is the last of February and twice is
    /// 31 August again. Months come first, then days.
    package func adding(_ duration: CalendarDuration, times: Int = 1) -> CivilDate {
        adding(months: (duration.years * 12 + duration.months) * times)
            .adding(days: (duration.weeks * 7 + duration.days) * times)
    }
}
