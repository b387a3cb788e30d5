// What becomes of notices after they are visible: taken, answered, sent again, or held back by a full spool.

import Alerts
import Almanac
import Engine
import Jobs
import Linux
import Records
import Synchronization
import TestKit
import Testing

/// Answers that lie in a department's box.
private final class MemoryBox: ReceiptBox {
    private let files = Mutex<[String: [String: String]]>([:])
    private let putAway = Mutex<[String]>([])

    var away: [String] { putAway.withLock { $0 } }

    func put(_ text: String, as name: String, of department: String) {
        files.withLock { $0[department, default: [:]][name] = text }
    }

    func listing(of department: String) -> EvidenceListing {
        let names = files.withLock { $0[department] ?? [:] }.keys.sorted()
        return EvidenceListing(tables: names.map { EvidenceTable(feed: department, name: $0) })
    }

    func text(of file: EvidenceTable, of department: String) throws(Reject) -> (text: [UInt8], fingerprint: String) {
        let text = files.withLock { $0[department]?[file.name] } ?? ""
        return (Array(text.utf8), text)
    }

    func putAway(_ name: String, of department: String) throws(Reject) {
        files.withLock { $0[department]?[name] = nil }
        putAway.withLock { $0.append(name) }
    }
}

@Suite(.timeLimit(.minutes(1))) struct AfterDeliveryTests {
    private let box = MemoryBox()

    private func caretaker(_ district: District) throws -> (Caretaker, DutyDesk) {
        var district = district
        district.files.settings["dutyd.yaml", default: ""] += "\nsettle: 0 seconds\n"
        let configuration = try district.files.read()
        let desk = DutyDesk(ledger: district.ledger, memory: try district.ledger.restore(), generator: "test")
        let courier = Courier(
            spool: district.spool,
            ledger: district.ledger,
            desk: desk,
            log: district.events,
            clock: district.clock,
            limits: UntakenLimits(files: 100, bytes: 1_000_000)
        )
        let caretaker = Caretaker(
            configuration: configuration,
            spool: district.spool,
            receipts: box,
            desk: desk,
            courier: courier,
            log: district.events,
            clock: district.clock
        )
        return (caretaker, desk)
    }

    @Test func aNoticeIsTakenWhenOneOfItsFilesIs() async throws {
        let district = try District(water: District.bad)
        try await district.engine().runRiver()
        let (caretaker, _) = try caretaker(district)
        _ = await caretaker.look(beats: [:])
        #expect(district.ledger.pickedUp == [])
        let notice = try #require(district.spool.delivered.first { $0.department == "water" })
        district.spool.take(notice.sequence, by: "water")
        _ = await caretaker.look(beats: [:])
        #expect(district.ledger.pickedUp == [notice.sequence])
        #expect(try district.ledger.untaken(department: "office").count == 1)
    }

    @Test func anAnswerIsEnteredOnceAndClosesNothing() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        let serial = try #require(try await engine.runRiver().changes.first).alert.serial
        let (caretaker, _) = try caretaker(district)
        for name in ["\(serial).回执.csv", "\(serial).回执 (1).csv"] {
            box.put("状态,佐证\n已办结,验收单\n", as: name, of: "water")
        }
        _ = await caretaker.look(beats: [:])
        #expect(try district.ledger.receipts(serial: serial).map(\.answer) == [.done])
        #expect(box.away.count == 2)
        #expect(await engine.openAlerts.map(\.serial) == [serial])
        // Said once more, and through the socket, it is still one answer.
        guard
            case .entered(_, false) = try await engine.enter(
                Receipt(department: "water", serial: serial, answer: .done, evidence: "验收单")
            )
        else { Issue.record("entered twice"); return }
    }

    @Test func aReceiptThatTheTableDoesNotBearOutIsToldToThoseWhoKnowOfTheMatter() async throws {
        var district = try District(water: District.bad)
        var engine = try await district.engine()
        let serial = try #require(try await engine.runRiver().changes.first).alert.serial
        _ = try await engine.enter(Receipt(department: "water", serial: serial, answer: .done, evidence: "验收单"))
        #expect(try await engine.runRiver().changes.isEmpty)
        await engine.stop()
        district.clock = try WallClock.starting(at: Instant(rfc3339: "2024-03-06T12:00:00Z"))
        engine = try await district.engine()
        let change = try #require(try await engine.runRiver().changes.first)
        #expect(change.kind == .reminder && change.occasion == .contradicted)
        let told = district.spool.delivered.filter { $0.change == .reminder }
        #expect(Set(told.map(\.department)) == ["water", "office"])
        #expect(await engine.openAlerts.map(\.serial) == [serial])
    }

    @Test(arguments: [("状态\n看过了\n", "CN-RIV-2024-000001"), ("状态\n已签收\n", "CN-RIV-2024-000099")])
    func aBadAnswerIsAnsweredWithOneSlip(text: String, serial: String) async throws {
        let district = try District(water: District.bad)
        try await district.engine().runRiver()
        let (caretaker, _) = try caretaker(district)
        box.put(text, as: "\(serial).csv", of: "water")
        for _ in 1...3 { _ = await caretaker.look(beats: [:]) }
        // Also when the daemon has forgotten that it looked at the file before.
        _ = await (try self.caretaker(district)).0.look(beats: [:])
        let slips = district.spool.delivered.filter { if case .slip = $0.matter { true } else { false } }
        #expect(slips.map(\.department) == ["water"])
        #expect(slips.first?.matter == .slip(feed: "receipts", file: "\(serial).csv"))
        #expect(try district.ledger.receipts(serial: serial) == [])
        #expect(box.away == [])
    }

    @Test func aMatterIsSentAgainWithTheSameNamesAndBytes() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        let serial = try #require(try await engine.runRiver().changes.first).alert.serial
        let before = district.spool.delivered
        let again = try await engine.resend(serial: serial, department: "water")
        #expect(again.heads.map(\.department) == ["water"] && again.problems.isEmpty)
        #expect(district.spool.delivered == before + before.filter { $0.department == "water" })
        #expect(try await engine.resend(serial: "CN-RIV-2024-000077").heads == [])
    }

    @Test func aFullSpoolKeepsNoticesAndSaysSoOnce() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        district.spool.isRoomy = false
        try await engine.runRiver()
        district.measure(District.worse)
        try await engine.runRiver()
        #expect(district.spool.delivered == [])
        #expect(await engine.waitingNotices == 4)
        let full = district.events.all.filter { if case .spoolRoom(.lacking) = $0 { true } else { false } }
        #expect(full.count == 1)
        district.spool.isRoomy = true
        district.measure(District.good)
        try await engine.runRiver()
        #expect(await engine.waitingNotices == 0)
        #expect(
            district.spool.delivered.filter { $0.department == "water" }.map(\.change) == [
                .raised, .worsened, .cleared,
            ]
        )
        let there = district.events.all.filter { if case .spoolRoom(.there) = $0 { true } else { false } }
        #expect(there.count == 1)
    }

    @Test func eachDepartmentFindsWhatItHasToKnowOfItsFolders() async throws {
        let district = try District(water: District.good)
        let caretaker = try self.caretaker(district).0
        _ = await caretaker.look(beats: [:])
        let guide = try #require(district.spool.posted["water/使用说明-README.txt"])
        let text = String(decoding: guide, as: UTF8.self)
        #expect(text.contains("单位：水务") && text.contains("Department: Water"))
        #expect(district.spool.posted["office/使用说明-README.txt"] != guide)
    }

    @Test func eachDepartmentFindsAHeartbeatWithWhatIsDue() async throws {
        let district = try District(water: District.good)
        let engine = try await district.engine()
        while district.spool.posted["office/heartbeat.json"] == nil { await Task.yield() }
        let text = String(decoding: try #require(district.spool.posted["water/heartbeat.json"]), as: UTF8.self)
        #expect(text.contains("\"sent\": \"2024-03-05T12:00:"))
        #expect(text.contains("\"staleAfter\": \"2024-03-05T12:15:"))
        #expect(text.contains("\"at\": \"2024-04-05T09:00:00"))
        await engine.stop()
    }
}
