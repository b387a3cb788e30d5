// Files that are no settings at all: each says where, and what to do about it, in words of whoever wrote it.

import Diagnostics
import Jobs
import TestKit
import Testing

@Suite struct WholeFileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let message: String

        init(_ text: String, _ message: String) { self.init(Array(text.utf8), message) }

        init(_ bytes: [UInt8], _ message: String) {
            self.bytes = bytes
            self.message = message
        }

        var testDescription: String { message }
    }

    private static func read(_ bytes: [UInt8]) throws -> Configuration {
        let settings = SettingsFiles.district.settings.map {
            SettingsFile(path: $0.key, displayName: $0.key, bytes: Array($0.value.utf8))
        }
        let job = SettingsFile(path: "other.yaml", displayName: "other.yaml", bytes: bytes)
        return try Configuration(settings: settings, jobs: [job], zone: SettingsFiles.zone)
    }

    /// 断面 and 标题 in GB18030.
    private static let title: [UInt8] = [0xB6, 0xCF, 0xC3, 0xE6]

    private static let cases = [
        Case(
            "",
            "other.yaml:1:1: error: the file is empty: expected key: value; copy it again from what was installed, or remove the file"
        ),
        Case(
            "# nothing\n\n",
            "other.yaml:1:1: error: the file is empty: expected key: value; copy it again from what was installed, or remove the file"
        ),
        Case(
            "job: other\nschedule:\n\ton: daily\n",
            "other.yaml:3:1: error: a tab stands in the indentation: found \"\\t\", expected blanks; replace each tab by two blanks; most editors can do so for the whole file"
        ),
        Case(
            "job: other\nschedule:\n  on: daily\n  \tcatch-up: none\n",
            "other.yaml:4:3: error: a tab stands in the indentation: found \"\\t\", expected blanks; replace each tab by two blanks; most editors can do so for the whole file"
        ),
        Case(
            "job: other\nserial: A\njob: river\n",
            "other.yaml:3:1: error: a key stands twice: found \"job\"; keep one of them"
        ),
        Case(
            "job: other\nschedule:\n  on: daily\n  offset: 1 working day\n  on: weekly\n",
            "other.yaml:5:3: error: a key stands twice: found \"on\"; keep one of them"
        ),
        Case(
            "list:\n  - a: 1\n    ab: 2\n    a: 3\n",
            "other.yaml:4:5: error: a key stands twice: found \"a\"; keep one of them"
        ),
        Case(
            "title: {zh: a, zh: b}\n",
            "other.yaml:1:9: error: a key stands twice: found \"zh\"; keep one of them"
        ),
        Case(
            Array("job: other\ntitle: {zh: ".utf8) + title + Array("}\n".utf8),
            "other.yaml:2:13: error: the file is not UTF-8 text: found \"GB18030\", expected UTF-8; save it as UTF-8 (另存为，编码选 UTF-8), or: iconv -f GB18030 -t UTF-8"
        ),
        Case(
            [0xFF, 0xFE, 0x61, 0x00, 0x3A, 0x00],
            "other.yaml:1:1: error: the file is not UTF-8 text: found \"UTF-16LE\", expected UTF-8; save it as UTF-8 (另存为，编码选 UTF-8), or: iconv -f UTF-16LE -t UTF-8"
        ),
        Case(
            Array("job: other\ntitle: 断面水质月度核查断面".utf8) + [0xFF] + Array("\n".utf8),
            "other.yaml:2:18: error: the file is not UTF-8 text: found \"damaged bytes\", expected UTF-8; write the characters there again"
        ),
        Case(
            "job: other\u{0}\n",
            "other.yaml:1:11: error: a control character stands in the text: found \"\\u{0}\"; remove it; an editor may show it as a box, or not at all"
        ),
        Case(
            "job：other\n",
            "other.yaml:1:1: error: this must be a list of keys with values: found \"job：other\", expected key: value; write a half-width colon with a blank behind it: job: other"
        ),
        Case(
            "job: other\nserial：OTH\nperiod: day\n",
            "other.yaml:2:7: error: a full-width colon ends no key: found \"：\", expected key: value; write a half-width colon with a blank behind it: serial: OTH"
        ),
        Case(
            "job:other\n",
            "other.yaml:1:1: error: this must be a list of keys with values: found \"job:other\", expected key: value; write a blank behind the colon: job: other"
        ),
        Case(
            "job: \"other\n",
            "other.yaml:2:1: error: this is not readable YAML: found unexpected end of stream; check indentation, colons and quotes"
        ),
    ]

    @Test(arguments: cases)
    func `a file that is no settings says where and what to do`(file: Case) throws {
        let configuration = try Self.read(file.bytes)
        #expect(configuration.problems.map(\.description) == [file.message])
        #expect(configuration.brokenJobs["other"] == configuration.problems)
    }

    @Test func `a byte order mark and a tab within a text harm nobody`() throws {
        var files = SettingsFiles.district
        let job = try #require(files.jobs["river.yaml"])
        files.jobs["river.yaml"] =
            "\u{FEFF}" + job.replacing("{zh: 断面核查, en: Sections}", with: "{zh: \"断面\t核查\", en: Sections}")
        let configuration = try files.read()
        #expect(configuration.problems == [])
        #expect(configuration.job(named: "river")?.title.zh == "断面\t核查")
    }
}
