// The days in a notice: by when to act and to answer, counted in working days on the day of telling.

import Alerts
import Almanac
import Checks
import JSON
import Testing

@Suite struct NoticeTermTests {
    private static func notice(due: String, on day: String, _ kind: Change.Kind = .raised) throws -> Notice {
        let story = Notices.Story(
            kind: kind,
            indicator: "cadence",
            facts: try Notices.facts(ofKind: "cadence", "cadence")
                .merging(Facts(["due": CivilDate(iso8601: due).map(Facts.Value.date)]))
        )
        return try Notices.notice(of: story, try Notices.circumstances(kind: "cadence", on: day))
    }

    @Test(arguments: [
        // Labour Day 2024: 1 to 5 May off, 28 April and 11 May worked.
        (
            "2024-05-10", "2024-04-26", "2024-05-10（星期五），剩余 8 个工作日（14 天）。",
            "Friday 2024-05-10, working days left: 8 (days: 14)."
        ),
        (
            "2024-04-28", "2024-04-26", "2024-04-28（星期日），剩余 1 个工作日（2 天）。",
            "Sunday 2024-04-28, working days left: 1 (days: 2)."
        ),
        ("2024-04-26", "2024-04-26", "2024-04-26（星期五），今天到期。", "Friday 2024-04-26, which is today."),
        ("2024-04-30", "2024-05-06", "2024-04-30（星期二），已逾期 6 天（1 个工作日）。", "days overdue: 6 (working days: 1)."),
        // Nobody knows yet how the holidays of the year after the calendar's last lie.
        ("2035-01-05", "2034-12-28", "；有的日子还没有放假安排，工作日数为暂计。", "; provisional, because"),
    ])
    func `the due day has its weekday and the days that are left or have passed`(
        due: String,
        day: String,
        chinese: String,
        english: String
    ) throws {
        let text = try Notices.text(try Self.notice(due: due, on: day))
        #expect(text.contains(chinese), "\(text)")
        #expect(text.contains(english), "\(text)")
    }

    @Test func `a reminder counts from its own day, not from that of its verdict`() throws {
        let json = try Notices.json(try Self.notice(due: "2024-04-30", on: "2024-05-06", .reminder))
        #expect(json["term"]?["daysPast"] == 6 && json["term"]?["workingDaysPast"] == 1)
        #expect(json["term"]?["due"] == "2024-04-30" && json["term"]?["daysAhead"] == nil)
    }

    @Test func `what has ended is due no more`() throws {
        let notice = try Self.notice(due: "2024-04-30", on: "2024-05-06", .cleared)
        #expect(try Notices.json(notice)["term"] == nil)
        #expect(try !Notices.text(notice).contains("时限："))
    }

    private static let policy = AlertPolicy(
        remindEvery: Term(5, .workingDays),
        escalation: [
            AlertPolicy.EscalationStep(after: Term(1, .workingDays), waitsFor: .pickUp, to: ["water"]),
            AlertPolicy.EscalationStep(after: Term(3, .workingDays), to: ["office"]),
        ]
    )

    @Test func `the day for an answer is that on which somebody else is told`() throws {
        let circumstances = try Notices.circumstances(on: "2024-04-29", policy: Self.policy)
        let notice = try Notices.notice(of: Notices.Story(), circumstances)
        #expect(
            try Notices.text(notice).contains(
                "反馈：请于 2024-05-07（星期二，还有 3 个工作日）前交回执；到时未签收的，报区政府办公室。"
                    + "未解除的，每 5 个工作日提醒一次。"
            )
        )
        let answer = try Notices.json(notice)["answer"]
        #expect(answer?["answerBy"] == "2024-05-07" && answer?["answerElse"] == .array(["office"]))
    }

    @Test func `whoever has answered is given no day`() throws {
        let acknowledgement = Acknowledgement(
            author: "duty",
            note: "ok",
            at: Instant(seconds: 1_714_000_000),
            until: Instant(seconds: 1_714_900_000)
        )
        let story = Notices.Story(kind: .worsened, acknowledgement: acknowledgement)
        let notice = try Notices.notice(of: story, try Notices.circumstances(policy: Self.policy))
        #expect(try Notices.json(notice)["answer"]?["answerBy"] == nil)
        #expect(try Notices.text(notice).contains("反馈：请交回执说明办理情况。"))
    }
}
