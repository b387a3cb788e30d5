// What the ledger remembers of notices after they were committed.

import Alerts
import Almanac
import Checks
import Engine
import Ledger
import Testing

@Suite struct DeliveryTests {
    private var story: Story
    private let entry: RunEntry

    init() throws {
        story = try Story()
        entry = story.entry([("S1", .critical), ("S2", .critical)])
        try story.ledger.commit(entry)
    }

    private func marks(_ change: (inout NoticeMarks) -> Void) throws {
        var marks = NoticeMarks(at: Instant(seconds: 5_000))
        change(&marks)
        try story.ledger.mark(marks)
    }

    @Test func aNoticeIsPendingThenUntakenThenTaken() throws {
        #expect(try story.ledger.untaken(department: "water-affairs") == [])
        try marks { $0.delivered = [1, 2] }
        #expect(try story.reopened().restore().pending.map(\.sequence) == [3, 4])
        let untaken = try story.reopened().untaken(department: "water-affairs")
        #expect(untaken == [UntakenNotice(head: entry.step.notices[1].head, files: 2)])
        try marks { $0.pickedUp = [2] }
        #expect(try story.reopened().untaken(department: "water-affairs") == [])
    }

    @Test func whatIsSentAgainIsToBeTakenAnew() throws {
        try marks { $0.delivered = [2] }
        try marks { $0.pickedUp = [2] }
        try marks { $0.resent = [2] }
        #expect(try story.ledger.untaken(department: "water-affairs").map(\.head.sequence) == [2])
        // What was never delivered is not made so.
        try marks { $0.resent = [4] }
        #expect(try story.ledger.restore().pending.map(\.sequence) == [1, 3, 4])
    }

    @Test func theNoticesOfAMatterAreFoundWithTheirBytes() throws {
        let serial = try #require(entry.step.changes.first).alert.serial
        let heads = try story.ledger.heads(serial: serial, department: nil)
        #expect(heads.map(\.department) == ["ecology-environment", "water-affairs"])
        #expect(try story.ledger.heads(serial: serial, department: "water-affairs").map(\.sequence) == [2])
        #expect(try story.ledger.heads(serial: "CN-RIV-2024-999999", department: nil) == [])
        #expect(try story.reopened().notices([2, 1, 77]) == Array(entry.step.notices[0...1]))
    }

    @Test func onlyDocumentsOfNoticesTakenLongAgoAreForgotten() throws {
        try marks { $0.delivered = [1, 2, 3] }
        try marks { $0.pickedUp = [2] }
        #expect(try story.ledger.forgetDocuments(takenBefore: Instant(seconds: 5_000), limit: 10) == 0)
        #expect(try story.ledger.forgetDocuments(takenBefore: Instant(seconds: 5_001), limit: 10) == 1)
        #expect(try story.ledger.forgetDocuments(takenBefore: Instant(seconds: 5_001), limit: 10) == 0)
        #expect(try story.ledger.notices([1, 2, 3, 4]).map(\.documents.count) == [2, 0, 2, 2])
        // The number stays given.
        #expect(try story.reopened().restore().book.sequence == 4)
    }

    @Test func answersAreKeptAndFilesThatAreNoneAreKnownAgain() throws {
        let receipt = Receipt(
            department: "water-affairs",
            serial: "CN-RIV-2024-000001",
            answer: .extended,
            date: CivilDate(iso8601: "2024-04-01"),
            approver: "王某",
            reason: "汛期",
            author: "李某"
        )
        try story.ledger.register(
            ReceiptEntry(
                department: "water-affairs",
                file: "a.csv",
                fingerprint: "f1",
                received: Instant(seconds: 6_000),
                receipt: receipt
            )
        )
        try story.ledger.register(
            ReceiptEntry(
                department: "water-affairs",
                file: "b.csv",
                fingerprint: "f2",
                received: Instant(seconds: 6_001),
                receipt: nil,
                refusal: "no answer"
            )
        )
        let ledger = try story.reopened()
        #expect(try ledger.receipts(serial: "CN-RIV-2024-000001") == [receipt])
        #expect(try ledger.receipts(serial: "CN-RIV-2024-000002") == [])
        #expect(try ledger.knowsReceipt(department: "water-affairs", file: "b.csv", fingerprint: "f2"))
        #expect(try !ledger.knowsReceipt(department: "water-affairs", file: "b.csv", fingerprint: "f3"))
        #expect(try !ledger.knowsReceipt(department: "ecology-environment", file: "b.csv", fingerprint: "f2"))
    }
}
