// Cold chain: whether what is kept cold was kept cold, and whether the loggers that say so were awake.

import Almanac
import Diagnostics
package import Records

/// Judges each logger's record against the profile of what it watches.
package struct ColdChain: Check {
    /// What a job sets.
    package struct Parameters: Sendable, Hashable {
        /// How many days are looked at, the last of which is over.
        package let windowDays: Int
        /// How many days after a day its record is judged.
        package let reportLag: Int

        package init(windowDays: Int, reportLag: Int) {
            self.windowDays = windowDays
            self.reportLag = reportLag
        }
    }

    static let roles = [
        TableRole(
            name: "profiles",
            needs: [
                .init("profile", .text), .init("low", .decimal), .init("high", .decimal),
                .init("title_zh", .text, essential: false), .init("title_en", .text, essential: false),
                .init("alarm", .text, essential: false), .init("alarm_at", .decimal, essential: false),
                .init("alarm_minutes", .decimal, essential: false), .init("alarm_mode", .text, essential: false),
                .init("mkt_hours", .decimal, essential: false), .init("mkt_limit", .decimal, essential: false),
                .init("document", .text, essential: false), .init("article", .text, essential: false),
                .init("basis", .text, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "loggers",
            needs: [
                .init("logger", .text), .init("profile", .text), .init("interval_minutes", .decimal),
                .init("logger_name", .text, essential: false), .init("site_name", .text, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "readings",
            needs: [
                .init("logger", .text), .init("date", .date), .init("time", .text), .init("temperature", .decimal),
            ],
            datedBy: "date"
        ),
    ]

    /// A logger, as the register names it.
    struct Logger: Sendable {
        let code: String
        let name: String
        let profile: String
        let interval: Int
        let source: RowReference
    }

    let parameters: Parameters
    private let maps: [ColumnMap]
    let period: Period
    let asOf: CivilDate
    private(set) var profiles: [String: TemperatureProfile] = [:]
    private(set) var loggers: [Logger] = []
    private var places: [String: Int] = [:]
    private(set) var readings: [[Minute: TemperatureRecord.Reading]] = []
    /// Readings that nobody can believe or read.
    private(set) var lost: [[Gap]] = []
    private(set) var isAwaitingFirstFile = false
    package private(set) var complaints = RowComplaints()

    init(_ parameters: Parameters, maps: [ColumnMap], period: Period, asOf: CivilDate) {
        self.parameters = parameters
        self.maps = maps
        self.period = period
        self.asOf = min(asOf, period.last)
    }

    /// The first and the last day that are looked at.
    var window: ClosedRange<CivilDate> {
        let last = asOf.adding(days: -parameters.reportLag)
        return last.adding(days: 1 - parameters.windowDays)...last
    }

    /// How far back a mean kinetic temperature reaches.
    private static let longestMean = 60

    package mutating func awaitFirstTable(role: Int) { if role == 2 { isAwaitingFirstFile = true } }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        switch role {
        case 0: enterProfile(row)
        case 1: enterLogger(row)
        default: read(row)
        }
    }

    private mutating func enterProfile(_ row: borrowing Row) {
        if let name = maps[0].text("profile", of: row), profiles[name] != nil {
            profiles[name]?.addAlarm(row, maps[0], &complaints)
            return
        }
        guard var profile = TemperatureProfile(row, maps[0], &complaints) else { return }
        profile.addAlarm(row, maps[0], &complaints)
        profiles[profile.name] = profile
    }

    private mutating func enterLogger(_ row: borrowing Row) {
        let columns = maps[1]
        guard let code = columns.text("logger", of: row) else {
            return complaints.nameless("logger", key: "logger", at: row.reference)
        }
        guard places[code] == nil else { return complaints.twice("logger", code, at: row.reference) }
        let profile = columns.text("profile", of: row) ?? ""
        guard profiles[profile] != nil else {
            return complaints.unknownWord(
                "unknown profile, so nothing of the logger is judged",
                profile,
                at: columns.place("profile", of: row),
                known: profiles.keys
            )
        }
        guard let interval = columns.cell("interval_minutes", of: row).decimal, ExactDecimal(1) <= interval else {
            return complaints.invalid(
                "nothing says how often the logger records, so nothing of it is judged",
                at: columns.place("interval_minutes", of: row),
                expected: "minutes, 1 or more"
            )
        }
        let name = [columns.text("site_name", of: row), columns.text("logger_name", of: row) ?? code]
        places[code] = loggers.count
        loggers.append(
            Logger(
                code: code,
                name: name.compactMap(\.self).joined(separator: " "),
                profile: profile,
                interval: Int(interval.doubleValue),
                source: row.reference
            )
        )
        readings.append([:])
        lost.append([])
    }

    private mutating func read(_ row: borrowing Row) {
        let columns = maps[2]
        let code = columns.text("logger", of: row) ?? ""
        guard let place = places[code] else {
            guard !row.isRejected else { return }
            return complaints.unknown("logger", code, at: row.reference, known: places.keys)
        }
        guard let day = columns.cell("date", of: row).date, day <= window.upperBound,
            day >= min(window.lowerBound, window.upperBound.adding(days: -Self.longestMean))
        else { return }
        guard let time = columns.text("time", of: row).flatMap(Minute.ofDay),
            let temperature = columns.cell("temperature", of: row).decimal, !row.isRejected
        else {
            // A missed reading stays a gap.
            if window.contains(day) {
                let what = columns.cell("temperature", of: row).decimal == nil ? "temperature" : "time"
                lost[place].append(Gap(Gap.Reason(columns.cell(what, of: row)), what, at: row.reference))
            }
            return
        }
        let at = Minute(day, minuteOfDay: time)
        if let earlier = readings[place][at] {
            guard earlier.temperature != temperature else {
                return complaints.repeated(at: row.reference, of: earlier.source)
            }
            complaints.contradicts(earlier.source, at: row.reference)
            lost[place].append(Gap(.conflicting, "temperature", at: row.reference))
            readings[place][at] = nil
            return
        }
        readings[place][at] = TemperatureRecord.Reading(at: at, temperature: temperature, source: row.reference)
    }
}
