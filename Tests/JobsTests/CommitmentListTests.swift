// The list of commitments: all of them are there, and jobs and commitments know of each other.

import Diagnostics
import Jobs
import TestKit
import Testing

@Suite struct CommitmentListTests {
    private static let list = """
        commitments:
          C060:
            section: 六-3
            zh: 保持断面达标
            en: Sections stay compliant
            departments: [区生态环境局]
            kind: section-compliance
            measured: in-text
            job: river
            subjects: ["*"]
            indicator: 9 sections

        """

    /// The district's files with this list.
    private static func read(_ list: String, job: (String) -> String = { $0 }) throws -> Configuration {
        var files = SettingsFiles.district
        files.settings["commitments.yaml"] = list
        files.jobs["river.yaml"] = files.jobs["river.yaml"].map(job)
        return try files.read()
    }

    @Test func everyPromiseOfTheReportIsThereInItsOrder() throws {
        let configuration = try Configuration.shipped()
        #expect(configuration.problems == [])
        let all = configuration.commitments
        #expect(all.map(\.id) == (1...128).map { "C" + String(1000 + $0).dropFirst() })
        #expect(all.count { $0.measure == .inText } == 50)
        #expect(all.count { $0.measure == .byIndicator } == 68)
        #expect(all.count { $0.measure == .not } == 10)
        // Nobody chooses a measure in a department's place, and it is said whose choice it is.
        for row in all where row.measure == .byIndicator {
            #expect(row.indicator == nil && row.definedBy != nil && row.toDefine != nil, "\(row.id)")
        }
        // What is measured has a job, and pure direction has none.
        for row in all { #expect((row.job != nil) == (row.measure != .not), "\(row.id)") }
    }

    @Test func aListAndAJobThatAgreeHaveNoComplaints() throws {
        #expect(try Self.read(Self.list).problems == [])
    }

    @Test(
        "a commitment without a job, and a job without a commitment, are warnings",
        arguments: [
            ("    job: river\n", "", "", ["commitments.C060"]),
            ("job: river\n", "job: rivers\n", "", ["commitments.C060.job"]),
            ("C060", "C061", "", ["commitments", "commitments"]),
            ("", "", "commitments: []", ["commitments", "commitments"]),
        ]
    )
    func disagreements(piece: String, replacement: String, line: String, keys: [String]) throws {
        let configuration = try Self.read(piece.isEmpty ? Self.list : Self.list.replacing(piece, with: replacement)) {
            job in
            line.isEmpty ? job : job.replacing("commitments: [C060]", with: line)
        }
        #expect(configuration.problems.allSatisfy { $0.severity == .warning })
        #expect(configuration.problems.compactMap(\.key) == keys, "\(configuration.problems)")
        // A warning costs nothing.
        #expect(configuration.job(named: "river") != nil)
    }

    @Test func aRowThatCannotBeReadIsNamedAndTheOthersAreThere() throws {
        let configuration = try Self.read(Self.list + "  C061: {section: 六-3}\n")
        #expect(configuration.commitments.map(\.id) == ["C060"])
        let places = configuration.problems.compactMap(\.position).filter { $0.file == "commitments.yaml" }
        #expect(places.map(\.line).contains(12), "\(configuration.problems)")
    }
}
