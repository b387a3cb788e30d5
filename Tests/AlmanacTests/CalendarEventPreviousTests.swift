// Looking back must retrace exactly the steps of looking ahead.

import Almanac
import TestKit
import Testing

@Suite struct CalendarEventPreviousTests {
    @Test(arguments: [
        ("UTC", "*-02-29", "2024-02-29T00:00:00Z", "2020-02-29T00:00:00+00:00"),
        ("UTC", "Fri *-*-13", "2024-01-01T00:00:00Z", "2023-10-13T00:00:00+00:00"),
        ("UTC", "*-*-31 23:59:59", "2024-07-31T23:59:59Z", "2024-05-31T23:59:59+00:00"),
        ("UTC", "*-*~1 12:00", "2024-03-05T00:00:00Z", "2024-02-29T12:00:00+00:00"),
        ("UTC", "2020-01-01", "9999-01-01T00:00:00Z", "2020-01-01T00:00:00+00:00"),
        ("UTC", "0/5:0/7", "2024-01-01T00:00:00Z", "2023-12-31T20:56:00+00:00"),
        // The clocks skip 02:00 to 03:00.
        ("Europe/Berlin", "02:30", "2024-04-01T02:30:00+02:00", "2024-03-30T02:30:00+01:00"),
        ("Europe/Berlin", "*:0/15", "2024-03-31T03:00:00+02:00", "2024-03-31T01:45:00+01:00"),
        // The clocks show 02:00 to 03:00 twice; the first time counts.
        ("Europe/Berlin", "02:30", "2024-10-28T02:30:00+01:00", "2024-10-27T02:30:00+02:00"),
        ("Europe/Berlin", "*:0/15", "2024-10-27T02:10:00+01:00", "2024-10-27T02:45:00+02:00"),
        ("Europe/Berlin", "02:30", "2024-10-27T02:30:00+02:00", "2024-10-26T02:30:00+02:00"),
    ])
    func lastElapse(zone: String, text: String, before: String, expected: String) throws {
        let zone = try Zone.machine(zone)
        let event = try CalendarEvent(text, isKnownZone: Zone.isOnMachine)
        let previous = event.previous(before: try Instant(rfc3339: before), in: zone)
        #expect(previous.map(zone.rfc3339) == expected)
    }

    @Test func nothingComesBeforeTheFirstElapse() throws {
        let event = try CalendarEvent("1970-01-01", isKnownZone: Zone.isOnMachine)
        #expect(event.previous(before: Instant(microseconds: 0), in: .utc) == nil)
        #expect(event.previous(before: Instant(microseconds: 1), in: .utc) == Instant(microseconds: 0))
        #expect(event.previous(before: Instant(microseconds: .min), in: .utc) == nil)
        #expect(event.previous(before: Instant(microseconds: .max), in: .utc) == Instant(microseconds: 0))
    }

    @Test func itRetracesRandomEvents() throws {
        var generator = SeededGenerator(seed: 30)
        var steps = 0
        for _ in 0..<3_000 {
            let event = try CalendarEvent(generator.dateEvent(), isKnownZone: Zone.isOnMachine)
            steps += try retrace(event, from: generator.instant(years: 1960...2190), in: .utc, &generator)
        }
        #expect(steps > 10_000)
    }

    @Test(arguments: [
        "Africa/Casablanca", "America/New_York", "America/St_Johns", "Asia/Shanghai", "Australia/Lord_Howe",
        "Europe/Dublin", "Pacific/Apia",
    ])
    func itRetracesClockChanges(name: String) throws {
        var generator = SeededGenerator(seed: 31)
        let zone = try Zone.machine(name)
        let changes = zone.changes(years: 1986...2060)
        var steps = 0
        for _ in 0..<300 {
            let text = generator.pick(["*:0/10", "*:0/30:15", "02:30", "1..3:15,45", generator.timeEvent()])
            let event = try CalendarEvent(text, isKnownZone: Zone.isOnMachine)
            // A few hours ahead of the change, so that no walk begins in a second pass.
            let start = generator.pick(changes).adding(seconds: -4 * 3600)
            steps += try retrace(event, from: start, in: zone, &generator)
        }
        #expect(steps > 3_000)
    }

    /// Walks ahead, and asks at each elapse and at a moment before it for the one before.
    private func retrace(
        _ event: CalendarEvent,
        from start: Instant,
        in zone: Zone,
        _ generator: inout SeededGenerator
    ) throws -> Int {
        guard var last = event.next(after: start, in: zone) else { return 0 }
        var steps = 0
        while steps < 40, let next = event.next(after: last, in: zone) {
            let between = Int64.random(in: last.microseconds + 1...next.microseconds, using: &generator)
            for before in [next, Instant(microseconds: between), Instant(microseconds: last.microseconds + 1)] {
                let previous = event.previous(before: before, in: zone)
                try #require(previous == last, "\(event) before \(before) in \(zone.name)")
            }
            last = next
            steps += 1
        }
        return steps
    }
}
