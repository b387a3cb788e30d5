// Zones: what hostile bytes come to, what the clocks show around a change, where a day begins and ends.

import Almanac
import Diagnostics
import Foundation
import TestKit
import Testing

@Suite struct ZoneTests {
    @Test(arguments: [
        ("Europe/Berlin", "2024-03-31 02:30:00", "gap 2024-03-31T03:00:00+02:00"),
        ("Europe/Berlin", "2024-10-27 02:30:00", "2024-10-27T02:30:00+02:00 2024-10-27T02:30:00+01:00"),
        ("Europe/Berlin", "2024-10-27 03:00:00", "2024-10-27T03:00:00+01:00"),
        ("Europe/Berlin", "2500-07-01 12:00:00", "2500-07-01T12:00:00+02:00"),
        ("Asia/Shanghai", "2024-03-05 09:00:00", "2024-03-05T09:00:00+08:00"),
        ("Pacific/Apia", "2011-12-30 12:00:00", "gap 2011-12-31T00:00:00+14:00"),
        ("America/Sao_Paulo", "2017-10-15 00:00:00", "gap 2017-10-15T01:00:00-02:00"),
    ])
    func readingOfTheClocksIsMapped(name: String, civil: String, expected: String) throws {
        let zone = try Zone.machine(name)
        let utc = try Instant(rfc3339: "\(civil)Z").civil(utcOffset: 0)
        let text =
            switch zone.mapping(of: utc) {
            case .one(let instant): zone.rfc3339(instant)
            case .gap(let end): "gap \(zone.rfc3339(end))"
            case .overlap(let first, let second): "\(zone.rfc3339(first)) \(zone.rfc3339(second))"
            }
        #expect(text == expected)
    }

    @Test(arguments: [
        ("Asia/Shanghai", "2024-02-29", "2024-02-29T00:00:00+08:00", "2024-02-29T23:59:59+08:00"),
        ("America/Sao_Paulo", "2017-10-15", "2017-10-15T01:00:00-02:00", "2017-10-15T23:59:59-02:00"),
        // Set back at one minute past midnight, into the day before.
        ("America/St_Johns", "2010-11-06", "2010-11-06T00:00:00-02:30", "2010-11-06T23:59:59-03:30"),
        ("America/St_Johns", "2010-11-07", "2010-11-07T00:00:00-02:30", "2010-11-07T23:59:59-03:30"),
        ("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00", "2011-12-29T23:59:59-10:00"),
    ])
    func dayBeginsAndEnds(name: String, day: String, start: String, end: String) throws {
        let zone = try Zone.machine(name)
        let date = try #require(CivilDate(iso8601: day))
        #expect(zone.rfc3339(zone.startOfDay(date)) == start)
        #expect(zone.rfc3339(zone.endOfDay(date)) == end)
        #expect(zone.endOfDay(date).microseconds % 1_000_000 == 999_999)
    }

    @Test func utcIsAlwaysUTC() throws {
        let instant = try Instant(rfc3339: "2024-03-05T09:00:00Z")
        #expect(Zone.utc.rfc3339(instant) == "2024-03-05T09:00:00+00:00")
        #expect(Zone.utc.abbreviation(at: instant) == "UTC")
        #expect(try Zone.utc.utcOffset(at: instant) == Zone.machine("Etc/UTC").utcOffset(at: instant))
    }

    @Test(arguments: [
        // Two southern rules, one with negative summer time, summer all year, and days counted through the year.
        ("<-03>3<-02>,M9.1.0/0,M4.1.0/0", "2030-01-01T00:00:00Z", -7_200, "-02"),
        ("<-03>3<-02>,M9.1.0/0,M4.1.0/0", "2030-06-01T00:00:00Z", -10_800, "-03"),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2030-01-01T00:00:00Z", 0, "GMT"),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2030-07-01T00:00:00Z", 3_600, "IST"),
        ("XXX3EDT4,0/0,J365/23", "2030-01-01T05:00:00Z", -14_400, "EDT"),
        ("EST5EDT,0/0,J365/25", "2030-01-01T04:59:59Z", -14_400, "EDT"),
        ("EST5EDT,0/0,J365/25", "2030-12-31T12:00:00Z", -14_400, "EDT"),
        ("AAA0BBB,J60/0,J61/0", "2028-03-01T12:00:00Z", 3_600, "BBB"),
        ("AAA0BBB,J60/0,J61/0", "2028-02-29T12:00:00Z", 0, "AAA"),
        ("AAA0BBB,59/0,60/0", "2028-02-29T12:00:00Z", 3_600, "BBB"),
        ("<+0545>-5:45", "2030-01-01T00:00:00Z", 20_700, "+0545"),
        ("ZZZ-14:30:15", "9000-01-01T00:00:00Z", 52_215, "ZZZ"),
    ])
    func closingRuleIsFollowed(rule: String, at: String, offset: Int, abbreviation: String) throws {
        let zone = try Zone(name: "Test/Rule", tzif: timeZoneFile(rule: rule))
        let instant = try Instant(rfc3339: at)
        #expect(zone.utcOffset(at: instant) == offset)
        #expect(zone.abbreviation(at: instant) == abbreviation)
    }

    @Test(arguments: [
        "CE-1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J9", "CET-1CEST,366,1", "CET-99", "<CET-1", "CET-1CEST,M3.5.0/168,J9",
        "CET-1 ", "-1", "CET-1CEST,M3.5.0,M10.5.0/3,",
    ])
    func unreadableRuleIsRefused(rule: String) {
        let refusal = #expect(throws: Diagnostic.self) {
            try Zone(name: "Test/Rule", tzif: timeZoneFile(rule: rule))
        }
        #expect(refusal?.found == rule)
        #expect(refusal?.key == "Test/Rule")
    }

    @Test func everyCutAndEveryFlippedByteIsRefusedOrRead() throws {
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/America/New_York")))
        var refused = 0
        for length in stride(from: 0, to: whole.count, by: 7) {
            #expect(throws: Diagnostic.self) { try Zone(name: "Cut", tzif: Array(whole[..<length])) }
        }
        var generator = SeededGenerator(seed: 7)
        for round in 0..<3_000 {
            var bytes = whole
            // Mostly heads and rules: bytes between them are only instants.
            let places = round % 2 == 0 ? 0..<60 : 0..<bytes.count
            for _ in 0..<3 {
                bytes[Int.random(in: places, using: &generator)] = generator.pick([0, 1, 0x7F, 0x80, 0xFF])
            }
            guard let zone = try? Zone(name: "Flipped", tzif: bytes) else { refused += 1; continue }
            let instant = generator.instant(years: 1900...2300)
            let civil = zone.civil(at: instant)
            _ = zone.mapping(of: civil)
            _ = zone.startOfDay(civil.date)
        }
        #expect((100..<2_900).contains(refused))
    }

    @Test func randomBytesAreRefused() {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...200, using: &generator)
            let random = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let head = Bool.random(using: &generator) ? Array("TZif2".utf8) : []
            #expect(throws: Diagnostic.self) { try Zone(name: "Random", tzif: head + random) }
        }
    }

    @Test func filesOfTheLastCenturyAreRead() throws {
        // Version 1: 32 bits, one change at 1970-01-02 from +1 h to +2 h, no rule.
        var bytes = Array("TZif".utf8) + Array(repeating: UInt8(0), count: 16)
        for count in [0, 0, 0, 1, 2, 8] as [UInt8] { bytes += [0, 0, 0, count] }
        bytes += [0, 1, 0x51, 0x80, 1]
        bytes += [0, 0, 0x0E, 0x10, 0, 0, 0, 0, 0x1C, 0x20, 1, 4] + Array("ONE\0TWO\0".utf8)
        let zone = try Zone(name: "Old", tzif: bytes)
        #expect(zone.rfc3339(Instant(seconds: 86_399)) == "1970-01-02T00:59:59+01:00")
        #expect(zone.rfc3339(Instant(seconds: 86_400)) == "1970-01-02T02:00:00+02:00")
        #expect(zone.abbreviation(at: Instant(seconds: 0)) == "ONE")
    }

    /// A file of version 2 without listed changes, whose one type is UTC, with that rule.
    private func timeZoneFile(rule: String) -> [UInt8] {
        var head = Array("TZif2".utf8) + Array(repeating: UInt8(0), count: 15)
        for count in [0, 0, 0, 0, 1, 4] as [UInt8] { head += [0, 0, 0, count] }
        let block = head + [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
        return block + block + Array("\n\(rule)\n".utf8)
    }
}
