// What departments write as answers, and what is made of it.

import Alerts
import Almanac
import Records
import Testing

@Suite struct ReceiptReaderTests {
    private static let serial = "CN-RIV-2024-000003"

    private static func read(_ text: String, as name: String = "\(serial).回执.csv") -> ReceiptReader.Outcome {
        ReceiptReader(name: name, department: "water").read(Array(text.utf8).span)
    }

    private static func reasons(_ outcome: ReceiptReader.Outcome) -> [Reject.Reason]? {
        if case .refused(let rejects) = outcome { rejects.map(\.reason) } else { nil }
    }

    @Test(arguments: [
        ("状态\n已签收\n", Receipt.Answer.received), ("state\nreceived\n", .received),
        ("状态,佐证\n已办结,验收单-12.pdf\n", .done), ("State,Evidence\ndone,proof.pdf\n", .done),
        ("状态,理由\n退回（不属本单位）,已划转\n", .misdirected), ("状态,理由\n数据有误,重复\n", .disputed),
        ("\u{FEFF}编号,状态\r\nCN-RIV-2024-000003,签收\r\n", .received),
    ])
    func anAnswerIsReadInChineseAndEnglish(text: String, answer: Receipt.Answer) {
        guard case .receipt(let receipt) = Self.read(text) else { Issue.record("refused"); return }
        #expect(receipt.answer == answer)
        #expect(receipt.serial == Self.serial)
        #expect(receipt.department == "water")
    }

    @Test func anExtensionCarriesItsDateItsApproverAndItsReason() {
        let text = "状态,延期至,批准人,理由,经办人\n申请延期,2024年4月1日,王某,汛期,李某\n"
        let receipt = Receipt(
            department: "water",
            serial: Self.serial,
            answer: .extended,
            date: CivilDate(iso8601: "2024-04-01"),
            approver: "王某",
            reason: "汛期",
            author: "李某"
        )
        #expect(Self.read(text) == .receipt(receipt))
        let json = """
            {"状态": "申请延期", "date": "2024-04-01", "approver": "王某", "reason": "汛期", "author": "李某"}
            """
        #expect(Self.read(json, as: "\(Self.serial).receipt.json") == .receipt(receipt))
    }

    @Test(arguments: [
        ("状态\n看过了\n", [Reject.Reason.unknownAnswer]),
        ("状态,佐证\n已办结,\n", [.incompleteAnswer]),
        ("状态\n申请延期\n", [.incompleteAnswer, .incompleteAnswer, .incompleteAnswer]),
        ("编号,状态\nCN-RIV-2024-000004,已签收\n", [.otherMatter]),
        ("状态\n已签收\n已签收\n", [.severalAnswers]),
        ("状态\n", [.emptyTable]),
    ])
    func whatIsNoAnswerIsRefusedWithAReason(text: String, expected: [Reject.Reason]) {
        #expect(Self.reasons(Self.read(text)) == expected)
    }

    @Test(arguments: ["", "[1]", "{", "{\"state\": 7}", "{\"state\": \"已签收\"} x", "\u{0}"])
    func jsonThatIsNoAnswerIsRefused(text: String) {
        #expect(Self.reasons(Self.read(text, as: "\(Self.serial).json")) != nil)
    }

    @Test func aDateThatCouldBeTwoIsSentBack() {
        let outcome = Self.read("状态,日期,批准人,理由\n申请延期,05/06/2024,王某,汛期\n")
        #expect(Self.reasons(outcome) == [.ambiguousDate])
    }

    @Test func whoeverWritesAThousandLinesGetsAThousandAtMostBack() throws {
        let text = "状态\n" + String(repeating: "\"\n", count: 5_001)
        #expect(try #require(Self.reasons(Self.read(text))).count <= 1_001)
    }
}
