// Messages of the Common Alerting Protocol as receivers read them, judged by the standard's schema and others' parsers.

import Alerts
import Almanac
import Checks
import Diagnostics
import Foundation
import Jobs
import Records
import TestKit
import Testing

@Suite struct CAPDocumentTests {
    /// A message with every element that there is.
    private static var full: CAPMessage {
        var message = CAPMessage.sound
        (message.source, message.note) = ("dutyd", "note")
        (message.addresses, message.codes, message.incidents) = (["a", "b c"], ["x", "y"], ["9f3a1c02", "two words"])
        var resource = CAPMessage.Resource(description: "map", mediaType: "image/png")
        (resource.size, resource.address) = (12, "https://duty.example.org/map.png")
        (resource.content, resource.digest) = ("AAAA", "da39a3ee5e6b4b0d3255bfef95601890afd80709")
        message.infos[0].resources = [resource]
        message.infos[0].responseTypes = CAPMessage.Info.ResponseType.allCases
        message.infos[0].categories = CAPMessage.Info.Category.allCases
        (message.infos[0].audience, message.infos[0].contact) = ("all", "telephone")
        message.infos[0].onset = CAPTime(text: "2024-04-05T09:00:00+08:00")
        message.infos[0].instruction = "do"
        message.infos[0].parameters = [.init("name", "value")]
        message.infos[0].areas[0].geocodes = [.init("GB/T 2260", "310105")]
        return message
    }

    @Test func everyElementStandsInItsPlace() throws {
        let reading = try #require(try CAPReading.read([Self.full.xml]).first)
        #expect(reading.isValid)
        #expect(reading.texts("/alert/addresses") == ["a \"b c\""])
        #expect(reading.texts("/alert/incidents") == ["9f3a1c02 \"two words\""])
        #expect(reading.texts("/alert/references") == [Self.full.references.map(\.text).joined(separator: " ")])
        #expect(reading.texts("/alert/info/resource/size") == ["12"])
        #expect(Set(reading.elements.map(\.path)).count == 47)
    }

    @Test("every word of the standard is spelt as its schema has it")
    func words() throws {
        var messages: [CAPMessage] = []
        for status in CAPMessage.Status.allCases {
            messages.append(Self.full); messages[messages.count - 1].status = status
        }
        for type in CAPMessage.MessageType.allCases {
            messages.append(Self.full); messages[messages.count - 1].type = type
        }
        for scope in CAPMessage.Scope.allCases {
            messages.append(Self.full); messages[messages.count - 1].scope = scope
        }
        for urgency in CAPMessage.Info.Urgency.allCases {
            messages.append(Self.full)
            messages[messages.count - 1].infos[0].urgency = urgency
        }
        for severity in CAPMessage.Info.Severity.allCases {
            messages.append(Self.full)
            messages[messages.count - 1].infos[0].severity = severity
        }
        for certainty in CAPMessage.Info.Certainty.allCases {
            messages.append(Self.full)
            messages[messages.count - 1].infos[0].certainty = certainty
        }
        #expect(try CAPReading.read(messages.map(\.xml)).filter { !$0.isValid }.count == 0)
    }

    @Test("the schema refuses what our rules refuse of it", arguments: ["zh_CN", "chinesisch"])
    func languageTags(tag: String) throws {
        var message = Self.full
        message.infos[0].language = tag
        #expect(try CAPReading.read([message.xml]).map(\.isValid) == [false])
    }

    @Test(
        "the schema and our rule agree about times",
        arguments: [
            "2024-04-05T09:00:00+08:00", "2024-04-05T01:00:00-00:00", "2024-04-05T09:00:00+14:00",
            "2024-02-29T23:59:59-11:30",
            "2024-04-05T01:00:00Z", "2024-04-05T09:00:00.5+08:00", "2024-04-05T09:00:00+0800",
            "2024-04-05T09:00:00,08:00",
            "2024-02-30T09:00:00+08:00", "2023-02-29T09:00:00+08:00", "2024-04-05T09:00:00+14:01",
            "2024-04-05T09:00:60+08:00",
            "0000-04-05T09:00:00+08:00", "2024-04-05T25:00:00+08:00", "20240-04-05T09:00:00+08:00",
        ]
    )
    func times(text: String) throws {
        var message = Self.full
        message.infos[0].onset = CAPTime(text: text)
        let isKept = !CAPRules.violations(of: message).contains { $0.key == "time-form" }
        #expect(try CAPReading.read([message.xml]).map(\.isValid) == [isKept])
    }

    @Test(
        "what XML cannot carry is shown and everything else comes through",
        arguments: [
            ("a\u{0}b\u{1F}c\u{7F}d", "a\\u{0}b\\u{1f}c\\u{7f}d"), ("line\r\nline", "line\\r\nline"),
            ("\u{FFFE}\u{FFFF}", "\\u{fffe}\\u{ffff}"),
            ("\u{202E}x\u{2028}", "\\u{202e}x\\u{2028}"), ("<&>\"']]>", "<&>\"']]>"),
            ("𠀀👨‍👩‍👧‍👦é\u{10FFFF}", "𠀀👨‍👩‍👧‍👦é\u{10FFFF}"),
            ("a\tb\nc", "a\tb\nc"), ("&amp; <b>", "&amp; <b>"),
        ]
    )
    func escapes(text: String, shown: String) throws {
        var message = Self.full
        message.infos[0].description = text
        message.infos[0].areas[0].description = text
        let reading = try #require(try CAPReading.read([message.xml]).first)
        #expect(reading.isValid)
        #expect(reading.texts("/alert/info/description").first.map { Array($0.utf8) } == Array(shown.utf8))
        #expect(reading.texts("/alert/info/area/areaDesc").first.map { Array($0.utf8) } == Array(shown.utf8))
    }

    @Test("xmllint reads it without a word") func wellFormed() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/full.cap.xml"
        var message = Self.full
        message.infos[0].description = "\u{0}<b>&\u{FFFE}𠀀"
        try Data(message.xml.utf8).write(to: URL(fileURLWithPath: path))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/xmllint")
        process.arguments = ["--noout", path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func whateverTablesHoldEveryMessageIsSound() throws {
        let notices = try CAPNotices()
        let writer = NoticeWriter(words: notices.configuration.words)
        let profile = try #require(notices.configuration.cap)
        var chance = SeededGenerator(seed: 20240405)
        var messages: [CAPMessage] = []
        for _ in 0..<150 {
            let (change, circumstances) = notices.random(using: &chance)
            messages.append(writer.message(of: change, by: profile, circumstances))
        }
        let broken = messages.flatMap { CAPRules.violations(of: $0) }
        #expect(Set(broken.map(\.message)) == [])
        for (message, reading) in zip(messages, try CAPReading.read(messages.map(\.xml))) {
            #expect(reading.isValid)
            #expect(reading.texts("/alert/identifier") == [message.identifier])
            #expect(reading.texts("/alert/info/headline") == message.infos.map { ($0.headline ?? "").shown })
            #expect(reading.texts("/alert/info/description") == message.infos.map { ($0.description ?? "").shown })
            #expect(
                reading.texts("/alert/info/parameter/value")
                    == message.infos.flatMap { $0.parameters.map(\.value.shown) }
            )
        }
        // Chance has to have tried what it is for.
        #expect(Set(messages.map(\.type)).count == 3)
        #expect(messages.contains { $0.references.count > 3 })
        #expect(messages.contains { message in message.infos.contains { $0.headline?.hasSuffix("…") ?? false } })
    }
}

extension String {
    /// As XML shows what `printable` leaves and XML forbids.
    fileprivate var shown: String {
        replacing("\u{FFFE}", with: "\\u{fffe}").replacing("\u{FFFF}", with: "\\u{ffff}")
    }
}

extension CAPNotices {
    /// A text as only chance and intruders write it.
    private static func text(using chance: inout SeededGenerator) -> String {
        let parts = [
            "桥", "a", " ", "<b>", "</b>", "<", ">", "&", "&amp;", "&#1;", ";", "\"", "'", "\n", "\r\n", "\t", "\u{0}",
            "\u{1B}", "\u{85}",
            "\u{FFFE}", "\u{FFFF}", "\u{202E}", "\u{2028}", "𠀀", "👨‍👩‍👧‍👦", "e\u{301}", "]]>", "<!--", "<![CDATA[", "%s",
            "{name}", ",", "0.05", "\u{200B}",
        ]
        let count = chance.pick([0, 1, 2, 3, 8, 40])
        return (0..<count).map { _ in chance.pick(parts) }.joined()
    }

    /// Some change of some alert of some kind of check.
    func random(using chance: inout SeededGenerator) -> (Change, NoticeWriter.Circumstances) {
        let kind = chance.pick(configuration.words[0].sentences.keys.sorted())
        let indicator = chance.pick((configuration.words[0].sentences[kind] ?? [:]).keys.sorted())
        var facts = Facts()
        for name in (CheckDefinition.factNames(ofKind: kind)?[indicator]?.entries.keys.sorted() ?? []) + [
            "<i>", "other",
        ] {
            let value: Facts.Value? =
                switch Int.random(in: 0..<7, using: &chance) {
                case 0: .integer(Int.random(in: .min ... .max, using: &chance))
                case 1: .flag(true)
                case 2: .texts([Self.text(using: &chance), Self.text(using: &chance)])
                case 3: .list([Facts(["it": .text(Self.text(using: &chance))])])
                case 4: nil
                default: .text(Self.text(using: &chance))
                }
            facts[name] = value
        }
        var assessment = Assessment.verdict(
            chance.pick([.warning, .critical, .ok]),
            of: Self.text(using: &chance),
            indicator: indicator,
            facts: facts,
            gaps: chance.pick([[], [Gap(.blank, Self.text(using: &chance))]])
        )
        assessment.name = Self.text(using: &chance)
        let tellings = (0..<Int.random(in: 0..<6, using: &chance)).map { index in
            telling(index + 1, .reminder, before: Int64((6 - index) * 86_400 * Int.random(in: 1...8, using: &chance)))
        }
        let change = change(
            tellings.isEmpty ? .raised : chance.pick(Change.Kind.allCases),
            after: tellings.sorted { $0.at < $1.at }.enumerated().map { index, telling in
                Telling(
                    revision: index + 1,
                    kind: .reminder,
                    state: .warning,
                    sentText: telling.sentText,
                    at: telling.at
                )
            },
            assessment: assessment,
            reason: chance.pick([nil, Self.text(using: &chance)])
        )
        return (change, circumstances(kind: kind, isExercise: chance.pick([true, false, false])))
    }
}
