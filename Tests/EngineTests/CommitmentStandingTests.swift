// How commitments stand by the last verdicts of their jobs.

import Almanac
import Checks
import Engine
import Jobs
import TestKit
import Testing

@Suite struct CommitmentStandingTests {
    /// The shipped commitment of that number.
    private static func commitment(_ id: String) throws -> Commitment {
        try #require(try Configuration.shipped().commitments.first { $0.id == id })
    }

    private static func verdict(_ subject: String, _ state: Assessment.State) -> LastVerdict {
        LastVerdict(
            subject: subject,
            indicator: "x",
            state: state,
            name: subject,
            facts: "{}",
            asOf: Instant(seconds: 0)
        )
    }

    @Test(
        "a watched promise is as good as its worst verdict, and what is not known is not kept",
        arguments: [
            ([.ok, .ok], CommitmentStanding.Status.kept), ([.ok, .warning], .atRisk),
            ([.warning, .critical, .ok], .broken), ([.ok, .unknown], .noData), ([.unknown, .critical], .broken),
            ([], .noData),
        ] as [([Assessment.State], CommitmentStanding.Status)]
    )
    func watched(states: [Assessment.State], status: CommitmentStanding.Status) throws {
        let verdicts = states.enumerated().map { Self.verdict("N\($0)/DL-NPC-01", $1) }
        let others = [Self.verdict("P1/DL-XF-04", .critical)]
        let standing = CommitmentStanding(try Self.commitment("C127"), last: verdicts + others, isJobUsable: true)
        #expect(standing.status == status)
        #expect(standing.verdicts.count == states.count)
    }

    @Test func aJobThatHasNotRunOrCannotRunKnowsNothing() throws {
        let commitment = try Self.commitment("C127")
        #expect(CommitmentStanding(commitment, last: nil, isJobUsable: true).reason == .notRun)
        let broken = CommitmentStanding(commitment, last: [Self.verdict("N1/DL-NPC-01", .ok)], isJobUsable: false)
        #expect(broken.reason == .noJob)
        #expect(broken.status == .noData)
    }

    @Test func aPromiseWithoutAnIndicatorSaysWhoHasToChooseWhateverItsJobFinds() throws {
        let standing = CommitmentStanding(
            try Self.commitment("C002"),
            last: [Self.verdict("C002", .ok)],
            isJobUsable: true
        )
        #expect(standing.status == .noIndicator)
        guard case .toDefine(let by, _) = standing.reason else {
            Issue.record("\(standing.reason)")
            return
        }
        #expect(by == "区民政局")
    }

    @Test func pureDirectionIsNeverMeasured() throws {
        let standing = CommitmentStanding(try Self.commitment("C003"), last: nil, isJobUsable: true)
        #expect(standing.status == .unmeasured)
    }

    @Test func aPromiseThatAwaitsAKindOfCheckSaysSo() throws {
        var files = SettingsFiles.district
        files.settings["commitments.yaml"] = """
            commitments:
              C097: {section: 七-3, zh: 哨点, en: Sentinels, departments: [卫健委], kind: surveillance, measured: in-text,
                     awaits: surveillance, indicator: reports}
            """
        let commitment = try #require(try files.read().commitments.first)
        let standing = CommitmentStanding(commitment, last: nil, isJobUsable: false)
        #expect(standing.status == .noData)
        #expect(standing.reason == .awaitsCheck("surveillance"))
    }
}
