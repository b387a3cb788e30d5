// What a schedule may want where clocks are set forward or back, against a model that looks at every minute.

import Almanac
import TestKit
import Testing

@Suite struct ClockChangesTests {
    private static let policies = ClockChanges.Gap.allCases.flatMap { gap in
        ClockChanges.Overlap.allCases.map { ClockChanges(gap: gap, overlap: $0) }
    }

    /// Every elapse of an event between two instants, found by reading the clocks minute after minute.
    private func elapses(
        _ matches: (CivilDateTime) -> Bool,
        in zone: Zone,
        from start: Instant,
        minutes: Int,
        _ policy: ClockChanges
    ) -> [Instant] {
        var found: [Instant] = []
        var highest = zone.civil(at: start.adding(seconds: -2 * 86_400))
        var before = zone.civil(at: start.adding(seconds: -2 * 86_400 - 60))
        for minute in (-2 * 1440)..<minutes {
            let instant = start.adding(seconds: Int64(minute) * 60)
            let reading = zone.civil(at: instant)
            var elapsesNow = matches(reading) && (policy.overlap == .both || reading >= highest)
            if policy.gap == .after {
                var skipped = next(before)
                while skipped < reading {
                    if matches(skipped), skipped >= highest { elapsesNow = true }
                    skipped = next(skipped)
                }
            }
            if elapsesNow, minute >= 0 { found.append(instant) }
            before = reading
            highest = max(highest, next(reading))
        }
        return found
    }

    private func next(_ reading: CivilDateTime) -> CivilDateTime {
        let minute = reading.microsecondOfDay + 60_000_000
        return minute < 86_400_000_000
            ? CivilDateTime(date: reading.date, microsecondOfDay: minute)
            : CivilDateTime(date: reading.date.adding(days: 1), microsecondOfDay: minute - 86_400_000_000)
    }

    @Test(arguments: [
        ("Europe/Berlin", "2024-03-30T12:00:00Z"), ("Europe/Berlin", "2024-10-26T12:00:00Z"),
        ("Australia/Lord_Howe", "2024-04-06T00:00:00Z"), ("Australia/Lord_Howe", "2024-10-05T00:00:00Z"),
        ("America/Sao_Paulo", "2017-10-14T12:00:00Z"), ("America/Sao_Paulo", "2018-02-17T12:00:00Z"),
        ("Pacific/Apia", "2011-12-29T12:00:00Z"), ("Asia/Shanghai", "1991-04-13T12:00:00Z"),
        ("Asia/Shanghai", "1991-09-14T06:00:00Z"), ("Africa/Casablanca", "2024-03-09T18:00:00Z"),
        ("UTC", "2024-03-30T12:00:00Z"),
    ])
    func `every elapse is the one that the clocks show`(name: String, from: String) throws {
        let zone = try SettingsFiles.zone(named: name)
        let start = try Instant(rfc3339: from)
        let events: [(String, (Int, Int) -> Bool)] = [
            ("*:0/15", { _, minute in minute % 15 == 0 }), ("*:30", { _, minute in minute == 30 }),
            ("02:30", { hour, minute in hour == 2 && minute == 30 }), ("00:00", { hour, minute in hour + minute == 0 }),
            ("01..03:10,50", { hour, minute in (1...3).contains(hour) && (minute == 10 || minute == 50) }),
            ("23:59", { hour, minute in hour == 23 && minute == 59 }),
        ]
        for (text, matches) in events {
            let event = try CalendarEvent(text) { _ in true }
            for policy in Self.policies {
                let wanted = elapses(
                    { matches(Int($0.microsecondOfDay / 3_600_000_000), Int($0.microsecondOfDay / 60_000_000) % 60) },
                    in: zone,
                    from: start.adding(seconds: 60),
                    minutes: 2 * 1440,
                    policy
                )
                var walked: [Instant] = []
                var last = start
                while let next = event.next(after: last, in: zone, clockChanges: policy),
                    next < start.adding(seconds: (2 * 1440 + 1) * 60)
                {
                    try #require(next > last)
                    walked.append(next)
                    last = next
                }
                #expect(walked == wanted, "\(text) in \(name) with \(policy)")
            }
        }
    }

    @Test func `a time in a gap runs right after it, once`() throws {
        let zone = try SettingsFiles.zone(named: "Europe/Berlin")
        let event = try CalendarEvent("*-*-* 02:15,30,45") { _ in true }
        let policy = ClockChanges(gap: .after, overlap: .first)
        let start = try Instant(rfc3339: "2024-03-31T00:00:00Z")
        let first = try #require(event.next(after: start, in: zone, clockChanges: policy))
        #expect(zone.rfc3339(first) == "2024-03-31T03:00:00+02:00")
        let second = try #require(event.next(after: first, in: zone, clockChanges: policy))
        #expect(zone.rfc3339(second) == "2024-04-01T02:15:00+02:00")
    }

    @Test func `far years and events that never come end`() throws {
        let zone = try SettingsFiles.zone(named: "Europe/Berlin")
        let policy = ClockChanges(gap: .after, overlap: .both)
        let rare = try CalendarEvent("Sun 2199-*-* 02:30") { _ in true }
        let start = try Instant(rfc3339: "2024-01-01T00:00:00Z")
        #expect(rare.next(after: start, in: zone, clockChanges: policy) == rare.next(after: start, in: zone))
        let never = try CalendarEvent("*-02-30") { _ in true }
        #expect(never.next(after: start, in: zone, clockChanges: policy) == nil)
    }
}
