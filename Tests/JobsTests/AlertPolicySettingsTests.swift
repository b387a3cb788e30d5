// What a job says of the lives of its alerts.

import Alerts
import Almanac
import Diagnostics
import Jobs
import TestKit
import Testing

@Suite struct AlertPolicySettingsTests {
    private static func reading(_ keys: String) throws -> Configuration {
        var files = SettingsFiles.district
        let notify = "notify: {to: [water], cc: [office]\(keys.isEmpty ? "" : ", ")\(keys)}"
        files.jobs["river.yaml"] = files.jobs["river.yaml"]?
            .replacing("notify: {to: [water], cc: [office]}", with: notify)
        return try files.read()
    }

    @Test func aJobThatSaysNothingIsSureAtOnceAndNeverReminds() throws {
        let policy = try #require(try Self.reading("").job(named: "river")?.policy)
        #expect(policy == AlertPolicy())
        #expect(policy.acknowledgementLife == Term(5, .workingDays))
    }

    @Test func everythingThatCanBeSaidIsRead() throws {
        let configuration = try Self.reading(
            """
            confirm: {raise: 2, clear: 3}, remind-every: 5 working days,
              escalate: [{not-picked-up-for: 1 working day, to: [water]}, {unacknowledged-for: 3 days, to: office},
                {at-stage: escalated, to: [office]}, {at-stage: red-slip, to: [office, water]}],
              acknowledgement: {lasts: 10 days, by: each}, held-back-by: [{job: "submission-*", subject: JA-01}]
            """
        )
        #expect(configuration.problems == [])
        #expect(
            configuration.job(named: "river")?.policy
                == AlertPolicy(
                    confirmRaise: 2,
                    confirmClear: 3,
                    remindEvery: Term(5, .workingDays),
                    escalation: [
                        .init(after: Term(1, .workingDays), waitsFor: .pickUp, to: ["water"]),
                        .init(after: Term(3, .days), waitsFor: .acknowledgement, to: ["office"]),
                    ],
                    stages: ["escalated": ["office"], "red-slip": ["office", "water"]],
                    acknowledgementLife: Term(10, .days),
                    acknowledgedBy: .each,
                    heldBackBy: [AlertMatcher(job: Glob("submission-*"), subject: Glob("JA-01"))]
                )
        )
    }

    @Test(arguments: [
        ("confirm: {raise: 0}", "notify.confirm.raise", "0"), ("confirm: {raise: 13}", "notify.confirm.raise", "13"),
        ("confirm: {rise: 2}", "notify.confirm", "rise"), ("remind-every: 5", "notify.remind-every", "5"),
        ("remind-every: 0 days", "notify.remind-every", "0 days"),
        ("escalate: [{to: office}]", "notify.escalate[1]", nil),
        ("escalate: [{unacknowledged-for: 1 day}]", "notify.escalate[1]", nil),
        ("escalate: [{unacknowledged-for: 1 day, to: offic}]", "notify.escalate[1].to", "offic"),
        (
            "escalate: [{unacknowledged-for: 1 day, not-picked-up-for: 1 day, to: office}]", "notify.escalate[1]", nil
        ),
        (
            "escalate: [{unacknowledged-for: 3 days, to: office}, {unacknowledged-for: 1 day, to: water}]",
            "notify.escalate", "3 days, then 1 day"
        ), ("acknowledgement: {by: all}", "notify.acknowledgement.by", "all"),
        ("held-back-by: [{}]", "notify.held-back-by[1]", nil),
        ("held-back-by: [{severity: ok}]", "notify.held-back-by[1].severity", "ok"),
        ("escalate: [{at-stage: overdue, to: office}]", "notify.escalate[1].at-stage", "overdue"),
        ("remind: 5 days", "notify", "remind"),
    ])
    func eachSlipIsNamed(keys: String, key: String, found: String?) throws {
        let configuration = try Self.reading(keys)
        let problem = try #require(configuration.problems.first)
        #expect(problem.severity == .error)
        #expect(problem.key == key)
        #expect(problem.found == found)
        #expect(configuration.brokenJobs.keys.contains("river"))
    }
}
