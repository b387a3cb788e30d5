// The interface description against the Varlink project's own parser, and the Swift types against the description.

import Control
import Foundation
import JSON
import TestKit
import Testing
import Varlink

@Suite struct ControlInterfaceTests {
    private let declared: DeclaredInterface

    init() throws { declared = try DeclaredInterface() }

    @Test func aVarlinkLibraryReadsTheDescription() {
        #expect(declared.name == ControlInterface.name)
        #expect(
            declared.methods.keys.sorted()
                == [
                    Status.name, ListJobs.name, NextRuns.name, RunJob.name, ListAlerts.name, ListSlots.name,
                    ListFeeds.name, PauseJob.name, ResumeJob.name, Reload.name, ListAccounts.name, GetAlert.name,
                    Acknowledge.name, Withdraw.name, SilenceAlerts.name, Unsilence.name, ListSilences.name,
                    RecordReceipt.name, ListOutbox.name, Resend.name, ListCommitments.name,
                ].sorted()
        )
        #expect(declared.errors.contains("UnknownJob") && declared.errors.contains("BrokenJob"))
    }

    @Test func callsCarryWhatTheDescriptionDeclares() throws {
        #expect(try DeclaredInterface.members(of: Status()) == declared.methods["Status"]?.in)
        #expect(try DeclaredInterface.members(of: ListJobs()) == declared.methods["ListJobs"]?.in)
        #expect(try DeclaredInterface.members(of: NextRuns(job: "x", count: 1)) == declared.methods["NextRuns"]?.in)
        #expect(
            try DeclaredInterface.members(of: RunJob(job: "x", asOf: "y", dryRun: true, knownAt: "z"))
                == declared.methods["RunJob"]?.in
        )
        #expect(try DeclaredInterface.members(of: ListFeeds(feed: "x", count: 1)) == declared.methods["ListFeeds"]?.in)
        #expect(try DeclaredInterface.members(of: ListSlots(job: "x", count: 1)) == declared.methods["ListSlots"]?.in)
        #expect(try DeclaredInterface.members(of: PauseJob(job: "x", note: "y")) == declared.methods["Pause"]?.in)
        #expect(try DeclaredInterface.members(of: ResumeJob(job: "x")) == declared.methods["Resume"]?.in)
        #expect(try DeclaredInterface.members(of: Reload()) == declared.methods["Reload"]?.in)
        #expect(try DeclaredInterface.members(of: ListAccounts()) == declared.methods["ListAccounts"]?.in)
    }

    @Test func repliesCarryWhatTheDescriptionDeclares() throws {
        let file = BlockingFile(feed: "", file: "", since: "", summary: "")
        #expect(try DeclaredInterface.members(of: file) == declared.types["BlockingFile"])
        let next = NextRun(job: "x", slot: "y", remark: "z")
        let status = Status.Reply(
            version: "1",
            now: "",
            rehearsal: false,
            jobs: 1,
            brokenJobs: 0,
            openAlerts: 0,
            waitingNotices: 0,
            problems: [],
            pauses: [],
            awaiting: [],
            inTheWay: [file],
            next: next
        )
        #expect(try DeclaredInterface.members(of: status) == declared.methods["Status"]?.out)
        #expect(try DeclaredInterface.members(of: next) == declared.types["NextRun"])
        let last = LastRun(run: 1, cause: "timer", asOf: "", outcome: "completed", summary: "")
        #expect(try DeclaredInterface.members(of: last) == declared.types["Run"])
        let job = JobEntry(
            name: "x",
            titleZh: "",
            titleEn: "",
            kind: "",
            schedule: "",
            next: "y",
            lastRun: last,
            problems: []
        )
        #expect(try DeclaredInterface.members(of: job) == declared.types["Job"])
        let slot = SlotEntry(
            job: "x",
            slot: "",
            reason: "ran",
            explanation: "",
            since: "",
            run: 1,
            decided: ""
        )
        #expect(try DeclaredInterface.members(of: slot) == declared.types["Slot"])
        let pause = PauseEntry(job: "x", since: "", author: "", note: "")
        #expect(try DeclaredInterface.members(of: pause) == declared.types["Paused"])
        let move = MoveEntry(job: "x", kind: .moved, before: "", after: "", remark: "")
        #expect(try DeclaredInterface.members(of: move) == declared.types["Move"])
        let account = AccountEntry(job: "x", schedule: "", last: "", current: true, next: "")
        #expect(try DeclaredInterface.members(of: account) == declared.types["Account"])
        let reload = Reload.Reply(changed: true, moves: [move], unchanged: 1, problems: [])
        #expect(try DeclaredInterface.members(of: reload) == declared.methods["Reload"]?.out)
        let change = ChangeEntry(serial: "", kind: "", subject: "", name: "", indicator: "", state: "")
        #expect(try DeclaredInterface.members(of: change) == declared.types["Change"])
        let reception = ReceptionEntry(
            file: "",
            version: 1,
            firstSeen: "",
            gone: "x",
            replaces: "y",
            accepted: 1,
            rejectedRows: 0,
            rejectedCells: 0,
            encoding: "UTF-8",
            fingerprint: "z",
            usable: true,
            summary: ""
        )
        #expect(try DeclaredInterface.members(of: reception) == declared.types["Reception"])
        let feed = FeedEntry(
            name: "",
            titleZh: "",
            titleEn: "",
            supplier: "x",
            state: .received,
            last: reception,
            inTheWay: [file]
        )
        #expect(try DeclaredInterface.members(of: feed) == declared.types["Feed"])
        let feeds = ListFeeds.Reply(feeds: [feed], receptions: [reception], total: 1)
        #expect(try DeclaredInterface.members(of: feeds) == declared.methods["ListFeeds"]?.out)
        let run = RunJob.Reply(
            run: 1,
            job: "",
            period: "",
            asOf: "",
            committed: true,
            summary: "",
            changes: [],
            rejects: [],
            gaps: [],
            notices: []
        )
        #expect(try DeclaredInterface.members(of: run) == declared.methods["RunJob"]?.out)
        let commitment = CommitmentEntry(
            id: "",
            section: "",
            textZh: "",
            textEn: "",
            departments: [],
            status: "",
            why: "",
            indicator: "x",
            definition: "x",
            job: "x",
            figure: "x",
            asOf: "x",
            next: "x"
        )
        #expect(try DeclaredInterface.members(of: commitment) == declared.types["Commitment"])
        let commitments = ListCommitments.Reply(commitments: [commitment])
        #expect(try DeclaredInterface.members(of: commitments) == declared.methods["ListCommitments"]?.out)
    }
}
