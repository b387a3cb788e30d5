// What the journal says about notices.

import Alerts
import Almanac
import Engine
import Testing

@testable import Systemd

@Suite struct JournalEventLogTests {
    private static func entry(of matter: Notice.Matter) throws -> JournalEntry {
        let journal = Journal(destination: .capture)
        let document = Notice.Document(fileName: "17.txt", bytes: [])
        JournalEventLog(journal: journal, zone: .utc).record(
            .delivered(
                NoticeHead(sequence: 17, department: "water-affairs", matter: matter),
                files: [document.fileName]
            )
        )
        return try #require(journal.captured.first)
    }

    @Test func `a delivered notice is found by its alert`() throws {
        let entry = try Self.entry(
            of: .alert(
                serial: "CN-RIV-2024-000001",
                revision: 2,
                key: AlertKey(job: "river-sections", subject: "JA-01", indicator: "class"),
                change: .worsened
            )
        )
        #expect(entry.message == "delivered CN-RIV-2024-000001 (worsened) to water-affairs: 17.txt")
        #expect(
            entry.fields.map { "\($0.name)=\($0.value)" } == [
                "DUTYD_JOB=river-sections", "DUTYD_SUBJECT=JA-01", "DUTYD_ALERT=CN-RIV-2024-000001",
                "DUTYD_CHANGE=worsened", "DUTYD_DEPARTMENT=water-affairs",
            ]
        )
    }

    @Test func `what somebody asked for is found by the job or the alert that it was about`() throws {
        func fields(of object: ActedOn) throws -> [String] {
            let journal = Journal(destination: .capture)
            JournalEventLog(journal: journal, zone: .utc).record(
                .asked("act", of: object, uid: 1000, pid: 7, refusal: nil)
            )
            return try #require(journal.captured.first).fields.map { "\($0.name)=\($0.value)" }
        }
        let who = ["DUTYD_UID=1000", "DUTYD_PID=7"]
        #expect(try fields(of: .job("river-sections")) == ["DUTYD_JOB=river-sections"] + who)
        #expect(try fields(of: .alert("CN-RIV-2024-000001")) == ["DUTYD_ALERT=CN-RIV-2024-000001"] + who)
        #expect(try fields(of: .other("silence 3")) == who)
    }

    @Test func `a delivered digest is found by each of its alerts`() throws {
        let alerts = (1...600).map { number in
            Notice.Told(
                serial: "CN-RIV-2024-\(number)",
                revision: 1,
                key: AlertKey(job: "river-sections", subject: "\(number)", indicator: "class"),
                change: .raised
            )
        }
        let few = try Self.entry(of: .digest(job: "river-sections", run: 7, alerts: Array(alerts.prefix(2))))
        #expect(few.message == "delivered the digest of 2 changes of river-sections to water-affairs: 17.txt")
        #expect(
            few.fields.map { "\($0.name)=\($0.value)" } == [
                "DUTYD_JOB=river-sections", "DUTYD_ALERT=CN-RIV-2024-1", "DUTYD_ALERT=CN-RIV-2024-2",
                "DUTYD_DEPARTMENT=water-affairs",
            ]
        )
        // systemd takes no more than 1024 fields an entry.
        #expect(try Self.entry(of: .digest(job: "river-sections", run: 7, alerts: alerts)).fields.count < 1000)
    }

    @Test func `a delivered return slip is found by its feed and file`() throws {
        let entry = try Self.entry(of: .slip(feed: "water", file: "二月\nx.csv"))
        #expect(entry.message == "delivered the return slip for 二月\\nx.csv (water) to water-affairs: 17.txt")
        #expect(
            entry.fields.map { "\($0.name)=\($0.value)" } == [
                "DUTYD_FEED=water", "DUTYD_FILE=二月\nx.csv", "DUTYD_DEPARTMENT=water-affairs",
            ]
        )
    }
}
