// Committed notices reach their departments, each on its own.

import Alerts
import Engine
import Jobs
import Linux
import TestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct DeliveryTests {
    @Test func aBrokenFolderHoldsNobodyElseBackAndRecovers() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        district.spool.broken = ["water"]
        try await engine.runRiver()
        #expect(district.spool.delivered.map(\.department) == ["office"])
        #expect(await engine.waitingNotices == 1)
        #expect(try district.ledger.restore().pending.map(\.department) == ["water"])
        let waiting = await district.events.next { event -> (String, Int)? in
            if case .waiting(let department, let notices, _) = event { (department, notices) } else { nil }
        }
        #expect(waiting?.0 == "water")
        #expect(waiting?.1 == 1)
        district.spool.broken = []
        // Without anybody's doing: the courier tries again by itself.
        let recovered = await district.events.next { event -> String? in
            if case .recovered(let department) = event { department } else { nil }
        }
        #expect(recovered == "water")
        #expect(district.spool.delivered.map(\.department) == ["office", "water"])
        #expect(await engine.waitingNotices == 0)
        #expect(try district.ledger.restore().pending == [])
    }

    @Test func noticesOfADepartmentKeepTheirOrder() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        district.spool.broken = ["water", "office"]
        try await engine.runRiver()
        district.measure(District.worse)
        try await engine.runRiver()
        district.spool.broken = ["office"]
        district.measure(District.good)
        try await engine.runRiver()
        #expect(district.spool.delivered.map(\.department) == ["water", "water", "water"])
        #expect(district.spool.delivered.map(\.change) == [.raised, .worsened, .cleared])
        #expect(await engine.waitingNotices == 3)
        // The trouble is told once, not at every try.
        let waiting = district.events.all.compactMap { event -> String? in
            if case .waiting(let department, _, _) = event { department } else { nil }
        }
        #expect(waiting == ["office", "water"])
    }

    @Test func noNoticeOvertakesOneThatCouldNotBeDelivered() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        district.spool.broken = ["water"]
        try await engine.runRiver()
        district.measure(District.good)
        district.spool.broken = []
        district.spool.hiccups = ["water"]
        try await engine.runRiver()
        // Whether this run's own try fails once more or the one a second later, the clear waits behind the raise.
        let recovered = await district.events.next { event -> String? in
            if case .recovered(let department) = event { department } else { nil }
        }
        #expect(recovered == "water")
        _ = await district.events.next { event -> NoticeHead? in
            guard case .delivered(let notice, _) = event, notice.department == "water" else { return nil }
            return notice.matter.change == .cleared ? notice : nil
        }
        let water = district.spool.delivered.filter { $0.department == "water" }
        #expect(water.map(\.change) == [.raised, .cleared])
    }

    @Test func whatWasLeftOverIsDeliveredAtTheNextStart() async throws {
        let district = try District(water: District.bad)
        district.spool.broken = ["water", "office"]
        let notices = try await district.engine().runRiver().notices
        district.spool.broken = []
        let reborn = try await district.engine()
        await reborn.stop()
        // The same bytes under the same names.
        #expect(Set(district.spool.delivered) == Set(notices))
        #expect(try district.ledger.restore().pending == [])
    }

    @Test func onlyWhatWasNeverTriedIsTakenForNew() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver()
        #expect(district.spool.terms == [.first])
        district.spool.broken = ["water", "office"]
        district.measure(District.good)
        try await engine.runRiver()
        await engine.stop()
        let before = district.spool.terms.count
        district.spool.broken = []
        let reborn = try await district.engine()
        district.measure(District.worse)
        try await reborn.runRiver()
        await reborn.stop()
        // A daemon that died may have made them visible, and a department may have taken them since.
        #expect(district.spool.terms[before...] == [.ordinary, .first])
    }
}
