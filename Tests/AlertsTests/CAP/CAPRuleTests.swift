// What keeps a message of the Common Alerting Protocol back: each rule kept and broken.

import Alerts
import Almanac
import Diagnostics
import Records
import TestKit
import Testing

extension CAPMessage {
    /// An update in two languages that keeps every rule.
    static var sound: CAPMessage {
        func info(_ language: String, _ words: String) -> Info {
            var info = Info(
                language: language,
                categories: [.environment],
                event: "\(words) event",
                urgency: .expected,
                severity: .severe,
                certainty: .observed
            )
            info.eventCodes = [NamedValue("code", "class")]
            info.effective = CAPTime(text: "2024-04-05T09:00:00+08:00")
            info.expires = CAPTime(text: "2024-05-05T09:00:00+08:00")
            (info.senderName, info.headline, info.description) = ("sender", "\(words) headline", "\(words) description")
            info.web = "https://duty.example.org/a?b=c#d"
            var area = Area(description: "district")
            area.polygons = ["31.24,121.33 31.24,121.43 31.19,121.43 31.19,121.33 31.24,121.33"]
            area.circles = ["31.2,121.4 5", "31.2,121.4 0"]
            (area.altitude, area.ceiling) = (ExactDecimal("10"), ExactDecimal("10.0"))
            info.areas = [area]
            return info
        }
        var message = CAPMessage(
            identifier: "CN-RIV-2024-000003-r003",
            sender: "dutyd@example.org",
            sent: CAPTime(text: "2024-04-05T09:00:00+08:00"),
            status: .actual,
            type: .update,
            scope: .restricted,
            infos: [info("zh-CN", "水质"), info("en-US", "water")]
        )
        message.restriction = "仅限区内部使用"
        message.references = [
            reference("r001", "2024-03-05T09:00:00+08:00"), reference("r002", "2024-04-04T09:00:00+08:00"),
        ]
        return message
    }

    static func reference(_ revision: String, _ sent: String, sender: String = "dutyd@example.org") -> Reference {
        Reference(sender: sender, identifier: "CN-RIV-2024-000003-\(revision)", sent: CAPTime(text: sent))
    }
}

@Suite struct CAPRuleTests {
    /// A message that breaks one rule, in words.
    struct Breach: Sendable, CustomTestStringConvertible {
        let rule: String
        let what: String
        let change: @Sendable (inout CAPMessage) -> Void
        var testDescription: String { "\(rule): \(what)" }

        init(_ rule: String, _ what: String, _ change: @escaping @Sendable (inout CAPMessage) -> Void) {
            self.rule = rule
            self.what = what
            self.change = change
        }
    }

    @Test func aSoundMessageBreaksNoRule() {
        #expect(CAPRules.violations(of: .sound).map(\.message) == [])
    }

    @Test("each rule is broken by what it forbids and by nothing else", arguments: breaches)
    func rule(breach: Breach) throws {
        var message = CAPMessage.sound
        breach.change(&message)
        let violations = CAPRules.violations(of: message)
        #expect(Set(violations.compactMap(\.key)) == [breach.rule])
        let rule = try #require(CAPRules.all.first { $0.name == breach.rule })
        #expect(rule.violations(in: .sound).isEmpty)
        #expect(violations.allSatisfy { $0.severity == rule.severity })
    }

    @Test func everyRuleHasItsBreach() {
        #expect(Set(CAPRules.all.map(\.name)) == Set(Self.breaches.map(\.rule)))
        #expect(Set(CAPRules.all.map(\.name)).count == CAPRules.all.count)
    }

    @Test("what is merely discouraged keeps no message back", arguments: ["unknown-level", "local-time", "same-text"])
    func warnings(name: String) throws {
        #expect(try #require(CAPRules.all.first { $0.name == name }).severity == .warning)
        #expect(CAPRules.all.filter { $0.severity == .warning }.count == 3)
    }

    private static let breaches: [Breach] =
        naming + chain + scopes + texts + times + places
        + ["zh_CN", "", "chinesisch", "zh-", "中文"].map { tag in
            Breach("language-tag", tag) { $0.infos[0].language = tag }
        } + [
            Breach("same-matter", "another category") { $0.infos[1].categories.append(.health) },
            Breach("same-matter", "another code") { $0.infos[1].eventCodes = [] },
            Breach("language-twice", "zh-CN") { $0.infos[1].language = "zh-CN" },
            Breach("same-text", "one for both") {
                $0.infos[1].headline = $0.infos[0].headline
                $0.infos[1].description = $0.infos[0].description
            },
        ]

    private static let naming = ["", "a b", "a,b", "a<b", "a&b", "a\u{3000}b", "a\nb", "a\u{1}b"].flatMap { name in
        [
            Breach("identifier-characters", "identifier \(name)") { $0.identifier = name },
            Breach("identifier-characters", "sender \(name)") { $0.sender = name },
            Breach("reference-form", name) {
                let time = "2024-03-01T09:00:00+08:00"
                $0.references.insert(CAPMessage.reference("r000", time, sender: name), at: 0)
            },
        ]
    }

    private static let chain = [
        Breach("references-needed", "update") { $0.references = [] },
        Breach("references-needed", "cancel") {
            $0.references = []
            $0.type = .cancel
        },
        Breach("references-not-allowed", "alert") { $0.type = .alert },
        Breach("self-reference", "itself") {
            $0.references.append(CAPMessage.reference("r003", "2024-04-05T09:00:00+08:00"))
        },
        Breach("later-reference", "a second later") {
            $0.references.append(CAPMessage.reference("r004", "2024-04-05T09:00:01+08:00"))
        },
        Breach("later-reference", "in another zone") {
            $0.references.append(CAPMessage.reference("r004", "2024-04-05T01:00:01-00:00"))
        },
        Breach("reference-order", "backwards") { $0.references.reverse() },
        Breach("reference-order", "twice") { $0.references.append($0.references[1]) },
    ]

    private static let scopes = [
        Breach("restriction", "missing") { $0.restriction = nil },
        Breach("restriction", "public") { $0.scope = .public },
        Breach("addresses", "nobody") {
            $0.scope = .private
            $0.restriction = nil
        },
        Breach("note", "exercise") { $0.status = .exercise },
        Breach("note", "error") { $0.type = .error },
    ]

    private static let texts =
        [
            Breach("info", "none") { $0.infos = [] },
            Breach("category", "none") { for index in $0.infos.indices { $0.infos[index].categories = [] } },
            Breach("empty-text", "event") { $0.infos[0].event = "" },
            Breach("empty-text", "area") { $0.infos[0].areas[0].description = " \n" },
            Breach("empty-text", "value") { $0.infos[0].parameters = [.init("name", "")] },
            Breach("empty-text", "note") { $0.note = "\t" },
            Breach("headline-length", "141") { $0.infos[0].headline = String(repeating: "水", count: 141) },
            Breach("headline-length", "71 × 2") { $0.infos[0].headline = String(repeating: "𠀀", count: 71) },
            Breach("description", "repeated") { $0.infos[0].description = $0.infos[0].headline },
            Breach("unknown-level", "urgency") { $0.infos[0].urgency = .unknown },
            Breach("unknown-level", "severity") { $0.infos[0].severity = .unknown },
            Breach("unknown-level", "certainty") { $0.infos[0].certainty = .unknown },
            Breach("sender-name", "none") { $0.infos[0].senderName = nil },
        ]
        + ["<b>桥</b>", "a<br/>", "<!-- -->", "&nbsp;", "&#20320;", "&#x4f60;"].map { text in
            Breach("markup", text) { $0.infos[0].description = text }
        }
        + ["", "/a", "a.html", "www.example.org", "http:", "https://a b", "https://例"].map { address in
            Breach("web", address) { $0.infos[0].web = address }
        }

    private static let times =
        [
            "2024-04-05T01:00:00Z", "2024-04-05T09:00:00.5+08:00", "2024-04-05T09:00:00+0800",
            "2024-04-05T09:00:00,08:00",
            "2024-02-30T09:00:00+08:00", "2024-04-05T09:00:00+14:01", "2024-04-05T09:00:60+08:00",
            "2024-04-05 09:00:00+08:00",
            "0000-04-05T09:00:00+08:00", "",
        ].map { time in Breach("time-form", time) { $0.infos[0].onset = CAPTime(text: time) } } + [
            Breach("expires", "none") { $0.infos[0].expires = nil },
            Breach("expires-order", "before sent") {
                $0.infos[0].effective = nil
                $0.infos[0].expires = CAPTime(text: "2024-04-05T08:59:59+08:00")
            },
            Breach("expires-order", "before effective") {
                $0.infos[0].effective = CAPTime(text: "2024-06-05T09:00:00+08:00")
            },
            Breach("local-time", "UTC") {
                $0.sent = CAPTime(text: "2024-04-05T01:00:00-00:00")
                $0.type = .alert
                $0.references = []
                for index in $0.infos.indices {
                    $0.infos[index].effective = nil
                    $0.infos[index].expires = CAPTime(text: "2024-05-05T01:00:00+00:00")
                }
            },
        ]

    private static let places =
        [
            Breach("area", "none") { $0.infos[0].areas = [] },
            Breach("ceiling", "alone") { $0.infos[0].areas[0].altitude = nil },
            Breach("ceiling", "below") { $0.infos[0].areas[0].ceiling = ExactDecimal("9.9") },
            Breach("polygon-crossing", "bow tie") { $0.infos[0].areas[0].polygons = ["0,0 1,1 1,0 0,1 0,0"] },
            Breach("polygon-crossing", "touching") { $0.infos[0].areas[0].polygons = ["0,0 0,4 2,4 0,2 2,0 0,0"] },
        ]
        + ["", "0,0 0,1 1,1 1,0", "0,0 0,1 0,0", "0,0,0 1,1 2,0 0,0", "0,0 0,x 1,1 0,0", "91,0 0,1 1,1 91,0"].map {
            polygon in
            Breach("polygon-form", polygon) { $0.infos[0].areas[0].polygons.append(polygon) }
        }
        + ["", "31,121", "31,121 -1", "31 121 5", "31,181 5", "31,121 nan", "31,121  5"].map { circle in
            Breach("circle-form", circle) { $0.infos[0].areas[0].circles.append(circle) }
        }

    @Test(
        "limits and comparisons are no markup",
        arguments: ["<0.05", "a < b > c", "R&D 1;", "3<x", "& ;", "&;", "<桥>"]
    )
    func plainTexts(text: String) {
        var message = CAPMessage.sound
        message.infos[0].description = text
        #expect(CAPRules.violations(of: message).isEmpty)
    }

    @Test(
        "times are written with the offset in force, cut to the second",
        arguments: [
            ("Asia/Shanghai", "2024-04-05T09:00:00+08:00"), ("UTC", "2024-04-05T01:00:00-00:00"),
            ("America/St_Johns", "2024-04-04T22:30:00-02:30"),
        ]
    )
    func times(zone: String, expected: String) throws {
        // 2024-04-05 01:00:00.999999 UTC
        let instant = Instant(microseconds: 1_712_278_800_999_999)
        let time = CAPTime(instant, in: try SettingsFiles.zone(named: zone))
        #expect(time.text == expected)
        #expect(time.instant == Instant(seconds: 1_712_278_800))
    }
}
