// Calendars of working days as tables: one line a listed day.

import Almanac
import Diagnostics
import Records

extension WorkingDayCalendar {
    /// Reads `calendars/NAME.csv`; `nil` when any line is wrong, since one missed holiday makes every later date wrong.
    init?(_ file: SettingsFile, complaints: Complaints) {
        var sink = ListedDaySink(file: file.displayName)
        do {
            var reader = TableReader(schema: try ListedDaySink.schema(), file: file.displayName)
            let bytes = try file.bytes()
            reader.feed(bytes.span, into: &sink)
            reader.finish(into: &sink)
            for diagnostic in sink.complaints { complaints.add(diagnostic, at: nil, key: nil) }
            guard !complaints.hasErrors else { return nil }
            try self.init(name: file.stem, days: sink.days)
        } catch {
            complaints.add(error, at: nil, key: nil)
            return nil
        }
    }
}

/// Gathers the days of a calendar's table.
private struct ListedDaySink: RowSink {
    let file: String
    private(set) var days: [ListedDay] = []
    private(set) var complaints: [Diagnostic] = []

    init(file: String) { self.file = file }

    static func schema() throws(Diagnostic) -> TableSchema {
        try TableSchema(columns: [
            Column(name: "date", titleZh: "日期", titleEn: "Date", type: .date, isRequired: true),
            Column(name: "name", titleZh: "节日", titleEn: "Holiday", type: .text, isRequired: true),
            Column(name: "is_off_day", titleZh: "是否放假", titleEn: "Day off", type: .flag, isRequired: true),
            Column(name: "notice_year", titleZh: "通知年份", titleEn: "Notice year", type: .integer, isRequired: true),
        ])
    }

    mutating func accept(_ row: borrowing Row) {
        // What cannot be read has been complained about.
        guard row.unreadable.isEmpty else { return }
        let position = Position(file: file, line: row.line)
        guard case .date(let date) = row[0], let name = row.text(1), case .flag(let isOff) = row[2],
            case .integer(let year) = row[3]
        else {
            complaints.append(Diagnostic("a cell is blank", at: position, remedy: "fill in every column"))
            return
        }
        // The last days of December stand in the next year's notice; anything else is a slip.
        guard Int64(date.year)...Int64(date.year) + 1 ~= year else {
            complaints.append(
                Diagnostic(
                    "the notice is about another year than the day",
                    at: position,
                    key: "notice_year",
                    found: String(year),
                    expected: "\(date.year) or \(date.year + 1)"
                )
            )
            return
        }
        days.append(ListedDay(date: date, name: name, isOff: isOff, noticeYear: Int(year), position: position))
    }

    mutating func reject(_ reject: Reject) { complaints.append(reject.diagnostic) }
}
