// Whatever the clocks of a zone do, time goes on: what comes next is later, and what came before is earlier.

import Almanac
import TestKit
import Testing

@Suite struct CalendarEventOrderTests {
    @Test func `next is later and previous is earlier around the clock changes of every zone`() throws {
        var generator = SeededGenerator(seed: 40)
        var elapses = 0
        for name in try Zone.namesOnMachine() {
            let zone = try Zone.machine(name)
            for _ in 0..<6 {
                let event = try CalendarEvent(generator.eventNearChanges(), isKnownZone: Zone.isOnMachine)
                let start = generator.instant(near: zone)
                elapses += try walk(event, from: start, in: zone)
            }
        }
        #expect(elapses > 20_000)
    }

    /// A schedule goes on from its last elapse: a rule that stood still would run a job without end.
    @Test(arguments: ClockChanges.Gap.allCases, ClockChanges.Overlap.allCases)
    func `next is later by each rule for clock changes`(gap: ClockChanges.Gap, overlap: ClockChanges.Overlap) throws {
        var generator = SeededGenerator(seed: 41)
        var elapses = 0
        for name in try Zone.namesOnMachine() {
            let zone = try Zone.machine(name)
            let event = try CalendarEvent(generator.eventNearChanges(), isKnownZone: Zone.isOnMachine)
            var instant = generator.instant(near: zone)
            let rules = ClockChanges(gap: gap, overlap: overlap)
            for _ in 0..<20 {
                guard let next = event.next(after: instant, in: zone, clockChanges: rules) else { break }
                try #require(next > instant, "\(event) after \(instant) in \(name)")
                instant = next
                elapses += 1
            }
        }
        #expect(elapses > 5_000)
    }

    /// Looks ahead and then back, and says how many elapses there were.
    private func walk(_ event: CalendarEvent, from start: Instant, in zone: Zone) throws -> Int {
        var instant = start
        var count = 0
        while count < 12, let next = event.next(after: instant, in: zone) {
            try #require(next > instant, "\(event) after \(instant) in \(zone.name)")
            instant = next
            count += 1
        }
        var before = instant
        for _ in 0..<(count + 12) {
            guard let previous = event.previous(before: before, in: zone) else { break }
            try #require(previous < before, "\(event) before \(before) in \(zone.name)")
            before = previous
        }
        return count
    }
}

extension SeededGenerator {
    fileprivate mutating func eventNearChanges() -> String {
        pick(["*:0/10", "*:0/30:15", "02:30", "daily", "*:*:0/20.5", timeEvent(), timeEvent(), dateEvent()])
    }

    /// Within two hours, or two days, of a change of the clocks if there is one in some ten years from 1970 to 2199.
    fileprivate mutating func instant(near zone: Zone) -> Instant {
        let year = Int.random(in: 1970...2190, using: &self)
        guard let change = zone.changes(years: year...year + 9).randomElement(using: &self) else {
            return instant(years: year...year)
        }
        let reach: Int64 = pick([7_200, 172_800])
        let distance = Int64.random(in: -reach * 1_000_000...reach * 1_000_000, using: &self)
        return Instant(microseconds: change.microseconds + pick([distance, distance / 60_000_000 * 60_000_000, -1, 0]))
    }
}
