// The calendar that is shipped, read in the plainest way.

package import Almanac
import Diagnostics
import Foundation

extension WorkingDayCalendar {
    /// China's calendar from `Config/calendars/CN.csv`.
    package static func shipped() throws -> WorkingDayCalendar {
        let file = URL(fileURLWithPath: #filePath).appending(path: "../../../Config/calendars/CN.csv").standardized
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        let days = try lines.enumerated().map { index, line in
            let cells = line.split(separator: ",").map(String.init)
            guard cells.count == 4, ["true", "false"].contains(cells[2]), let year = Int(cells[3]) else {
                throw Diagnostic("no line of a calendar", found: String(line))
            }
            return ListedDay(
                date: try CivilDate(cells[0]),
                name: cells[1],
                isOff: cells[2] == "true",
                noticeYear: year,
                position: Position(file: "CN.csv", line: index + 2)
            )
        }
        return try WorkingDayCalendar(name: "CN", days: days)
    }
}

extension CivilDate {
    /// The day of an ISO 8601 text.
    package init(_ text: String) throws {
        guard let date = CivilDate(iso8601: text) else { throw Diagnostic("no day", found: text) }
        self = date
    }
}
