// The keys of a schedule that say which weeks count and what clock changes do.

import Almanac
import Diagnostics
import Jobs
import Scheduling
import TestKit
import Testing

@Suite struct ScheduleSettingsTests {
    private func configuration(_ keys: String) throws -> Configuration {
        var files = SettingsFiles.district
        let text = try #require(files.jobs["river.yaml"])
        files.jobs["river.yaml"] = text.replacing("schedule:\n", with: "schedule:\n\(keys)")
        return try files.read()
    }

    @Test func weeksAndClockChangesAreRead() throws {
        let keys = "  every: {weeks: 2, anchor: 2024-01-01}\n  dst-gap: after\n  dst-overlap: both\n"
        let configuration = try configuration(keys)
        #expect(configuration.problems == [])
        let occurrence = try #require(configuration.job(named: "river")?.schedule.occurrences.first)
        #expect(occurrence.weeks == WeekCycle(interval: 2, anchor: CivilDate(daysSinceEpoch: 19_723)))
        #expect(occurrence.clockChanges == ClockChanges(gap: .after, overlap: .both))
    }

    @Test func withoutThemAScheduleIsSystemds() throws {
        let occurrence = try #require(try configuration("").job(named: "river")?.schedule.occurrences.first)
        #expect(occurrence.weeks == nil && occurrence.clockChanges == .systemd)
    }

    @Test(
        arguments: [
            ("  every: {weeks: 1, anchor: 2024-01-01}\n", "schedule.every.weeks", "this is no number of weeks"),
            ("  every: {weeks: two, anchor: 2024-01-01}\n", "schedule.every.weeks", "this is no number of weeks"),
            ("  every: {weeks: 2, anchor: 2024-02-30}\n", "schedule.every.anchor", "this is no date"),
            ("  every: {weeks: 2}\n", "schedule.every", "the key \"anchor\" is missing"),
            ("  dst-gap: before\n", "schedule.dst-gap", nil), ("  dst-overlap: last\n", "schedule.dst-overlap", nil),
        ] as [(String, String, String?)]
    )
    func whatTheyCannotMeanIsNamed(keys: String, key: String, problem: String?) throws {
        let configuration = try configuration(keys)
        #expect(configuration.job(named: "river") == nil)
        let complaint = try #require(configuration.brokenJobs["river"]?.first)
        #expect(complaint.key == key)
        if let problem { #expect(complaint.problem == problem) }
    }
}
