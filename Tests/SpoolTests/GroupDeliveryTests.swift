// Many notices at once, and what becomes of them afterwards.

import Alerts
import Almanac
import Diagnostics
import Engine
import Foundation
import Spool
import TestKit
import Testing

@Suite struct GroupDeliveryTests {
    private let scratch: ScratchFolder
    private let spool: FolderSpool

    init() throws {
        scratch = try ScratchFolder()
        spool = FolderSpool(root: scratch("spool"), makesFolders: true, reserveBytes: 0)
    }

    private func names(_ department: String, _ folder: String = "new") throws -> [String] {
        try scratch.names(in: "spool/\(department)/\(folder)")
    }

    @Test func aGroupReachesEachDepartmentWhole() throws {
        let notices = (1...60).map { notice(Int64($0), to: ["water", "office", "health"][$0 % 3]) }
        let delivery = spool.deliver(notices, .ordinary)
        #expect(delivery.delivered == Set(1...60))
        #expect(delivery.problems.isEmpty && !delivery.lacksRoom)
        for department in ["water", "office", "health"] {
            #expect(try names(department).count == 40)
            #expect(try names(department, "tmp") == [])
        }
        for notice in notices {
            for document in notice.documents {
                let path = "spool/\(notice.department)/new/\(document.fileName)"
                #expect(try scratch.bytes(at: path) == document.bytes)
            }
        }
    }

    @Test func nothingOvertakesANoticeThatFailsAndOthersAreNotHeldBack() throws {
        #expect(spool.deliver([notice(1, to: "water")], .ordinary).delivered == [1])
        try scratch.makeFolder("spool/water/new/3-alert.json")
        let group = (2...6).map { notice(Int64($0), to: "water") } + [notice(7, to: "office")]
        let delivery = spool.deliver(group, .ordinary)
        #expect(delivery.delivered == [2, 7])
        #expect(delivery.problems.keys.sorted() == ["water"])
        #expect(try names("water", "tmp") == [])
        #expect(try !names("water").contains { $0.hasPrefix("4") || $0.hasPrefix("5") || $0.hasPrefix("6") })
        try FileManager.default.removeItem(atPath: scratch("spool/water/new/3-alert.json"))
        #expect(spool.deliver(group, .ordinary).delivered == [2, 3, 4, 5, 6, 7])
        #expect(try names("water").count == 12)
    }

    @Test func whatWasTakenComesAgainOnlyWhenItIsAskedFor() throws {
        _ = spool.deliver([notice(1, to: "water")], .ordinary)
        for name in try names("water") {
            try FileManager.default.moveItem(
                atPath: scratch("spool/water/new/\(name)"),
                toPath: scratch("spool/water/done/\(name)")
            )
        }
        #expect(spool.deliver([notice(1, to: "water")], .ordinary).delivered == [1])
        #expect(try names("water") == [])
        #expect(spool.deliver([notice(1, to: "water")], .again).delivered == [1])
        #expect(try names("water") == ["1-alert.json", "1-alert.txt"])
        #expect(try scratch.bytes(at: "spool/water/new/1-alert.txt") == notice(1).documents[0].bytes)
    }

    @Test func aNewNoticeReplacesNothingThatHasItsName() throws {
        #expect(spool.deliver([notice(1, to: "water")], .first).delivered == [1])
        try scratch.put("somebody's", at: "spool/water/new/2-alert.txt")
        let delivery = spool.deliver([notice(2, to: "water")], .first)
        #expect(delivery.delivered == [])
        #expect(delivery.problems["water"]?.remedy == "move away what has the notice's name")
        #expect(try scratch.bytes(at: "spool/water/new/2-alert.txt") == Array("somebody's".utf8))
        #expect(try names("water", "tmp") == [])
    }

    @Test func whatADepartmentHasNotTakenIsCounted() throws {
        _ = spool.deliver([notice(1, to: "water", size: 10), notice(2, to: "water", size: 20)], .ordinary)
        try scratch.put("x", at: "spool/water/new/readme.txt")
        let first = try #require(try spool.untaken(of: "water", unlessChangedAt: nil))
        #expect(first.notices == [1: 2, 2: 2])
        #expect(first.files == 4 && first.bytes == 60)
        #expect(try spool.untaken(of: "water", unlessChangedAt: first.changed) == nil)
        try FileManager.default.moveItem(
            atPath: scratch("spool/water/new/1-alert.txt"),
            toPath: scratch("spool/water/cur/1-alert.txt")
        )
        let second = try #require(try spool.untaken(of: "water", unlessChangedAt: first.changed))
        #expect(second.notices == [1: 1, 2: 2])
        #expect(throws: (any Error).self) { try spool.untaken(of: "nobody", unlessChangedAt: nil) }
    }

    @Test func onlyWhatWasDealtWithLongAgoIsRemoved() throws {
        _ = spool.deliver([notice(1, to: "water")], .ordinary)
        for (name, folder) in [("1-alert.txt", "done"), ("1-alert.json", "cur")] {
            try FileManager.default.moveItem(
                atPath: scratch("spool/water/new/\(name)"),
                toPath: scratch("spool/water/\(folder)/\(name)")
            )
        }
        try scratch.put("torn", at: "spool/water/tmp/9-alert.txt")
        let now = Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
        func tidy(after days: Int64) throws -> TidyReport {
            let later = now.adding(seconds: days * 86_400)
            return try spool.tidy(
                "water",
                keptSince: later.adding(seconds: -400 * 86_400),
                claimedSince: later.adding(seconds: -30 * 86_400),
                now: later
            )
        }
        var report = try tidy(after: 1)
        #expect(report.removed == 0 && report.stale == 0)
        #expect(try names("water", "tmp") == ["9-alert.txt"])
        report = try tidy(after: 31)
        #expect(report.removed == 0 && report.stale == 1 && report.oldest == "1-alert.json")
        #expect(try names("water", "tmp") == [])
        #expect(try tidy(after: 401).removed == 1)
        #expect(try names("water", "done") == [])
        #expect(try names("water", "cur") == ["1-alert.json"])
    }

    @Test func aHeartbeatIsReplacedWhole() throws {
        try spool.post("heartbeat.json", Array("first".utf8), to: "water")
        try spool.post("heartbeat.json", Array("second, and longer".utf8), to: "water")
        #expect(try scratch.bytes(at: "spool/water/heartbeat.json") == Array("second, and longer".utf8))
        #expect(try scratch.mode(of: "spool/water/heartbeat.json") == 0o640)
        #expect(try names("water", "tmp") == [])
    }
}

@Suite(.enabled(if: isRoot)) struct ReserveTests {
    @Test func theReserveLetsOneNoticeOutOfAFullDisk() throws {
        let disk = try ScratchFolder(fileSystemOf: 4 << 20)
        let spool = FolderSpool(root: disk.path, makesFolders: true, reserveBytes: 1 << 20)
        #expect(spool.deliver([notice(1)], .ordinary).delivered == [1])
        spool.fillReserve()
        #expect(try disk.bytes(at: ".reserve").count == 1 << 20)
        var fill = 4 << 20
        while fill >= 4_096 {
            fill /= 2
            try? disk.put([UInt8](repeating: 1, count: fill), at: "fill-\(fill)")
        }
        #expect(try !spool.room().suffices)
        let refused = spool.deliver([notice(2)], .ordinary)
        #expect(refused.delivered == [] && refused.lacksRoom)
        let urgent = spool.deliver([notice(2)], .fromReserve)
        #expect(urgent.delivered == [2])
        #expect(try !disk.names(in: "").contains(".reserve"))
        // Without the room that it needs, no new reserve is set aside.
        spool.fillReserve()
        #expect(try !disk.names(in: "").contains(".reserve"))
    }
}
