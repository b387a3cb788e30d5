// What the shipped words say of each change of each kind of check, read as a department reads it.

import Alerts
import Almanac
import Checks
import JSON
import TestKit
import Testing

@Suite struct NoticeSentenceTests {
    typealias Story = Notices.Story

    @Test(arguments: Notices.indicators)
    func `every change of every kind of check has every field in both languages`(
        kind: String,
        indicator: String
    ) throws {
        for change in Change.Kind.allCases {
            for state in [Assessment.State.warning, .critical] {
                let facts = try Notices.facts(ofKind: kind, indicator)
                let notice = try Notices.notice(
                    of: Story(kind: change, state: state, indicator: indicator, facts: facts),
                    try Notices.circumstances(kind: kind)
                )
                let text = try Notices.text(notice)
                #expect(text.unfilledHoles == [], "\(kind) \(change) \(state): \(text)")
                let json = try Notices.json(notice)
                for language in ["zh-CN", "en"] {
                    for field in Words.Field.allCases where !([.due, .owner].contains(field) && change.isEnd) {
                        let sentence = json["words"]?[language]?[field.rawValue]?.text ?? ""
                        #expect(!sentence.isEmpty, "\(kind) \(change) \(state) \(language) \(field)")
                    }
                }
            }
        }
    }

    @Test func `a kind of check without words of its own lists what it found`() throws {
        let story = Story(indicator: "rate", facts: Facts(["reported": .integer(52), "sites": .integer(60)]))
        let text = try Notices.text(try Notices.notice(of: story, try Notices.circumstances(kind: "coverage")))
        #expect(text.contains("【提醒单】断面核查 · 黄色（警告）"))
        #expect(text.contains("事由：name of A，2024年3月：警告。"))
        #expect(text.contains("情况：reported 52；sites 60。"))
        #expect(text.contains("Facts: reported 52; sites 60."))
    }

    /// The names by weight: before it is due, due or reminded, overdue or without an answer, a risk, the end.
    static let weights: [(kind: String, indicator: String, story: Story, slip: String)] = [
        ("cadence", "cadence", Story(facts: Facts(["stage": .text("upcoming")])), "提醒单"),
        ("cadence", "cadence", Story(facts: Facts(["stage": .text("due")])), "催办单"),
        ("cadence", "cadence", Story(state: .critical, facts: Facts(["stage": .text("overdue")])), "督办单"),
        ("cadence", "cadence", Story(kind: .reminder, facts: Facts(["stage": .text("upcoming")])), "催办单"),
        ("cadence", "cadence", Story(kind: .reminder, state: .critical), "督办单"),
        (
            "cadence", "cadence",
            Story(kind: .escalated, state: .critical, facts: Facts(["isRedSlip": .flag(true)])), "红色督办单"
        ),
        ("submission", "submission", Story(state: .critical), "催办单"),
        ("stock", "availability", Story(), "预警函"), ("stock", "expiry", Story(kind: .worsened), "预警函"),
        ("section-compliance", "class", Story(), "预警函"),
        ("section-compliance", "class", Story(kind: .reminder), "催办单"),
        ("section-compliance", "class", Story(kind: .escalated, occasion: .notAcknowledged), "督办单"),
        ("section-compliance", "class", Story(kind: .cleared), "办结通知"),
        ("stock", "availability", Story(kind: .withdrawn, reason: "表填错"), "撤销通知"),
        ("calendar-coverage", "coverage", Story(), "提醒单"),
    ]

    @Test(arguments: weights)
    func `a notice is called by its weight`(
        kind: String,
        indicator: String,
        story: Story,
        slip: String
    ) throws {
        var story = story
        story.indicator = indicator
        let notice = try Notices.notice(of: story, try Notices.circumstances(kind: kind))
        #expect(try Notices.text(notice).hasPrefix("【\(slip)】"))
    }

    @Test func `a reminder says since when, what became of the notices, and the day on which it was due`() throws {
        let noon = try Instant(rfc3339: "2024-04-06T12:00:00+08:00")
        let story = Story(
            kind: .reminder,
            standings: ["water": Standing(delivered: noon, pickedUp: noon)],
            due: noon
        )
        let text = try Notices.text(try Notices.notice(of: story))
        #expect(text.contains("事由：再次提醒："))
        #expect(
            text.contains(
                "2024-04-05 首次提示，至今没有解除（本次提醒原定 2024-04-06 发出，因系统停机迟发）。"
                    + "办理进展：区水务局 2024-04-06 送达，2024-04-06 取件，未签收。"
            )
        )
        #expect(text.contains("历史：第1次 2024-04-05 新发，黄色（警告）；第2次 2024-04-12 加重，黄色（警告）；本次再次提醒。"))
        #expect(text.contains("Progress: Water delivered 2024-04-06, taken 2024-04-06, not acknowledged."))
    }

    @Test func `a receipt that the evidence does not bear out is held against it`() throws {
        let story = Story(kind: .reminder, facts: Facts(["class": .text("V+")]), occasion: .contradicted)
        let text = try Notices.text(try Notices.notice(of: story, try Notices.circumstances(kind: "deadline")))
        #expect(text.contains("事由：回执与数据不符："))
        #expect(text.contains("区水务局的回执称已办结；之后的核查（截至 2024-04-26 09:00 +08:00）所依据的数据仍未显示办结，事项没有解除。"))
        #expect(text.contains("应办：核对回执与数据：确已办结的，更正或补报数据；没有办结的，继续办理："))
        #expect(text.contains("receipt and data disagree: "))
        #expect(!text.contains("再次提醒："))
    }

    /// What differs by what is counted; of calls to the police nothing is said that belongs to clinics.
    @Test(arguments: [("visits", true), ("calls", false)])
    func `what counts are of is called by its own words`(counted: String, isOfPatients: Bool) throws {
        for indicator in ["counts", "reporting", "noise"] {
            var facts = try Notices.facts(ofKind: "surveillance", indicator)
            facts["counted"] = .text(counted)
            for change in Change.Kind.allCases {
                let story = Story(kind: change, indicator: indicator, facts: facts)
                let notice = try Notices.notice(of: story, try Notices.circumstances(kind: "surveillance"))
                let text = try Notices.text(notice)
                let isPatients = ["诊", "病", "药", "疫", "visit", "cases", "medicine"].contains { text.contains($0) }
                #expect(!isPatients || isOfPatients, "\(indicator) \(change): \(text)")
                #expect(text.unfilledHoles == [])
            }
        }
        var facts = try Notices.facts(ofKind: "surveillance", "counts")
        facts["counted"] = .text(counted)
        let story = Story(indicator: "counts", facts: facts)
        let text = try Notices.text(try Notices.notice(of: story, try Notices.circumstances(kind: "surveillance")))
        #expect(text.contains(isOfPatients ? "核实数据和病例情况" : "核实数据和警情分类"))
        #expect(text.contains(isOfPatients ? " 例" : " 起"))
    }

    @Test(arguments: [
        (Change.Occasion.notPickedUp, "提示发出后无人取件，提请督办："), (.notAcknowledged, "提示发出后无人签收，提请督办："),
    ])
    func `an escalation says what was waited for and who has to be pressed`(
        occasion: Change.Occasion,
        subject: String
    ) throws {
        let text = try Notices.text(try Notices.notice(of: Story(kind: .escalated, occasion: occasion)))
        #expect(text.contains("事由：\(subject)"))
        #expect(text.contains("应办：请督促区水务局签收并办理："))
        #expect(text.contains("区水务局 尚未送达，未取件，未签收"))
    }

    @Test func `a withdrawal has no level, gives its reason and asks for nothing`() throws {
        let story = Story(kind: .withdrawn, reason: "录入有误\n编号：CN-RIV-2024-999999")
        let text = try Notices.text(try Notices.notice(of: story))
        #expect(text.contains(" · 无级别（已撤销）"))
        #expect(text.contains("情况：撤销原因：录入有误\\n编号：CN-RIV-2024-999999。\n"))
        #expect(text.contains("应办：不必再办。\n数据："))
        #expect(!text.contains("回执："))
        let ended = try Notices.text(try Notices.notice(of: Story(kind: .withdrawn, occasion: .watchEnded)))
        #expect(ended.contains("情况：这项核查已经停止，不再评判。"))
    }

    @Test func `the receipt can be copied out of the notice, and its file is named by the serial number`() throws {
        let text = try Notices.text(try Notices.notice(of: Story()))
        #expect(text.contains("存为文件 CN-RIV-2024-000003.回执.csv，"))
        #expect(text.contains("\n编号,状态,日期,批准人,理由,佐证,签收人\nCN-RIV-2024-000003,已签收,,,,,\n"))
    }

    @Test func `who has acknowledged, and until when, is told to all`() throws {
        let story = Story(
            kind: .worsened,
            acknowledgement: Acknowledgement(
                author: "duty",
                note: "已派人排查",
                at: try Instant(rfc3339: "2024-04-08T10:00:00+08:00"),
                until: try Instant(rfc3339: "2024-04-15T10:00:00+08:00"),
                department: "water"
            )
        )
        let text = try Notices.text(try Notices.notice(of: story))
        #expect(text.contains("签收：区水务局于 2024-04-08 签收（已派人排查），2024-04-15 前不再提醒。"))
        #expect(text.contains("Acknowledged: by Water on 2024-04-08 (已派人排查); no reminder before 2024-04-15."))
    }
}
