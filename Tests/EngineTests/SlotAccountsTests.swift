// A slot of which nothing is on record, as the operators hear of it.

import Alerts
import Almanac
import Checks
import Engine
import Jobs
import Linux
import Scheduling
import TestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct SlotAccountsTests {
    private static let job = "slot-accounts"

    /// A district with operators whose river job has run its slots of January to March 2024.
    private static func district(now: String = "2024-03-06T12:00:00Z") async throws -> District {
        var district = try District(now: now, water: District.good)
        district.files.settings["departments.yaml", default: ""] +=
            "\noperators: {zh: 值守员, en: Duty operators, group: watch, formats: [text]}\n"
        for language in ["zh-CN", "en"] {
            for file in ["notice.txt", "slot-accounts.yaml", "terms.yaml"] {
                let path = "words/\(language)/\(file)"
                district.files.settings[path] = try SettingsFiles.shipped(path)
            }
        }
        try district.remember(last: "2024-01-01T00:00:00Z")
        let days = ["2024-01-05", "2024-02-05", "2024-03-05"]
        try district.ledger.record(
            days.map { day in
                let instant = try Instant(rfc3339: "\(day)T09:00:00Z")
                return SlotRecord(slot: Slot(job: "river", instant: instant), reason: .ran, decided: instant)
            }
        )
        return district
    }

    private static func texts(_ district: District) -> [String] {
        district.spool.delivered.sorted { $0.sequence < $1.sequence }.filter { $0.department == "operators" }
            .map { String(decoding: $0.documents[0].bytes, as: UTF8.self) }
    }

    private static func nextAudit(_ district: District) async throws -> RunReport {
        let report = await district.events.next { event -> RunReport? in
            if case .ran(let report) = event, report.order.job.name == job { report } else { nil }
        }
        return try #require(report)
    }

    @Test func whereEverySlotIsOnRecordNobodyIsTold() async throws {
        let district = try await Self.district()
        let engine = try await district.engine()
        let report = try await engine.run(job: Self.job, asOf: nil, isDryRun: false)
        #expect(report.findings.assessments == [])
        await engine.stop()
        #expect(Self.texts(district) == [])
        #expect(district.ledger.entries.map(\.job) == [Self.job])
    }

    @Test func aSlotThatWasLostIsFoundAtStartRecordedAndTold() async throws {
        let district = try await Self.district()
        let march = Slot(job: "river", instant: try Instant(rfc3339: "2024-03-05T09:00:00Z"))
        district.ledger.lose(march)
        let engine = try await district.engine()
        let report = try await Self.nextAudit(district)
        #expect(report.changes.map(\.kind) == [.raised])
        await engine.stop()
        let slot = try #require(try await engine.slots(job: "river", count: 1).first)
        #expect(slot.slot == march)
        #expect(slot.reason == .skipped(.unaccounted))
        #expect(slot.reason.explanation.contains("nothing was on record"))
        let text = try #require(Self.texts(district).first)
        #expect(text.unfilledHoles == [], "a hole without a fact: \(text)")
        for expected in [
            "有一次应当执行的核查没有任何记录", "2024-03-05T09:00:00", "dutyctl run river --as-of 2024-03-05T09:00:00",
            "of a run that was due nothing is on record",
        ] { #expect(text.contains(expected), "\(text)") }
        let said = district.events.all.compactMap { if case .skipped(let record) = $0 { record.slot } else { nil } }
        #expect(said == [march])
        // The next start finds it on record.
        let reborn = try await district.engine()
        await reborn.stop()
        #expect(district.ledger.entries.count == 1)
    }

    @Test func theMatterIsClosedWhenAWeekHasPassedWithoutAnother() async throws {
        var district = try await Self.district()
        district.ledger.lose(Slot(job: "river", instant: try Instant(rfc3339: "2024-03-05T09:00:00Z")))
        let engine = try await district.engine()
        _ = try await Self.nextAudit(district)
        await engine.stop()
        for (now, changes) in [("2024-03-13T11:00:00Z", [Change.Kind]()), ("2024-03-14T12:00:00Z", [.cleared])] {
            district.clock = .starting(at: try Instant(rfc3339: now))
            // The daily audit was missed, and is made up for.
            let later = try await district.engine()
            let report = try await Self.nextAudit(district)
            #expect(report.changes.map(\.kind) == changes, "\(now)")
            await later.stop()
        }
        #expect(Self.texts(district).last?.contains("应执行的核查均有记录") == true)
    }

    @Test func aSlotThatCannotBeJudgedIsToldAtOnceAndClosedWhenItIsJudged() async throws {
        let district = try await Self.district(now: "2024-04-05T12:00:00Z")
        district.evidence.isChanging = true
        let engine = try await district.engine()
        let report = try await Self.nextAudit(district)
        #expect(report.changes.map(\.assessment.state) == [.warning])
        let text = try #require(Self.texts(district).first)
        #expect(text.contains("到点未能完成核查") && text.contains("2024-04-05T09:00:00"), "\(text)")
        #expect(text.unfilledHoles == [], "\(text)")
        district.evidence.isChanging = false
        // Any run that ends lets those be tried again that could not judge.
        _ = try await engine.run(job: Self.job, asOf: nil, isDryRun: false)
        let closing = await district.events.next { event -> Change? in
            if case .changed(let change, let order) = event, order?.job.name == Self.job { change } else { nil }
        }
        #expect(closing?.kind == .cleared)
        await engine.stop()
        #expect(district.ledger.entries.compactMap(\.slot?.slot.job) == ["river"])
    }
}
