// Terms of hours, of which only days are known.

import Checks
import TestKit
import Testing

@Suite struct DeadlineHoursTests {
    /// The moments are not known, only the days: what those prove is said, and nothing else.
    ///
    /// Hours run through rest days, so that nothing gives way to a working day: 10 February 2024 begins the Spring
    /// Festival.
    @Test(
        "terms of hours, audited by the days alone",
        arguments: [
            ("2", "2024-03-05", "", "2024-03-05", "hours", Assessment.State.unknown),
            ("2", "2024-03-05", "", "2024-03-06", "hours", .unknown),
            ("2", "2024-03-05", "", "2024-03-07", "overdue", .critical),
            ("2", "2024-03-05", "2024-03-05", "2024-03-07", "hours", .unknown),
            ("2", "2024-03-05", "2024-03-06", "2024-03-07", "hours", .unknown),
            ("2", "2024-03-05", "2024-03-07", "2024-03-08", "done-late", .ok),
            ("1", "2024-02-10", "", "2024-02-12", "overdue", .critical),
            // At most 24 hours lie in one day, and at most 48 in two.
            ("24", "2024-03-05", "2024-03-05", "2024-03-06", "done", .ok),
            ("24", "2024-03-05", "2024-03-06", "2024-03-06", "hours", .unknown),
            ("48", "2024-03-05", "2024-03-06", "2024-03-06", "done", .ok),
            ("25", "2024-03-05", "", "2024-03-07", "hours", .unknown),
            ("25", "2024-03-05", "", "2024-03-08", "overdue", .critical),
        ]
    )
    func hours(
        count: String,
        start: String,
        done: String,
        asOf: String,
        stage: String,
        state: Assessment.State
    ) throws {
        let verdict = try Matters.judge(
            asOf,
            rules: ["R,at-most,\(count),hours,,,"],
            cases: ["M1,R,,\(start),,\(done),,"]
        ).of("M1/R")
        #expect(verdict.facts.text("stage") == stage)
        #expect(verdict.state == state)
        #expect(verdict.facts["rawDue"] == verdict.facts["due"])
        #expect(verdict.facts.text("term") == "\(count) hour\(count == "1" ? "" : "s")")
    }

    @Test func whatMovesATermOfHoursLeavesItUnknownAndANewStartCountsAnew() throws {
        func stage(_ event: String) throws -> String? {
            try Matters.judge(
                "2024-03-12",
                rules: ["R,at-most,2,hours,,,"],
                cases: ["M1,R,,2024-03-05,,,,"],
                events: ["M1,R,\(event)"]
            ).of("M1/R").facts.text("stage")
        }
        #expect(try stage("extension,2024-03-05,2024-03-06,局长,") == "hours")
        #expect(try stage("pause,2024-03-05,2024-03-06,,") == "hours")
        #expect(try stage("restart,2024-03-11,,,") == "hours")
        #expect(try stage("restart,2024-03-10,,,") == "overdue")
    }
}
