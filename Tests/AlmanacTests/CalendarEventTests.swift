// Calendar events: what can be written, what it becomes, what is refused and where, and when it elapses.

import Almanac
import Diagnostics
import TestKit
import Testing

private let knownZones: Set = ["Asia/Shanghai", "Europe/Berlin", "CET", "EST", "GMT", "Asia/Ho_Chi_Minh"]

private func event(_ text: String) throws(CalendarEvent.Malformed) -> CalendarEvent {
    try CalendarEvent(text, isKnownZone: knownZones.contains)
}

@Suite struct CalendarEventNormalFormTests {
    @Test(arguments: [
        ("minutely", "*-*-* *:*:00"),
        ("hourly", "*-*-* *:00:00"),
        ("daily", "*-*-* 00:00:00"),
        ("weekly", "Mon *-*-* 00:00:00"),
        ("Monthly", "*-*-01 00:00:00"),
        ("quarterly", "*-01,04,07,10-01 00:00:00"),
        ("semi-annually", "*-01,07-01 00:00:00"),
        ("biannually", "*-01,07-01 00:00:00"),
        ("YEARLY utc", "*-01-01 00:00:00 UTC"),
        ("anually Europe/Berlin", "*-01-01 00:00:00 Europe/Berlin"),
        ("Sat,Thu,Mon..Wed,Sat..Sun", "Mon..Thu,Sat,Sun *-*-* 00:00:00"),
        ("Mon,Sun 12-*-* 2,1:23", "Mon,Sun 2012-*-* 01,02:23:00"),
        ("Wed *-1", "Wed *-*-01 00:00:00"),
        ("Wed..Wed,Wed *-1", "Wed *-*-01 00:00:00"),
        ("Wed, 17:48", "Wed *-*-* 17:48:00"),
        ("monday-friday 9:00", "Mon..Fri *-*-* 09:00:00"),
        ("Mon..Sun 9:00", "*-*-* 09:00:00"),
        ("10-15", "*-10-15 00:00:00"),
        ("*-*-05 09:00 Asia/Shanghai", "*-*-05 09:00:00 Asia/Shanghai"),
        ("*~1", "*-*~01 00:00:00"),
        ("*-*~* 1:00", "*-*-* 01:00:00"),
        // systemd 252 refuses this one: it lowers the limit of 28 by three with each further item.
        ("*~28,26", "*-*~26,28 00:00:00"),
        ("Mon *-05~07/1", "Mon *-05~07/1 00:00:00"),
        ("3-12 UTC", "*-03-12 00:00:00 UTC"),
        ("69-01-01", "2069-01-01 00:00:00"),
        ("95..5-1-1", "1995..2005-01-01 00:00:00"),
        ("*:0/15", "*-*-* *:00/15:00"),
        ("8..18/2:30", "*-*-* 08..18/2:30:00"),
        ("8..19/2:30", "*-*-* 08..18/2:30:00"),
        ("8..9/2:30", "*-*-* 08:30:00"),
        ("8..8:30..30", "*-*-* 08:30:00"),
        ("1..40/50-1", "*-01-01 00:00:00"),
        ("0/1:0/1:0/1", "*-*-* 00/1:00/1:*"),
        ("*:*:30,0/1,0.5", "*-*-* *:*:*"),
        ("*:*:0..59", "*-*-* *:*:00..59"),
        ("00:00:1.0000005", "*-*-* 00:00:01.000001"),
        ("00:00:0..0.9/0.3", "*-*-* 00:00:00..00.900000/0.300000"),
        ("03-05 08:05:40", "*-03-05 08:05:40"),
        ("3,1,3-1", "*-01,03-01 00:00:00"),
        ("1..5,3..9-1", "*-01..05,03..09-01 00:00:00"),
        ("@1700000000", "2023-11-14 22:13:20 UTC"),
        ("Tue @1700000000 Europe/Berlin", "Tue 2023-11-14 22:13:20 UTC"),
        ("2024-01-01  UTC", "2024-01-01 00:00:00 UTC"),
        ("2024-01-01   10:00", "2024-01-01 10:00:00"),
        ("09:00 GMT", "*-*-* 09:00:00 GMT"),
    ])
    func textBecomesItsNormalFormAndStaysThere(text: String, normalForm: String) throws {
        let read = try event(text)
        #expect(read.description == normalForm)
        #expect(try event(normalForm) == read)
    }

    @Test(arguments: [
        ("09:00", nil), ("09:00 Utc", "UTC"), ("@5", "UTC"), ("daily Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh"),
    ])
    func zoneIsNamedAsGiven(text: String, zoneName: String?) throws {
        #expect(try event(text).zoneName == zoneName)
    }
}

@Suite struct CalendarEventRefusalTests {
    @Test(arguments: [
        ("", 1), (" Mon", 1), ("UTC", 1), (" UTC", 1), ("dayly", 1), ("7", 2), ("12 UTC", 3), ("Mon 7", 6),
        ("Month", 4), ("Mon..", 6), ("Mon..Tue..Wed", 9), ("Sat..Mon", 1), ("Mon,,Tue", 5), ("Mon.Fri", 4),
        ("Mon Fri", 5), ("Mon, Fri 09:00", 6), ("*/5:00", 2), ("1,*:00", 3), ("*,1:00", 2), ("00:*/15", 5),
        ("24:00", 1), ("09:60", 4), ("09:00:60", 7), ("00:00:59.9999999", 7), ("00:00:2300", 7),
        ("2024-13-01", 6), ("2024-02-32", 9), ("1969-01-01", 1), ("2200-01-01", 1), ("0-01", 1),
        ("*-*~29", 5), ("2024~1-1", 7), ("~5/5", 1), ("*~5/5", 3), ("*-*-01/31", 5), ("20/4:00", 1), ("00/60:00", 1),
        ("0/0:00", 3), ("9..8:00", 1), ("00:00:0.0..0.9", 7), ("00:00:5..5", 7), ("00:00:1.", 8),
        ("2024-01-01T09:00", 11), ("09:00Z", 6), ("09:00 ", 6), ("09:00  UTC", 6), ("09:00\n", 6), ("Mon\t09:00", 4),
        ("09：00", 3), ("@5 10:00", 3), ("@x", 2), ("@ 5", 2), ("@+5", 2), ("@-0", 2), ("@99999999999", 1),
        ("@99999999999999999999999", 2),
        ("09:00 Nowhere/City", 7), ("09:00 europe/berlin", 7), ("09:00 CET", 7), ("09:00 EST", 7), ("09:00 CEST", 7),
        ("09:00 +08:00", 7), ("09:00 Z", 7), ("daily  UTC", 1), ("09:00 Europe//Berlin", 7), ("1x-01", 2),
        ("5-", 3), ("5-1-", 5), ("99999999999999999999-01-01", 1),
    ])
    func textIsRefusedAtItsFirstWrongCharacter(text: String, position: Int) {
        let refusal = #expect(throws: CalendarEvent.Malformed.self) { try event(text) }
        #expect(refusal?.position == position, "\(String(describing: refusal))")
    }

    @Test(arguments: [
        ("09:00 CST", "write Asia/Shanghai or America/Chicago"),
        ("*/5:00", "write 0/5 for every fifth from 0, or 1/5 from 1"),
        ("dayly", #"did you mean "daily"?"#),
        ("Sat..Mon", "the week begins on Monday: write Sat,Sun,Mon for Sat..Mon"),
        ("09：00", "write it with half-width digits and punctuation"),
    ])
    func refusalSaysHowToMendIt(text: String, remedy: String) {
        let refusal = #expect(throws: CalendarEvent.Malformed.self) { try event(text) }
        #expect(refusal?.remedy == remedy)
        #expect(refusal?.diagnostic.description.contains(remedy) == true)
    }

    @Test func moreItemsThanSystemdReadsAreRefused() throws {
        let most = Array(repeating: "1", count: 241).joined(separator: ",")
        #expect(try event("\(most)-1").description == "*-01-01 00:00:00")
        #expect(throws: CalendarEvent.Malformed.self) { try event("\(most),1-1") }
    }

    @Test func noTextEverStopsTheProgram() {
        var generator = SeededGenerator(seed: 6)
        let pieces = Array("0123456789 .,:-~/*@+MonFrid\u{0}é：") + ["99999999999999999999", "..", "UTC"].flatMap { $0 }
        var accepted = 0
        for _ in 0..<30_000 {
            let text = String((0..<Int.random(in: 0...14, using: &generator)).map { _ in generator.pick(pieces) })
            guard let read = try? CalendarEvent(text, isKnownZone: { _ in true }) else { continue }
            accepted += 1
            let next = read.next(after: Instant(microseconds: .max), in: .utc)
            #expect(next == nil)
            _ = read.next(after: Instant(microseconds: .min), in: .utc)
        }
        #expect(accepted > 10)
    }
}

@Suite struct CalendarEventNextTests {
    @Test(arguments: [
        ("Asia/Shanghai", "*-*-05 09:00", "2024-03-05T08:59:59+08:00", "2024-03-05T09:00:00+08:00"),
        ("Asia/Shanghai", "*-*-05 09:00", "2024-03-05T09:00:00+08:00", "2024-04-05T09:00:00+08:00"),
        ("UTC", "*-02-29", "2024-02-29T00:00:00Z", "2028-02-29T00:00:00+00:00"),
        ("UTC", "*-02-29", "2096-02-29T00:00:00Z", "2104-02-29T00:00:00+00:00"),
        ("UTC", "*-*~1", "2024-02-01T00:00:00Z", "2024-02-29T00:00:00+00:00"),
        ("UTC", "Mon *-*~7/1", "2024-05-01T00:00:00Z", "2024-05-27T00:00:00+00:00"),
        ("UTC", "*:0/7", "2024-05-01T00:56:00Z", "2024-05-01T01:00:00+00:00"),
        ("UTC", "Fri *-*-13", "2024-01-01T00:00:00Z", "2024-09-13T00:00:00+00:00"),
        ("UTC", "Mon,Thu 12:00", "2024-12-31T00:00:00Z", "2025-01-02T12:00:00+00:00"),
        ("UTC", "*-*-31 23:59:59", "2024-08-31T23:59:59Z", "2024-10-31T23:59:59+00:00"),
        ("UTC", "*-*-1/10", "2024-02-21T00:00:00Z", "2024-03-01T00:00:00+00:00"),
        ("UTC", "*-1-1", "1900-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00"),
        // The clocks skip 02:00 to 03:00.
        ("Europe/Berlin", "02:30", "2024-03-30T12:00:00Z", "2024-04-01T02:30:00+02:00"),
        ("Europe/Berlin", "*:0/15", "2024-03-31T01:45:00+01:00", "2024-03-31T03:00:00+02:00"),
        ("America/Sao_Paulo", "daily", "2017-10-14T12:00:00-03:00", "2017-10-16T00:00:00-02:00"),
        ("Pacific/Apia", "12:00", "2011-12-29T12:00:00-10:00", "2011-12-31T12:00:00+14:00"),
        ("Australia/Lord_Howe", "*:0/10", "2024-10-06T01:50:00+10:30", "2024-10-06T02:30:00+11:00"),
        // The clocks show 02:00 to 03:00 twice.
        ("Europe/Berlin", "02:30", "2024-10-26T12:00:00Z", "2024-10-27T02:30:00+02:00"),
        ("Europe/Berlin", "02:30", "2024-10-27T02:30:00+02:00", "2024-10-28T02:30:00+01:00"),
        ("Europe/Berlin", "*:0/15", "2024-10-27T02:45:00+02:00", "2024-10-27T03:00:00+01:00"),
        ("Europe/Berlin", "*:0/15", "2024-10-27T02:10:00+01:00", "2024-10-27T02:15:00+01:00"),
    ])
    func nextElapse(zone: String, text: String, after: String, expected: String) throws {
        let zone = try Zone.machine(zone)
        let next = try event(text).next(after: Instant(rfc3339: after), in: zone)
        #expect(next.map(zone.rfc3339) == expected)
    }

    /// Where systemd 252 passes over elapses, gives up, or names a second pass; README.md lists the reasons.
    @Test(arguments: [
        ("Asia/Shanghai", "*:0/45", "2025-10-26T23:50:00+08:00", "2025-10-27T00:00:00+08:00"),
        ("Asia/Shanghai", "0/16:00", "2025-10-31T23:50:00+08:00", "2025-11-01T00:00:00+08:00"),
        ("Australia/Darwin", "*:05:0/7.25", "2073-04-23T23:05:59+09:30", "2073-04-24T00:05:00+09:30"),
        ("UTC", "*-*-1/20", "2025-12-25T00:00:00Z", "2026-01-01T00:00:00+00:00"),
        ("Europe/Berlin", "*-1/8-05 09:00", "2025-10-02T00:00:00+02:00", "2026-01-05T09:00:00+01:00"),
        ("Europe/Rome", "2/8:30", "2025-03-29T19:26:00+01:00", "2025-03-30T10:30:00+02:00"),
        ("Europe/Dublin", "1,11:30", "2011-03-26T12:00:00+00:00", "2011-03-27T11:30:00+01:00"),
        ("Canada/Newfoundland", "01:02..51", "1987-04-05T01:50:06-02:30", "1987-04-05T01:51:00-02:30"),
        ("America/Indiana/Winamac", "*-*-01/25", "2098-02-26T12:00:00-05:00", "2098-03-01T00:00:00-05:00"),
        ("Pacific/Kwajalein", "*-*~10 *:09", "1993-08-20T23:30:00-12:00", "1993-08-22T00:09:00+12:00"),
        ("Pacific/Fakaofo", "*-12~02", "2011-12-29T23:27:00-11:00", "2012-12-30T00:00:00+13:00"),
    ])
    func `next elapse where systemd errs`(zone: String, text: String, after: String, expected: String) throws {
        let zone = try Zone.machine(zone)
        let next = try event(text).next(after: Instant(rfc3339: after), in: zone)
        #expect(next.map(zone.rfc3339) == expected)
    }

    @Test(arguments: ["*-02-30", "2023-*-*", "Mon 2024-03-05"])
    func whatNeverComesAgainIsNil(text: String) throws {
        #expect(try event(text).next(after: Instant(rfc3339: "2199-12-31T00:00:00Z"), in: .utc) == nil)
        #expect(try event(text).next(after: Instant(rfc3339: "2024-03-01T00:00:00Z"), in: .utc) == nil)
    }

    @Test func everyMicrosecondIsAStrictlyLaterElapse() throws {
        let everyMicrosecond = try event("*:*:0/0.000001")
        let berlin = try Zone.machine("Europe/Berlin")
        let lastBeforeGap = Instant(microseconds: try Instant(rfc3339: "2024-03-31T01:00:00Z").microseconds - 1)
        let next = try #require(everyMicrosecond.next(after: lastBeforeGap, in: berlin))
        #expect(berlin.rfc3339(next) == "2024-03-31T03:00:00+02:00")
    }

    @Test func aDayOfMinutesHasThatManyMinutes() throws {
        let minutely = try event("minutely")
        let berlin = try Zone.machine("Europe/Berlin")
        // The repeated hour elapses once, so that the long day counts 24 hours and the short one 23.
        for (day, expected) in [("2024-10-27", 1440), ("2024-03-31", 1380), ("2024-06-01", 1440)] {
            let date = try #require(CivilDate(iso8601: day))
            var instant = Instant(microseconds: berlin.startOfDay(date).microseconds - 1)
            var count = 0
            while let next = minutely.next(after: instant, in: berlin), next <= berlin.endOfDay(date) {
                instant = next
                count += 1
            }
            #expect(count == expected, "\(day)")
        }
    }
}
