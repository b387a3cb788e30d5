// How cold goods have to be kept, and when a departure from it is an alarm; data of registers, with their papers.

import Almanac
import Diagnostics
import Records

/// One profile, such as that of a vaccine refrigerator.
struct TemperatureProfile: Sendable {
    /// A limit that sounds an alarm when it is reached for long enough.
    struct Alarm: Sendable, Hashable {
        enum Side: String, Sendable, CaseIterable { case above, below }

        /// Whether one stretch has to be that long, or all of them together.
        enum Mode: String, Sendable, CaseIterable { case single, cumulative }

        let side: Side
        /// Reached by a reading that equals it (WHO PQS E006: 30.0 alarms, 29.9 does not).
        let at: ExactDecimal
        let minutes: Int
        let mode: Mode

        func isReached(by temperature: ExactDecimal) -> Bool {
            side == .above ? temperature >= at : temperature <= at
        }
    }

    let name: String
    let titleZh: String
    let titleEn: String
    /// Readings from the one to the other are in order.
    let low: ExactDecimal
    let high: ExactDecimal
    private(set) var alarms: [Alarm] = []
    /// Over how many hours the mean kinetic temperature is taken, and what it may be; `nil` where it says nothing, as of
    /// frozen goods.
    let kinetic: (hours: Int, limit: ExactDecimal)?
    let document: String?

    init?(_ row: borrowing Row, _ columns: ColumnMap, _ complaints: inout RowComplaints) {
        guard let name = columns.text("profile", of: row) else {
            complaints.nameless("profile", key: "profile", at: row.reference)
            return nil
        }
        guard let low = columns.cell("low", of: row).decimal, let high = columns.cell("high", of: row).decimal,
            low < high
        else {
            complaints.invalid(
                "a profile needs a lower and a higher limit, the row is not used",
                at: columns.place("low", of: row),
                expected: "two temperatures in ℃, the lower one first"
            )
            return nil
        }
        self.name = name
        self.low = low
        self.high = high
        titleZh = columns.text("title_zh", of: row) ?? name
        titleEn = columns.text("title_en", of: row) ?? name
        if let hours = columns.cell("mkt_hours", of: row).decimal,
            let limit = columns.cell("mkt_limit", of: row).decimal
        {
            kinetic = (Int(hours.doubleValue), limit)
        } else {
            kinetic = nil
        }
        document = [
            columns.text("document", of: row), columns.text("article", of: row), columns.text("basis", of: row),
        ]
        .compactMap(\.self).reduce(nil) { sum, part in sum.map { "\($0)，\(part)" } ?? part }
    }

    /// Adds the alarm of a row; a row may have none.
    mutating func addAlarm(_ row: borrowing Row, _ columns: ColumnMap, _ complaints: inout RowComplaints) {
        guard let word = columns.text("alarm", of: row) else { return }
        guard let side = Alarm.Side(rawValue: word), let at = columns.cell("alarm_at", of: row).decimal,
            let minutes = columns.cell("alarm_minutes", of: row).decimal, !minutes.isNegative,
            let mode = Alarm.Mode(rawValue: columns.text("alarm_mode", of: row) ?? "")
        else {
            return complaints.invalid(
                "the alarm cannot be used",
                at: columns.place("alarm", of: row),
                found: word,
                expected: "above or below, with alarm_at in ℃, alarm_minutes, and alarm_mode single or cumulative"
            )
        }
        alarms.append(Alarm(side: side, at: at, minutes: Int(minutes.doubleValue), mode: mode))
    }
}
