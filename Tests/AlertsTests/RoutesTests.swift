// Who is told: patterns of names, routes, and quiet time.

import Alerts
import Almanac
import Checks
import Diagnostics
import TestKit
import Testing

@Suite struct RoutesTests {
    private static let key = AlertKey(job: "river-sections", subject: "JA-01", indicator: "class")
    private static let own = Recipients(to: ["environment"], cc: ["water"])

    @Test(arguments: [
        ("river-sections", "river-sections", true), ("river-*", "river-sections", true), ("*", "", true),
        ("*-sections", "river-sections", true), ("r*-s*s", "river-sections", true), ("river-?", "river-1", true),
        ("river-?", "river-", false), ("river-?", "river-12", false), ("", "", true), ("", "a", false),
        ("a*b*c", "aXXbYYbZc", true), ("a*b*c", "aXXbYYbZ", false), ("?", "区", true), ("*区*", "长宁区三", true),
        ("**", "anything", true), ("River", "river", false),
    ])
    func aPatternMatchesTheWholeName(pattern: String, name: String, expected: Bool) {
        #expect(Glob(pattern).matches(name) == expected)
    }

    @Test func aPatternOfManyStarsIsNoTrap() {
        let pattern = Glob(String(repeating: "a*", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 20_000)))
    }

    @Test func theFirstRouteThatMatchesCountsAndNoOther() {
        let routes = Routes([
            .init(matcher: AlertMatcher(severity: .critical), to: ["office"]),
            .init(matcher: AlertMatcher(job: Glob("river-*")), to: ["chief"], cc: []),
        ])
        #expect(routes.recipients(of: Self.key, .critical, own: Self.own) == Recipients(to: ["office"], cc: ["water"]))
        #expect(routes.recipients(of: Self.key, .warning, own: Self.own) == Recipients(to: ["chief"]))
    }

    @Test func whatARouteLeavesOutTheJobSays() {
        let routes = Routes([.init(matcher: AlertMatcher(), also: ["office", "environment", "water"])])
        let found = routes.recipients(of: Self.key, .warning, own: Self.own)
        #expect(found == Recipients(to: ["environment"], cc: ["water", "office"]))
    }

    @Test func nothingIsToldToNobody() {
        let routes = Routes(otherwise: ["operators"])
        let found = routes.recipients(of: Self.key, .warning, own: Recipients(to: [], cc: ["water", "operators"]))
        #expect(found == Recipients(to: ["operators"], cc: ["water"]))
    }

    @Test(arguments: [
        ("2024-03-05T19:59:59Z", nil), ("2024-03-05T20:00:00Z", "2024-03-06T07:00:00Z"),
        ("2024-03-06T06:59:59Z", "2024-03-06T07:00:00Z"), ("2024-03-06T07:00:00Z", nil),
        // From Friday night on over the weekend, whose last night ends on Monday morning.
        ("2024-03-08T21:00:00Z", "2024-03-11T07:00:00Z"), ("2024-03-10T12:00:00Z", "2024-03-11T07:00:00Z"),
        // Saturday 10 February 2024 to Saturday 17th were the Spring Festival; on Sunday 18th people worked.
        ("2024-02-12T12:00:00Z", "2024-02-18T07:00:00Z"),
    ])
    func nightsAndRestDaysAreOneQuiet(at text: String, end: String?) throws {
        let quiet = QuietTime(
            daily: .init(start: 20 * 3_600_000_000, end: 7 * 3_600_000_000),
            restDays: true,
            except: [.critical]
        )
        let instant = try Instant(rfc3339: text)
        let calendar = try WorkingDayCalendar.shipped()
        let found = quiet.end(at: instant, of: .warning, zone: .utc, calendar: calendar)
        #expect(try found == end.map { try Instant(rfc3339: $0) })
        #expect(quiet.end(at: instant, of: .critical, zone: .utc, calendar: calendar) == nil)
    }

    @Test func hoursWithinADayAreQuietWithoutACalendar() throws {
        let quiet = QuietTime(daily: .init(start: 12 * 3_600_000_000, end: 14 * 3_600_000_000), restDays: false)
        let noon = try Instant(rfc3339: "2024-03-10T12:30:00Z")
        let end = try Instant(rfc3339: "2024-03-10T14:00:00Z")
        #expect(quiet.end(at: noon, of: .critical, zone: .utc, calendar: nil) == end)
        #expect(quiet.end(at: end, of: .critical, zone: .utc, calendar: nil) == nil)
    }
}
