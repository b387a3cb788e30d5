// Slots that were due and of which nothing is on record, by schedules whose clocks and holidays change, too.

import Almanac
import Scheduling
import TestKit
import Testing

@Suite struct SlotAuditTests {
    private static func stamp(_ schedule: Schedule, since: String, last: String) throws -> Stamp {
        Stamp(job: "job", fingerprint: schedule.fingerprint, last: try at(last), since: try at(since))
    }

    private static func record(
        _ instant: String,
        _ reason: SlotReason = .ran,
        since: String? = nil,
        plan: String? = nil
    ) throws -> SlotRecord {
        SlotRecord(
            slot: Slot(job: "job", instant: try at(instant)),
            reason: reason,
            decided: try at(instant),
            since: try since.map { try at($0) },
            plan: try plan.map { try at($0) }
        )
    }

    /// The slots that an audit finds, by their days.
    private static func found(
        _ schedule: Schedule,
        since: String = "2024-02-20T12:00:00Z",
        last: String = "2024-03-05T09:00:00Z",
        now: String = "2024-03-05T12:00:00Z",
        records: [SlotRecord]
    ) throws -> [String] {
        let stamp = try stamp(schedule, since: since, last: last)
        guard let audit = SlotAudit(of: schedule, stamp: stamp, now: try at(now)) else { return ["no audit"] }
        #expect(records.allSatisfy { audit.records.contains($0.slot.instant) }, "a record that is not asked for")
        return audit.unaccounted(by: records).map { String(Zone.utc.rfc3339($0.instant).prefix(10)) }
    }

    private static func march(_ days: Int...) throws -> [SlotRecord] {
        try days.map { try record("2024-03-0\($0)T09:00:00Z") }
    }

    @Test func ofARowOfSlotsTheOneWithoutARecordIsFound() throws {
        let daily = try Schedule("*-*-* 09:00")
        let since = "2024-02-29T12:00:00Z"
        #expect(try Self.found(daily, since: since, records: Self.march(1, 2, 3, 4, 5)) == [])
        #expect(try Self.found(daily, since: since, records: Self.march(1, 2, 4, 5)) == ["2024-03-03"])
        #expect(try Self.found(daily, since: since, records: Self.march(5)).count == 4)
    }

    @Test func slotsBeforeTheScheduleCameIntoForceOrAfterTheLastOneAccountedForAreNoneOfItsBusiness() throws {
        let daily = try Schedule("*-*-* 09:00")
        #expect(
            try Self.found(
                daily,
                since: "2024-03-03T09:00:00Z",
                last: "2024-03-04T09:00:00Z",
                now: "2024-03-09T12:00:00Z",
                records: Self.march(4)
            ) == []
        )
        // A stamp of a clock that was ahead.
        #expect(
            try Self.found(
                daily,
                since: "2024-03-03T09:00:00Z",
                last: "2024-03-06T09:00:00Z",
                now: "2024-03-05T08:00:00Z",
                records: Self.march(4)
            ) == []
        )
    }

    @Test func anEditedScheduleIsNotHeldAgainstTheSlotsOfTheOldOne() throws {
        let daily = try Schedule("*-*-* 09:00")
        let stamp = Stamp(job: "job", fingerprint: "another", last: try at("2024-03-05T09:00:00Z"))
        #expect(SlotAudit(of: daily, stamp: stamp, now: try at("2024-03-05T12:00:00Z")) == nil)
    }

    @Test func aRecordThatStandsForARowOfMissedSlotsAccountsForThem() throws {
        let daily = try Schedule("*-*-* 09:00")
        let row = try Self.record(
            "2024-03-03T09:00:00Z",
            .skipped(.superseded),
            since: "2024-02-21T09:00:00Z"
        )
        #expect(try Self.found(daily, records: [row] + Self.march(4, 5)) == [])
        #expect(try Self.found(daily, records: [row] + Self.march(5)) == ["2024-03-04"])
    }

    @Test func ofAMinutelyJobTwoDaysAreLookedAtHoweverLongItHasBeenThere() throws {
        let minutely = try Schedule("*-*-* *:*")
        let found = try Self.found(minutely, since: "2020-01-01T00:00:00Z", records: [])
        #expect(found.count == 2_880)
        #expect(found.first == "2024-03-03")
    }

    @Test func aMonthlyJobIsLookedAtFromOneSlotToTheNext() throws {
        let monthly = try Schedule("*-*-05 09:00")
        let april = try Self.record("2024-04-05T09:00:00Z")
        #expect(
            try Self.found(
                monthly,
                since: "2023-01-01T00:00:00Z",
                last: "2024-04-05T09:00:00Z",
                now: "2024-12-01T12:00:00Z",
                records: [april]
            ) == ["2024-03-05"]
        )
    }

    @Test func aSlotThatRanBeforeAZoneChangedItsClocksIsTheSameSlot() throws {
        let daily = try Schedule("*-*-* 09:00")
        let since = "2024-02-29T12:00:00Z"
        let early = try Self.record("2024-03-03T08:00:00Z")
        #expect(try Self.found(daily, since: since, records: [early] + Self.march(1, 2, 4, 5)) == [])
        // It stands for one slot and not for two.
        #expect(try Self.found(daily, since: since, records: [early] + Self.march(1, 2, 5)) == ["2024-03-04"])
    }

    @Test func aSlotThatRanBeforeANoticeMovedItIsKnownByItsPlan() throws {
        let monthly = Schedule(
            occurrences: [
                Schedule.Occurrence(event: try CalendarEvent("*-*-10 09:00") { _ in false }, zone: .utc)
            ],
            catchUp: .none,
            workingDays: WorkingDayRule(.next, try WorkingDayCalendar.shipped())
        )
        // Sat 10 Feb 2024 is in the Spring Festival: Sun 18 Feb is worked.
        func found(_ records: [SlotRecord]) throws -> [String] {
            try Self.found(monthly, since: "2024-02-01T00:00:00Z", records: records)
        }
        #expect(try found([Self.record("2024-02-18T09:00:00Z")]) == [])
        #expect(try found([Self.record("2024-02-12T09:00:00Z", plan: "2024-02-10T09:00:00Z")]) == [])
        #expect(try found([Self.record("2024-02-12T09:00:00Z", plan: "2024-02-12T09:00:00Z")]) == ["2024-02-18"])
    }
}
