// The documents for machines held against the schemas that departments get, by a validator that nobody here wrote.

import Alerts
import Almanac
import Checks
import Foundation
import JSON
import Records
import TestKit
import Testing

@Suite struct NoticeSchemaTests {
    /// What the validator says of each document: `valid`, or what is wrong with it.
    private static func verdicts(on documents: [JSONValue], schema: String) throws -> [String] {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let process = Process()
        process.executableURL = tests.appending(path: "../../.build/oracles/jsonschema/bin/python")
        process.arguments = [
            tests.appending(path: "Oracles/validate.py").path,
            tests.appending(path: "../../Config/schemas/\(schema).schema.json").standardized.path,
        ]
        let folder = try ScratchFolder()
        let input = URL(fileURLWithPath: folder.path).appending(path: "documents")
        let output = URL(fileURLWithPath: folder.path).appending(path: "verdicts")
        try Data((documents.map { $0.text(.line) + "\n" }.joined()).utf8).write(to: input)
        try Data().write(to: output)
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        process.waitUntilExit()
        let lines = try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map(String.init)
        try #require(process.terminationStatus == 0 && lines.count == documents.count)
        return lines
    }

    private static func notices() throws -> [JSONValue] {
        let acknowledgement = Acknowledgement(
            author: "duty",
            note: "ok",
            at: Instant(seconds: 1_714_000_000),
            until: Instant(seconds: 1_714_900_000),
            department: "water"
        )
        let policy = AlertPolicy(
            remindEvery: Term(5, .workingDays),
            escalation: [AlertPolicy.EscalationStep(after: Term(3, .workingDays), to: ["office"])]
        )
        let words = try Words.shipped()
        return try Notices.indicators.flatMap { kind, indicator in
            try Change.Kind.allCases.flatMap { change in
                try [nil, acknowledgement].map { acknowledgement in
                    let story = Notices.Story(
                        kind: change,
                        state: acknowledgement == nil ? .critical : .warning,
                        indicator: indicator,
                        facts: try Notices.facts(ofKind: kind, indicator),
                        gaps: [Gap(.blank, "TP", at: RowReference(file: "a.csv", line: 2))],
                        occasion: change == .escalated ? .notAcknowledged : nil,
                        reason: change == .withdrawn ? "in error" : nil,
                        acknowledgement: acknowledgement
                    )
                    let circumstances = try Notices.circumstances(kind: kind, policy: policy)
                    return try Notices.json(try Notices.notice(of: story, circumstances, words: words))
                }
            }
        }
    }

    @Test func `notices of every kind and change are valid`() throws {
        let documents = try Self.notices()
        #expect(documents.count == Notices.indicators.count * Change.Kind.allCases.count * 2)
        let verdicts = try Self.verdicts(on: documents, schema: "notice")
        #expect(verdicts.allSatisfy { $0 == "valid" }, "\(verdicts.filter { $0 != "valid" }.prefix(3))")
    }

    @Test func `return slips of every outcome and reason are valid`() throws {
        var gone = try Slips.slip()
        gone.withdrawn = [
            Slip.Withdrawal(
                file: "a.csv",
                firstSeen: Instant(seconds: 1_712_000_000),
                gone: Instant(seconds: 1_712_100_000),
                rows: nil
            )
        ]
        var rivals = try Slips.slip()
        rivals.superseded = [Slip.Rival(file: "b.csv", rows: 2, samples: ["JA-01 2024-03"])]
        rivals.contradicted = rivals.superseded
        let rejects = Reject.Reason.allCases.flatMap { reason in
            [
                Slips.reject(reason),
                Slips.reject(
                    reason,
                    Slips.nitrogen,
                    at: (2, 3),
                    found: "x",
                    expected: "y",
                    nearest: "z",
                    detail: .row(RowReference(file: "b.csv", line: 2))
                ),
            ]
        }
        let slips = [
            gone, rivals, try Slips.slip(replaces: "2024-04-01T17:30:00+08:00", rejects: rejects),
            try Slips.slip(encoding: nil, isUsable: false) { $0.rowsAccepted = 0 },
        ]
        let verdicts = try Self.verdicts(
            on: try slips.map { try Slips.json(try Slips.notice(of: $0)) },
            schema: "slip"
        )
        #expect(verdicts == Array(repeating: "valid", count: slips.count))
    }

    @Test(arguments: ["serial", "revision", "state", "words", "sent", "schema"])
    func `a document that lacks what readers count on, or says it otherwise, is refused`(name: String) throws {
        guard case .object(let members) = try Notices.json(try Notices.notice(of: Notices.Story())) else { return }
        func document(_ value: JSONValue?) -> JSONValue {
            .object(members.filter { $0.name != name } + (value.map { [JSONValue.Member(name, $0)] } ?? []))
        }
        let whole = try #require(members.first { $0.name == name }?.value)
        let verdicts = try Self.verdicts(on: [document(whole), document(nil), document("x")], schema: "notice")
        #expect(verdicts[0] == "valid")
        #expect(verdicts[1].contains("'\(name)' is a required property"))
        #expect(verdicts[2] != "valid")
    }
}
