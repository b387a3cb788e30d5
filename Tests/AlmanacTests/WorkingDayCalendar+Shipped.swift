// The calendar that is shipped, read in the plainest way.

import Almanac
import Diagnostics
import Foundation
import Testing

extension WorkingDayCalendar {
    /// China's calendar from `Config/calendars/CN.csv`.
    static func shipped() throws -> WorkingDayCalendar {
        let file = URL(fileURLWithPath: #filePath).appending(path: "../../../Config/calendars/CN.csv").standardized
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        let days = try lines.enumerated().map { index, line in
            let cells = line.split(separator: ",").map(String.init)
            try #require(cells.count == 4 && ["true", "false"].contains(cells[2]))
            return ListedDay(
                date: try CivilDate(cells[0]),
                name: cells[1],
                isOff: cells[2] == "true",
                noticeYear: try #require(Int(cells[3])),
                position: Position(file: "CN.csv", line: index + 2)
            )
        }
        return try WorkingDayCalendar(name: "CN", days: days)
    }
}

extension CivilDate {
    /// The day of an ISO 8601 text.
    init(_ text: String) throws { self = try #require(CivilDate(iso8601: text), "\(text) is no day") }
}
