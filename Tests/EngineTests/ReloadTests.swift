// Another configuration in force while the engine runs, and jobs that somebody has paused.

import Alerts
import Almanac
import Engine
import Jobs
import Linux
import Scheduling
import TestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct ReloadTests {
    private static func river(_ district: District, on event: String) throws -> String {
        try #require(district.files.jobs["river.yaml"]).replacing("*-*-05 09:00", with: event)
    }

    @Test func anUnchangedJobKeepsItsSlotAndAnEditedOneCountsFromNow() async throws {
        var district = try District(now: "2024-03-06T12:00:00Z", water: District.bad)
        let original = try #require(district.files.jobs["river.yaml"])
        district.files.jobs["second.yaml"] = original.replacing("job: river", with: "job: second")
        let engine = try await district.engine()
        district.files.jobs["river.yaml"] = try Self.river(district, on: "*-*-07 09:00")
        let difference = try await engine.reload(try district.files.read())
        #expect(difference.moved.map(\.job) == ["river"])
        #expect(difference.moved.first?.after.next == (try Instant(rfc3339: "2024-03-07T09:00:00Z")))
        #expect(difference.unchanged == 1)
        #expect(difference.added.isEmpty && difference.removed.isEmpty)
        #expect(district.ledger.stamp(of: "river")?.fingerprint.contains("*-*-07") == true)
        await engine.stop()
    }

    @Test func aJobThatGoesIsForgottenAndOneThatReturnsCatchesUp() async throws {
        var district = try District(now: "2024-03-06T12:00:00Z", water: District.bad)
        try district.remember(last: "2024-02-05T09:00:00Z")
        let text = try #require(district.files.jobs["river.yaml"])
        district.files.jobs["river.yaml"] = nil
        let engine = try await district.engine()
        #expect(await engine.upcoming(job: nil, count: 5).isEmpty)
        district.files.jobs["river.yaml"] = text
        let difference = try await engine.reload(try district.files.read())
        #expect(difference.added.map(\.job) == ["river"])
        let order = try await district.nextRun()
        #expect(order.cause == .catchUp)
        #expect(order.slot?.instant == (try Instant(rfc3339: "2024-03-05T09:00:00Z")))
        await engine.stop()
    }

    /// A district by the shipped calendar, which ends with 2026.
    private static func byCalendar(now: String) throws -> District {
        var district = try District(now: now, water: District.bad)
        district.files.settings["calendars/CN.csv"] = try SettingsFiles.shipped("calendars/CN.csv")
        district.files.jobs["river.yaml"]?.replace("\n  catch-up:", with: "\n  working-day: next\n  catch-up:")
        return district
    }

    @Test func whenTheNextNoticeArrivesTheSlotsAndDueDaysThatItMovesAreListed() async throws {
        var district = try Self.byCalendar(now: "2026-12-06T12:00:00Z")
        try district.files.setDue("on: \"*-*-03\"\nperiod: previous-month\ndated-by: month")
        let engine = try await district.engine()
        let provisional = await engine.upcoming(job: nil, count: 20).filter { $0.instant.seconds > 1_798_761_600 }
        #expect(Set(provisional.map(\.job)) == ["river", "submission-water"])
        #expect(provisional.allSatisfy { $0.remark?.contains("provisional") == true })
        // From 1 to 7 February 2027 nobody works.
        let days = (1...7).map { "{\"name\": \"春节\", \"date\": \"2027-02-0\($0)\", \"isOffDay\": true}" }
        district.files.settings["calendars/CN/2027.json"] =
            "{\"year\": 2027, \"days\": [\(days.joined(separator: ", "))]}"
        let difference = try await engine.reload(try district.files.read())
        let listed = difference.shifted.map { "\($0.job) \($0.slot.description(in: .utc))" }
        #expect(
            listed.filter { $0.contains("2027-02") } == [
                "river 2027-02-05T09:00:00+00:00 is now 2027-02-08T09:00:00+00:00 "
                    + "(moved from Fri 2027-02-05 to Mon 2027-02-08: 春节)",
                "submission-water 2027-02-04T00:00:00+00:00 is now 2027-02-09T00:00:00+00:00 "
                    + "(moved from Wed 2027-02-03 to Tue 2027-02-09: 春节, then 1 working day later)",
            ]
        )
        let known = await engine.upcoming(job: "river", count: 3)
        #expect(known.map(\.remark).allSatisfy { $0?.contains("provisional") != true })
        let logged = district.events.all.compactMap { event -> String? in
            if case .reloaded(let difference?) = event { difference.text(in: .utc) } else { nil }
        }
        #expect(logged.contains { $0.contains("river 2027-02-05T09:00:00+00:00 is now 2027-02-08T09:00:00+00:00") })
        await engine.stop()
    }

    @Test("in the running daemon and after a restart", arguments: [false, true])
    func aSlotThatRanDoesNotRunAgainWhenALateNoticeMovesItsDay(restarts: Bool) async throws {
        var district = try Self.byCalendar(now: "2026-11-05T12:00:00Z")
        try district.remember(last: "2026-10-09T09:00:00Z")
        let engine = try await district.engine()
        let order = try await district.nextRun()
        #expect(order.slot?.instant == (try Instant(rfc3339: "2026-11-05T09:00:00Z")))
        if restarts { await engine.stop() }
        // At noon of that Thursday, it and the next day are declared rest days.
        district.files.settings["calendars/CN.csv"]? += "2026-11-05,台风,true,2026\n2026-11-06,台风,true,2026\n"
        let next: [DutyEngine.SlotAhead]
        if restarts {
            let reborn = try await district.engine()
            next = await reborn.upcoming(job: "river", count: 1)
            await reborn.stop()
        } else {
            let difference = try await engine.reload(try district.files.read())
            #expect(difference.shifted.map(\.job) == [])
            next = await engine.upcoming(job: "river", count: 1)
            await engine.stop()
        }
        #expect(next.map(\.instant) == [try Instant(rfc3339: "2026-12-05T09:00:00Z")])
        #expect(district.ledger.entries.count == 1)
    }

    @Test func aRunThatGoesOnDuringAReloadEndsAsItBegan() async throws {
        var district = try District(now: "2024-03-06T12:00:00Z", water: District.bad)
        try district.remember(last: "2024-02-05T09:00:00Z")
        district.evidence.hold("sections")
        let engine = try await district.engine()
        // Its events are others now, and it judges another month.
        district.files.jobs["river.yaml"] = try Self.river(district, on: "*-*-07 09:00")
            .replacing("period: previous-month", with: "period: month")
        let difference = try await engine.reload(try district.files.read())
        #expect(difference.moved.map(\.job) == ["river"])
        await #expect(throws: DutyEngine.Refusal.alreadyRunning) { try await engine.runRiver() }
        district.evidence.release()
        let report = try #require(
            await district.events.next { if case .ran(let report) = $0 { report } else { nil } }
        )
        #expect(report.order.cause == .catchUp)
        #expect(report.period.label == "2024-02")
        #expect(district.ledger.entries.map(\.slot?.reason) == [.late])
        // What was edited counts from then on, and the old run's slot does not set it back.
        #expect(district.ledger.stamp(of: "river")?.fingerprint.contains("*-*-07") == true)
        #expect(
            await engine.upcoming(job: "river", count: 1).map(\.instant) == [
                try Instant(rfc3339: "2024-03-07T09:00:00Z")
            ]
        )
        #expect(try await engine.runRiver().period.label == "2024-03")
        await engine.stop()
    }

    @Test func aSlotThatCouldNotBeJudgedIsJudgedByTheMendedFiles() async throws {
        var district = try District(now: "2024-03-06T12:00:00Z", water: District.bad)
        try district.remember(last: "2024-02-05T09:00:00Z")
        district.evidence.isChanging = true
        let engine = try await district.engine()
        _ = try #require(await district.events.next { if case .failed(let order, _) = $0 { order } else { nil } })
        district.evidence.isChanging = false
        district.files.jobs["river.yaml"]?.replace("period: previous-month", with: "period: month")
        try await engine.reload(try district.files.read())
        let report = try #require(
            await district.events.next { if case .ran(let report) = $0 { report } else { nil } }
        )
        #expect(report.order.slot?.instant == (try Instant(rfc3339: "2024-03-05T09:00:00Z")))
        #expect(report.period.label == "2024-03")
        await engine.stop()
    }

    @Test func aPauseOutlivesARestartAndEndsWhenSomebodySaysSo() async throws {
        let district = try District(now: "2024-03-06T12:00:00Z", water: District.bad)
        let first = try await district.engine()
        try await first.pause(job: "river", author: "uid 0", note: "the laboratory moves")
        await first.stop()
        try district.remember(last: "2024-02-05T09:00:00Z")
        let second = try await district.engine()
        #expect(await second.pauses.map(\.note) == ["the laboratory moves"])
        await second.stop()
        #expect(district.ledger.entries.isEmpty)
        #expect(try await second.slots(job: "river", count: 5).map(\.reason) == [.skipped(.paused)])
        let third = try await district.engine()
        try await third.resume(job: "river")
        #expect(await third.pauses.isEmpty)
        await third.stop()
        #expect(try district.ledger.restore().pauses.isEmpty)
    }

    @Test func aJobThatIsNotThereCannotBePaused() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        await #expect(throws: DutyEngine.Refusal.unknownJob) {
            try await engine.pause(job: "nobody", author: "uid 0", note: "")
        }
        await engine.stop()
    }

    @Test func aSimulatedYearServesEachSlotOnceAndSaysWhatItJudges() throws {
        let district = try District(water: District.bad)
        let start = try Instant(rfc3339: "2024-01-01T00:00:00Z")
        var simulation = Simulation(try district.files.read(), after: start)
        var outcomes: [Simulation.Outcome] = []
        simulation.run(to: try Instant(rfc3339: "2024-12-31T23:59:59Z")) { outcomes.append($0) }
        let river = outcomes.filter { $0.job.name == "river" }
        #expect(
            river.map(\.slot)
                == (try (1...12).map { month in
                    try Instant(rfc3339: "2024-\(month < 10 ? "0" : "")\(month)-05T09:00:00Z")
                })
        )
        #expect(river.map(\.reason) == Array(repeating: .ran, count: 12))
        #expect(river.compactMap(\.period?.label).prefix(2) == ["2023-12", "2024-01"])
    }
}
