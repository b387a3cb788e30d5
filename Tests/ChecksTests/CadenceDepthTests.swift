// The finer demands of recurring duties, each on an example that somebody published or a rule that is in force somewhere.

import Almanac
import Checks
import Diagnostics
import Records
import TestKit
import Testing

@Suite struct CadenceDepthTests {
    @Test func twoInTheYearMayStillMissAHalfYear() throws {
        let drills = Drills(
            rule: ["rule": "ORDER61"],
            moreRules: [["rule": "SHANGHAI46", "period": "P1Y", "count": "2"]],
            records: ["U1,fire,2024-01-10", "U1,fire,2024-02-20"]
        )
        let judged = try drills.judge("2024-12-31")
        #expect(try judged.of("U1/SHANGHAI46").facts.text("stage") == "done")
        #expect(try judged.of("U1/ORDER61").facts.text("stage") == "last-day")
        #expect(try drills.judge("2025-01-02").of("U1/ORDER61").state == .critical)
    }

    @Test func twoDrillsOneDayApartKeepTwoHalfYearsAndLeaveAGap() throws {
        let drills = Drills(records: ["U1,fire,2024-06-30", "U1,fire,2024-07-01"])
        #expect(try drills.stage("2024-12-31") == "done")
        #expect(try drills.stage("2025-04-01") == "not-due")
        let facts = try drills.facts("2025-04-02")
        #expect(facts.text("stage") == "gap")
        #expect(facts["gapSince"] == .date(try day("2025-04-01")))
    }

    @Test func anAnchorDoesNotDrift() throws {
        let drills = Drills(rule: ["clock": "anchored"], units: ["U1,一中,school,2023-08-31,,"])
        #expect(try drills.facts("2024-02-01").text("slot") == "2023-08-31..2024-02-28")
        #expect(try drills.facts("2024-03-01")["due"] == .date(try day("2024-02-28")))
        let kept = Drills(
            rule: ["clock": "anchored"],
            units: ["U1,一中,school,2023-08-31,,"],
            records: ["U1,fire,2023-10-01"]
        )
        // From 29 February, the clamped anchor, the next step ends before the 31st again.
        #expect(try kept.facts("2024-03-01").text("slot") == "2024-02-29..2024-08-30")
    }

    @Test func aSchoolsDrillIsNotDueInAugust() throws {
        let drills = Drills(rule: ["period": "P1M", "exempt_months": "7;8"], records: ["U1,fire,2024-06-20"])
        #expect(try drills.stage("2024-08-31") == "exempt")
    }

    @Test("of four plans one drill is owed, or four", arguments: [("unit", "1", "done"), ("plan", "4", "last-day")])
    func perPlan(per: String, owed: String, stage: String) throws {
        let facts = try Drills(
            rule: ["per": per],
            units: ["U1,一厂,school,2020-01-01,4,"],
            records: ["U1,fire,2024-03-01,锅炉", "U1,fire,2024-03-08,锅炉"].map { $0 }
        ).facts("2024-06-30")
        #expect(facts.number("owed") == owed)
        #expect(facts.text("stage") == stage)
        // Two drills of one plan are one plan's.
        #expect(facts.number("done") == (per == "plan" ? "1" : "2"))
    }

    @Test func sixDrillsWithoutTheTwoByNightAreNotEnough() throws {
        let days = ["01-10", "03-10", "05-10", "07-10", "09-10", "11-10"]
        let rule = ["period": "P1Y", "count": "6", "sub_quota": "night:2"]
        func drills(nights: Int) -> Drills {
            Drills(
                rule: rule,
                records: days.enumerated().map { "U1,fire,2024-\($1),,\($0 < nights ? "night" : "")" }
            )
        }
        let short = try drills(nights: 1).facts("2024-12-01")
        #expect(short.number("done") == "6")
        #expect(short["lacking"] == .texts(["night 1/2"]))
        #expect(short.text("stage") == "upcoming")
        #expect(try drills(nights: 2).stage("2024-12-01") == "done")
    }

    @Test func aRealEmergencyStandsForADrillOnce() throws {
        var drills = Drills(
            rule: ["period": "P1Y", "count": "2", "substitutes": "real-event"],
            records: ["U1,real-event,2024-03-01", "U1,real-event,2024-08-01"]
        )
        #expect(try drills.facts("2024-12-01").number("done") == "1")
        drills.records[1] = "U1,fire,2024-08-01"
        #expect(try drills.stage("2024-12-01") == "done")
        drills.rule["substitutes"] = ""
        #expect(try drills.judge("2024-12-01").complaints.map(\.found) == ["real-event"])
    }

    @Test(
        "three months from 15 April, ten days either way",
        arguments: [
            ("2024-07-04", "2024-04-15", "2024-07-05", "2024-07-25"),
            ("2024-07-05", "2024-07-05", "2024-09-25", "2024-10-15"),
        ]
    )
    func graceEitherWay(drill: String, counts: String, from: String, to: String) throws {
        let facts = try Drills(
            rule: ["clock": "rolling", "period": "P3M", "early_grace": "10", "late_grace": "10"],
            records: ["U1,fire,2024-04-15", "U1,fire,\(drill)"]
        ).facts("2024-07-10")
        #expect(facts["last"] == .date(try day(counts)))
        #expect(facts["windowFrom"] == .date(try day(from)))
        #expect(facts["windowTo"] == .date(try day(to)))
    }

    @Test(arguments: [("2024-07-25", "last-day"), ("2024-07-26", "overdue")])
    func lateGraceIsNoOverdue(asOf: String, stage: String) throws {
        let drills = Drills(
            rule: ["clock": "rolling", "period": "P3M", "late_grace": "10"],
            records: ["U1,fire,2024-04-15"]
        )
        #expect(try drills.stage(asOf) == stage)
    }

    @Test(
        "a drill that was due on 30 June 2024: a week after it goes higher, and 30 days after it gets the red slip",
        arguments: [
            ("2024-06-30", "last-day"), ("2024-07-01", "overdue"), ("2024-07-06", "overdue"),
            ("2024-07-07", "escalated"), ("2024-07-29", "escalated"), ("2024-07-30", "red-slip"),
            ("2024-12-01", "red-slip"),
        ]
    )
    func afterTheLastDay(asOf: String, stage: String) throws {
        let drills = Drills(records: ["U1,fire,2023-12-01"])
        let verdict = try drills.judge(asOf).of("U1/R", "cadence")
        #expect(verdict.facts.text("stage") == stage)
        #expect(verdict.facts["due"] == .date(try day("2024-06-30")))
        #expect(verdict.state == (stage == "last-day" ? .warning : .critical))
        #expect((verdict.facts["isRedSlip"] == .flag(true)) == (stage == "red-slip"))
        // Whoever drills late owes the next period only.
        #expect(try Drills(records: ["U1,fire,2023-12-01", "U1,fire,2024-07-01"]).stage("2024-07-30") == "done")
    }

    @Test func graceAndWorkingDaysPutTheWeekOff() throws {
        let late = Drills(
            rule: ["clock": "rolling", "period": "P3M", "early_grace": "10", "late_grace": "10"],
            records: ["U1,fire,2024-04-15"]
        )
        // Due on 15 July, late from the 26th on.
        #expect(try late.stage("2024-07-31") == "overdue")
        #expect(try late.stage("2024-08-01") == "escalated")
        var worked = Drills(records: ["U1,fire,2023-12-01"])
        worked.escalatedAfter = Term(7, .workingDays)
        #expect(try worked.stage("2024-07-08") == "overdue")
        #expect(try worked.stage("2024-07-09") == "escalated")
    }

    @Test func drillsThatFollowTooSoonCountOnce() throws {
        let facts = try Drills(
            rule: ["period": "P1Y", "count": "2", "min_spacing": "P30D"],
            records: ["U1,fire,2024-03-01", "U1,fire,2024-03-08"]
        ).facts("2024-12-01")
        #expect(facts.number("done") == "1")
        #expect(facts.number("uncounted") == "1")
    }

    @Test func everyTopicHasToBeDrilled() throws {
        let facts = try Drills(
            rule: ["clock": "anchored", "period": "P3Y", "per": "topic", "topics": "火灾;淹水;脱轨"],
            units: ["U1,一线,school,2023-01-01,,"],
            records: ["U1,fire,2023-05-01,火灾", "U1,fire,2024-05-01,火灾", "U1,fire,2024-06-01,淹水"]
        ).facts("2024-12-01")
        #expect(facts.number("done") == "2")
        #expect(facts.number("owed") == "3")
        #expect(facts["lacking"] == .texts(["脱轨"]))
    }

    @Test func differentScenariosMayBeDemanded() throws {
        let facts = try Drills(
            rule: ["period": "P1Y", "count": "2", "distinct": "2"],
            records: ["U1,fire,2024-03-01,车库", "U1,fire,2024-08-01,车库"]
        ).facts("2024-12-30")
        #expect(facts["lacking"] == .texts(["scenarios 1/2"]))
        #expect(facts.text("stage") == "last-day")
    }

    @Test(
        "patrols of at least 30 minutes and 2 km, 96 hours apart",
        arguments: [
            ("U1,fire,2024-03-05,,,30,2", "done"), ("U1,fire,2024-03-05,,,29,2", "last-day"),
            ("U1,fire,2024-03-05,,,45,1.9", "last-day"), ("U1,fire,2024-03-05,,,,", "last-day"),
        ]
    )
    func patrols(record: String, stage: String) throws {
        let rule = ["period": "P3M", "min_minutes": "30", "min_km": "2", "min_spacing": "P4D"]
        let kept = "U1,fire,2023-12-01,,,40,3"
        #expect(try Drills(rule: rule, records: [kept, record]).stage("2024-03-31") == stage)
    }

    @Test(arguments: [("2024-05-01", "upcoming"), ("2024-06-02", "overdue")])
    func aDutyBeforeTheFloodSeason(asOf: String, stage: String) throws {
        let drills = Drills(
            rule: ["clock": "window", "windows": "01-01..05-31", "period": "P1Y"],
            records: ["U1,fire,2023-04-01"]
        )
        #expect(try drills.stage(asOf) == stage)
        var held = drills
        held.records.append("U1,fire,2024-05-20")
        #expect(try held.stage("2024-06-02") == "not-due")
        #expect(try held.facts("2024-05-25").text("slot") == "2024-01-01..2024-05-31")
    }

    @Test(arguments: [
        ("2024-11-01", "", "upcoming"), ("2024-11-24", "", "overdue"), ("2024-11-24", "2024-11-20", "done"),
    ])
    func aDrillBeforeEachEvent(asOf: String, held: String, stage: String) throws {
        let drills = Drills(
            rule: ["clock": "event", "period": "P1D"],
            units: ["U1,半程马拉松,school,,,2024-11-24"],
            records: held.isEmpty ? [] : ["U1,fire,\(held)"]
        )
        #expect(try drills.stage(asOf) == stage)
    }

    @Test func whatIsOwedOnceIsDoneOnce() throws {
        var drills = Drills(rule: ["clock": "one-off", "period": "P3M"], units: ["U1,一中,school,2024-01-10,,"])
        #expect(try drills.stage("2024-04-11") == "overdue")
        drills.records = ["U1,fire,2024-03-01"]
        #expect(try drills.stage("2034-04-11") == "done")
    }

    @Test func aClosedUnitsRollingClockStandsStill() throws {
        let drills = Drills(
            rule: ["clock": "rolling", "period": "P1Y"],
            records: ["U1,fire,2023-03-01"],
            exemptions: ["U1,,2023-06-01,2023-06-30,应急局"]
        )
        #expect(try drills.facts("2024-01-01")["due"] == .date(try day("2024-03-31")))
    }

    @Test func anExemptPeriodOwesNothingAndAPartOfItShortensIt() throws {
        let whole = Drills(records: ["U1,fire,2023-12-01"], exemptions: [",school,2024-01-01,2024-06-30,教育局"])
        #expect(try whole.stage("2024-06-30") == "exempt")
        #expect(try whole.stage("2024-07-15") == "not-due")
        let part = Drills(records: ["U1,fire,2023-12-01"], exemptions: ["U1,,2024-06-01,2024-06-30,教育局"])
        #expect(try part.facts("2024-05-25")["due"] == .date(try day("2024-05-31")))
    }

    @Test func anExemptionThatNobodyApprovedIsNone() throws {
        let judged = try Drills(exemptions: ["U1,,2024-06-01,2024-06-30,"]).judge("2024-06-30")
        #expect(judged.complaints.map(\.key) == ["approved_by"])
    }

    @Test func whoBeginsInTheMiddleOfAPeriodOwesTheFirstWholeOne() throws {
        var drills = Drills(units: ["U1,一中,school,2024-03-15,,"])
        let facts = try drills.facts("2024-06-29")
        #expect(facts.text("stage") == "not-due")
        #expect(facts.text("slot") == "2024-H2")
        drills.rule["partial_slot"] = "yes"
        #expect(try drills.stage("2024-06-29") == "last-day")
    }

    @Test func aNumberOfTheDistrictsOwnIsNeverCalledLaw() throws {
        let facts = try Drills(rule: ["period": "", "default_period": "P1Y"], records: ["U1,fire,2024-03-01"])
            .facts("2024-06-01")
        #expect(facts.text("basis") == "本区自定")
        #expect(facts.flag("isLocalDefault") == true)
        #expect(facts.text("stage") == "done")
    }

    @Test(
        "what follows a drill: reported within 5 working days, evaluated within 15, improved within 60",
        arguments: [
            // Friday 1 March, so by Friday 8 March.
            ("2024-03-04", ",,", "done-unreported", Assessment.State.warning),
            ("2024-03-11", ",,", "done-unreported", .critical),
            ("2024-03-11", "2024-03-05,,", "reported", .warning),
            ("2024-03-20", "2024-03-05,2024-03-12,", "improvement-open", .ok),
            ("2024-05-20", "2024-03-05,2024-03-12,", "improvement-open", .critical),
            ("2024-05-20", "2024-03-05,2024-03-12,2024-04-20", "closed", .ok),
        ]
    )
    func followUps(asOf: String, followed: String, stage: String, state: Assessment.State) throws {
        let verdict = try Drills(
            rule: ["follow_up": "report:5 working days;evaluation:15 days;improvement:60 days"],
            records: ["U1,fire,2024-03-01,,,,,\(followed)"]
        ).judge(asOf).of("U1/R", "follow-up")
        #expect(verdict.facts.text("stage") == stage)
        #expect(verdict.state == state)
    }

    @Test func aDayOfAFollowUpThatCannotBeReadIsNotADayThatIsMissing() throws {
        let verdict = try Drills(
            rule: ["follow_up": "report:5 working days"],
            records: ["U1,fire,2024-03-01,,,,,soon,,"]
        ).judge("2024-04-11").of("U1/R", "follow-up")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["unreadable report records.csv:2"])
    }

    @Test func remindersMayBeCountedInWorkingDays() throws {
        var drills = Drills(rule: ["period": "P1Y"], records: ["U1,fire,2023-09-01"])
        drills.leads = LeadTimes(lead: Term(5, .workingDays), due: Term(3, .workingDays), last: Term(1, .workingDays))
        // 31 December 2024 is a Tuesday.
        for (asOf, stage) in [
            ("2024-12-23", "not-due"), ("2024-12-24", "upcoming"), ("2024-12-26", "due"), ("2024-12-30", "last-day"),
        ] { #expect(try drills.stage(asOf) == stage) }
    }

    @Test func oneDrillSaysWhichRulesItServes() throws {
        let drills = Drills(moreRules: [["rule": "Q", "period": "P1Y"]], records: ["U1,fire,2024-03-01"])
        #expect(try drills.facts("2024-06-01")["alsoServes"] == .texts(["Q"]))
    }

    @Test func complianceCountsClosedPeriodsOnly() throws {
        var drills = Drills(
            units: ["U1,一中,school,2023-01-01,,", "U2,二中,school,2023-01-01,,"],
            records: ["U1,fire,2023-09-01", "U1,fire,2024-03-01", "U2,fire,2024-03-01", "U2,fire,2024-08-01"]
        )
        drills.compliance = true
        let facts = try drills.judge("2024-08-10").of("R", "compliance").facts
        // The second half of 2023 and the first of 2024, for two units; one of them missed the first of these.
        #expect(facts.number("owed") == "4")
        #expect(facts.number("kept") == "3")
        #expect(facts.entries("short").map { $0.text("unit") } == ["二中"])
        drills.units = ["U1,一中,school,2024-07-01,,"]
        drills.records = []
        let nothing = try drills.judge("2024-08-10").of("R", "compliance")
        #expect(nothing.facts.text("stage") == "not-applicable")
        #expect(nothing.facts["owed"] == nil)
    }

    @Test(
        "a demand that cannot be read is named and the rule not used",
        arguments: [
            ("per", "floor"), ("sub_quota", "night"), ("min_spacing", "30 days"), ("windows", "05-31"),
            ("follow_up", "party:5 days"), ("clock", "window"),
        ]
    )
    func brokenDemands(column: String, value: String) throws {
        let judged = try Drills(rule: [column: value]).judge("2024-06-01")
        #expect(judged.complaints.map(\.key) == [column == "clock" ? "windows" : column])
        #expect(judged.assessments == [])
    }
}
