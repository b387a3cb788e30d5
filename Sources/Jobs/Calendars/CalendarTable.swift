// Calendars of working days as tables: one line a listed day.

import Almanac
import Diagnostics
import Records

/// A table of listed days: `calendars/NAME.csv`.
enum CalendarTable {
    static func days(_ file: SettingsFile, complaints: Complaints) -> [ListedDay] {
        var sink = ListedDaySink(file: file.displayName)
        do {
            var reader = TableReader(schema: try ListedDaySink.schema(), file: file.displayName)
            let bytes = try file.bytes()
            reader.feed(bytes.span, into: &sink)
            reader.finish(into: &sink)
            for diagnostic in sink.complaints { complaints.add(diagnostic, at: nil, key: nil) }
        } catch {
            complaints.add(error, at: nil, key: nil)
        }
        return sink.days
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
            complain(Diagnostic("a cell is blank", at: position, remedy: "fill in every column"))
            return
        }
        if let problem = ListedDay.implausible(date, inNoticeOf: Int(clamping: year)) {
            complain(problem.located(at: position, key: "notice_year"))
            return
        }
        days.append(ListedDay(date: date, name: name, isOff: isOff, noticeYear: Int(year), position: position))
    }

    mutating func reject(_ reject: Reject) { complain(reject.diagnostic) }

    /// A wrong file must not fill the memory; its first complaints say enough.
    private mutating func complain(_ diagnostic: Diagnostic) {
        if complaints.count < CalendarFolder.complaintsPerFile { complaints.append(diagnostic) }
    }
}
