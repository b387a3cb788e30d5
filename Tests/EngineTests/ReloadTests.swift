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
