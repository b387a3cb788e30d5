// Alerts as messages of the Common Alerting Protocol: their kind, their chain, what they say, and when none is written.

import Alerts
import Almanac
import Checks
import Diagnostics
import Jobs
import Records
import TestKit
import Testing

@Suite struct CAPNoticeTests {
    private let notices: CAPNotices
    private static let day: Int64 = 86_400

    init() throws { notices = try CAPNotices() }

    private var told: [Telling] {
        [notices.telling(1, .raised, before: 2 * Self.day), notices.telling(2, .reminder, before: 60)]
    }

    @Test func theFirstTellingBeginsAChain() throws {
        let message = try notices.message(notices.change(.raised))
        #expect(message.type == .alert)
        #expect(message.references.isEmpty)
        #expect(message.identifier == "CN-RIV-2024-000003-r001")
        #expect(message.sender == "dutyd@310105.invalid")
        #expect(message.sent.text == "2024-04-05T09:00:00+08:00")
        #expect(message.status == .actual)
        #expect(message.scope == .restricted)
        #expect(message.restriction == "仅限区内部使用")
        #expect(message.incidents == [AlertKey(job: "river-sections", subject: "A", indicator: "class").digest])
    }

    @Test(
        "news of an alert take the place of all that was said",
        arguments: [
            (Change.Kind.worsened, CAPMessage.MessageType.update), (.eased, .update), (.reminder, .update),
            (.escalated, .update), (.cleared, .update), (.withdrawn, .cancel),
        ]
    )
    func chain(kind: Change.Kind, type: CAPMessage.MessageType) throws {
        let message = try notices.message(notices.change(kind, after: told))
        #expect(message.type == type)
        #expect(
            message.references.map(\.text) == [
                "dutyd@310105.invalid,CN-RIV-2024-000003-r001,2024-04-03T09:00:00+08:00",
                "dutyd@310105.invalid,CN-RIV-2024-000003-r002,2024-04-05T08:59:00+08:00",
            ]
        )
        for info in message.infos {
            #expect((info.urgency == .past) == kind.isEnd)
            #expect((info.responseTypes == [.allClear]) == kind.isEnd)
            #expect(info.expires?.text == (kind.isEnd ? "2024-04-06T09:00:00+08:00" : "2024-05-05T09:00:00+08:00"))
            #expect(info.parameters.contains(.init("change", kind.rawValue)))
        }
    }

    @Test func earlierMessagesAreNamedByTheBytesThatTheyWereSentWith() throws {
        let odd = Telling(
            revision: 1,
            kind: .raised,
            state: .warning,
            sentText: "2024-04-04T01:00:00-00:00",
            at: CAPNotices.now.adding(seconds: -Self.day)
        )
        let message = try notices.message(notices.change(.worsened, after: [odd]))
        #expect(message.references.map(\.sent.text) == ["2024-04-04T01:00:00-00:00"])
    }

    @Test func whatCountsNoMoreIsNotNamedButTheLast() throws {
        let old = (1...3).map { notices.telling($0, .reminder, before: Int64(50 - $0) * Self.day) }
        let lastOnly = try notices.message(notices.change(.reminder, after: old))
        #expect(lastOnly.references.map(\.identifier) == ["CN-RIV-2024-000003-r003"])
        let fresh =
            old + [notices.telling(4, .reminder, before: 29 * Self.day), notices.telling(5, .reminder, before: 1)]
        let message = try notices.message(notices.change(.reminder, after: fresh))
        #expect(message.references.map { $0.identifier.suffix(4) } == ["r004", "r005"])
    }

    @Test func aClockThatWasAheadBreaksTheChainAndNoRule() throws {
        let ahead = [notices.telling(1, .raised, before: -40 * Self.day)]
        let message = try notices.message(notices.change(.worsened, after: ahead))
        #expect(message.type == .alert)
        #expect(message.references.isEmpty)
        #expect(CAPRules.violations(of: message).isEmpty)
    }

    @Test func bothLanguagesTellTheSameMatter() throws {
        let message = try notices.message(notices.change(.raised))
        #expect(message.infos.map(\.language) == ["zh-CN", "en-US"])
        #expect(message.infos.map(\.senderName) == ["长宁区值守系统", "Changning District duty system"])
        #expect(message.infos.map { $0.areas.map(\.description) } == [["长宁区"], ["Changning District"]])
        for info in message.infos {
            #expect(info.categories == [.environment])
            #expect(info.areas.first?.geocodes == [.init("GB/T 2260", "310105")])
            #expect(info.urgency == .expected)
            #expect(info.severity == .severe)
            #expect(info.certainty == .observed)
            #expect(info.responseTypes == [.execute])
            for name in ["serial", "job", "subject", "indicator", "state", "fact.class", "fact.target"] {
                #expect(info.parameters.contains { $0.name == name }, "\(name)")
            }
        }
        #expect(message.infos[0].parameters.contains(.init("alertLevel", "严重")))
        #expect(message.infos[1].parameters.contains(.init("alertLevel", "critical")))
        #expect(message.infos[0].headline?.hasPrefix("【") == true)
        #expect(message.infos[0].description?.contains("GB 3838-2002") == true)
        #expect(message.infos[0].instruction?.contains("解除：") == true)
    }

    @Test func everyDepartmentGetsTheSameMessage() throws {
        let writer = NoticeWriter(words: notices.configuration.words)
        let documents = (1...2).map { sequence in
            writer.notice(
                of: notices.change(.raised),
                to: .init(department: "d\(sequence)", formats: [.cap]),
                sequence: Int64(sequence),
                notices.circumstances()
            ).documents
        }
        #expect(documents[0].map(\.bytes) == documents[1].map(\.bytes))
        #expect(documents[0].first?.fileName.hasSuffix("-r001-alert.cap.xml") == true)
    }

    @Test func aLongHeadlineIsCut() throws {
        var assessment = Assessment.verdict(.critical, facts: CAPNotices.facts)
        for letter in ["水", "𠀀", "👨‍👩‍👧‍👦"] {
            assessment.name = String(repeating: letter, count: 300)
            assessment.facts["section"] = .text(assessment.name)
            for headline in try notices.message(notices.change(.raised, assessment: assessment)).infos.map(\.headline) {
                let headline = try #require(headline)
                #expect((120...140).contains(headline.utf16.count))
                #expect(headline.hasSuffix("…"))
            }
        }
    }

    @Test func jobsThatAreExercisesSaySo() throws {
        let change = notices.change(.raised)
        let message = try notices.message(change, notices.circumstances(isExercise: true))
        #expect(message.status == .exercise)
        #expect(message.note?.contains("river-sections") == true)
        #expect(CAPRules.violations(of: message).isEmpty)
        #expect(try notices.message(change).note == nil)
    }

    @Test func whatIsAboutDutydIsOfTheSystem() throws {
        let change = notices.change(.raised, assessment: .verdict(.warning, indicator: "coverage"))
        #expect(try notices.message(change, notices.circumstances(kind: "calendar-coverage")).status == .system)
    }

    @Test func acknowledgementsAndReasonsGoAlong() throws {
        let acknowledgement = Acknowledgement(
            author: "duty",
            note: "seen",
            at: CAPNotices.now,
            until: CAPNotices.now.adding(seconds: 5 * Self.day)
        )
        let change = notices.change(
            .eased,
            after: told,
            acknowledgement: acknowledgement,
            reason: "corrected <b>data</b>"
        )
        let parameters = try #require(try notices.message(change).infos.first).parameters
        #expect(parameters.contains(.init("ack.by", "duty")))
        #expect(parameters.contains(.init("ack.until", "2024-04-10T09:00:00+08:00")))
        #expect(parameters.contains(.init("reason", "corrected ＜b>data＜/b>")))
    }

    @Test(
        "a message that breaks a rule stays back and nothing else does",
        arguments: [
            ("description", "{subject}", "description"), ("headline", " ", "empty"), ("sender", " ", "sender-name"),
        ]
    )
    func withheld(field: String, words: String, rule: String) throws {
        var files = try SettingsFiles.shipped()
        let path = "words/en/cap.yaml"
        let lines = try #require(files.settings[path]).split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix("\(field):") })
        let end = lines[(start + 1)...].firstIndex { !$0.hasPrefix(" ") } ?? lines.endIndex
        files.settings[path] = (lines[..<start] + ["\(field): \"\(words)\""] + lines[end...]).joined(separator: "\n")
        if rule == "description" { files.settings[path]?.replace("[{slip}] {subject}", with: "{subject}") }
        let configuration = try files.read()
        func notice(_ formats: [NoticeFormat]) -> Notice {
            NoticeWriter(words: configuration.words).notice(
                of: notices.change(.raised),
                to: .init(department: "d", formats: formats),
                sequence: 1,
                notices.circumstances(cap: configuration.cap)
            )
        }
        let all = notice([.text, .json, .cap])
        if rule == "empty" {
            // A message may do without a headline.
            #expect(all.withheld.isEmpty)
            return
        }
        #expect(all.withheld.map(\.key) == [rule])
        #expect(all.documents.map { $0.fileName.suffix(4) } == [".txt", "json"])
        #expect(notice([.cap]).documents.map { $0.fileName.suffix(4) } == [".txt"])
        #expect(notice([.text]).withheld.isEmpty)
    }

    @Test func withoutSettingsTheTextGoes() throws {
        let circumstances = NoticeWriter.Circumstances(
            job: "j",
            kind: "stock",
            run: 1,
            sent: CAPNotices.now,
            asOf: CAPNotices.now,
            zone: .utc,
            generator: "g",
            departmentNames: [:]
        )
        let notice = NoticeWriter(words: notices.configuration.words)
            .notice(
                of: notices.change(.raised),
                to: .init(department: "d", formats: [.cap]),
                sequence: 1,
                circumstances
            )
        #expect(notice.withheld.count == 1)
        #expect(notice.documents.map { $0.fileName.suffix(4) } == [".txt"])
    }
}
