// dutyctl calendar: what a calendar event means and when it elapses, without a daemon.

import Almanac
import ArgumentParser
import Diagnostics
import JSON
import Linux

struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Show what calendar events mean and when they elapse; needs no daemon.",
        discussion: """
            An expression is what a job's schedule takes, such as "Mon..Fri 09:00" or "*-*-05 09:00 Asia/Shanghai". \
            One that names a zone goes by that zone's clocks.

            With a calendar of working days, which is read from files, each elapse says whether its day is worked; \
            with --working-day, the elapses are those that a schedule with this rule would have.

            With --json each expression is answered by one object a line: expression, normalized, zone, and next, a \
            list of {usec, time}. usec counts microseconds since 1970 UTC; time is RFC 3339, cut to the second.

            With --batch each line of standard input reads EXPRESSION, ZONE, AFTER, separated by tabs, and is answered \
            by one line: {"normalized":…,"next":usec or null}, where next comes after the microseconds AFTER and is \
            left out when AFTER is empty; or {"error":{"position":…,"message":…}}, where position is the character \
            of the expression, counted from 1, or 0 when the rest of the line is at fault. An empty ZONE means UTC.
            """
    )

    @Argument(help: "Calendar events, each one argument.")
    var expressions: [String] = []

    @Option(
        help: ArgumentHelp(
            "Show elapses after this: RFC 3339, a date meaning the end of that day, or @ and the microseconds since "
                + "1970 UTC. Now, if left out.",
            valueName: "time"
        )
    )
    var baseTime: String?

    @Option(help: ArgumentHelp("The zone of events that name none. The machine's, if left out.", valueName: "zone"))
    var timeZone: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("How many elapses. 1, if left out.", valueName: "n"))
    var iterations: Int?

    @OptionGroup var days: WorkingDayOptions

    @Flag(help: "Print one JSON object for each expression.")
    var json = false

    @Flag(help: "Answer the lines of standard input.")
    var batch = false

    func validate() throws {
        if batch {
            guard expressions.isEmpty, baseTime == nil, timeZone == nil, iterations == nil, days.isEmpty else {
                throw ValidationError("--batch takes its questions from standard input; leave out everything else.")
            }
        } else if expressions.isEmpty {
            throw ValidationError("Name an expression, such as \"Mon..Fri 09:00\".")
        }
        guard iterations ?? 1 > 0 else { throw ValidationError("--iterations must be 1 or more.") }
        // Asked here, so that a refusal comes with the usage of this command.
        if !batch { _ = (try baseInstant(in: try zone(in: ZoneDatabase())), try days.rule()) }
    }

    func run() throws {
        if batch { return try CalendarBatch.answerStandardInput() }
        let database = ZoneDatabase()
        let zone = try zone(in: database)
        let base = try baseInstant(in: zone)
        let rule = try days.rule()
        let calendar = json && days.isEmpty ? nil : try days.workingDays()
        var isComplete = true
        for (index, expression) in expressions.enumerated() {
            do {
                let event = try CalendarEvent(expression, isKnownZone: database.contains)
                if case .monthDay = rule, !event.namesNoDays {
                    throw ValidationError("\(event) names days, and --working-day names one, too.")
                }
                let eventZone = try event.zoneName.map(database.zone) ?? zone
                let report = CalendarReport(
                    expression: expression,
                    event: event,
                    zone: eventZone,
                    schedule: rule.schedule(event, in: eventZone, by: calendar),
                    calendar: calendar,
                    base: base,
                    count: iterations ?? 1
                )
                if json { print(report.json.text(.line)) } else { report.show(isFirst: index == 0) }
            } catch let error as CalendarEvent.Malformed {
                let remedy = error.isUnknownZone ? Self.remedy(forZone: error.found ?? "", database) : nil
                Output.complain(CalendarReport.complaint(about: error, in: expression, remedy: remedy))
                isComplete = false
            }
        }
        if !isComplete { throw ExitCode.failure }
    }

    /// The name of the zone that was probably meant.
    private static func remedy(forZone name: String, _ database: ZoneDatabase) -> String? {
        do throws(Diagnostic) {
            _ = try database.zone(named: name)
            return nil
        } catch {
            return error.remedy
        }
    }

    private func zone(in database: ZoneDatabase) throws -> Zone {
        let name = timeZone ?? database.localZoneName() ?? "UTC"
        do throws(Diagnostic) {
            // The machine's own zone is what it is.
            if let timeZone { try ZoneAbbreviation.refuse(timeZone) }
            return name == "UTC" ? .utc : try database.zone(named: name)
        } catch {
            throw ValidationError("--time-zone: \(error.message)")
        }
    }

    private func baseInstant(in zone: Zone) throws -> Instant {
        guard let baseTime else { return WallClock().now() }
        if let date = CivilDate(iso8601: baseTime) { return zone.endOfDay(date) }
        if baseTime.hasPrefix("@") {
            // Years of four digits: whatever is shown can be read again.
            guard let microseconds = Int64(baseTime.dropFirst()), Self.writable.contains(microseconds) else {
                throw ValidationError("--base-time: after @ comes a number of microseconds in the years 1 to 9999.")
            }
            return Instant(microseconds: microseconds)
        }
        do throws(Diagnostic) {
            return try Instant(rfc3339: baseTime)
        } catch {
            throw ValidationError("--base-time: \(error.message)")
        }
    }

    private static let writable: Range<Int64> = {
        let first = Int64(CivilDate.days(year: 1, month: 1, day: 2)) * 86_400_000_000
        return first..<Int64(CivilDate.days(year: 9999, month: 12, day: 31)) * 86_400_000_000
    }()
}
