// A year of one table that is owed every month: on time, late, incomplete, unreadable, never.

import Alerts
import Almanac
import Checks
import Engine
import Jobs
import Scheduling
import TestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct SubmissionYearTests {
    private static let job = "submission-water"

    /// A district whose feed is due on the 3rd with two working days of grace, in 2024.
    private static func district() throws -> District {
        var district = try District(now: "2024-01-01T00:00:00Z", water: "")
        try district.files.setDue(
            """
            on: "*-*-03"
            period: previous-month
            grace: 2 working days
            dated-by: month
            every: {register: sections, column: section, called: {zh: 断面, en: sections}}
            """
        )
        for language in ["zh-CN", "en"] {
            let path = "words/\(language)/notice.txt"
            district.files.settings[path] = try SettingsFiles.shipped(path)
        }
        district.evidence.put(
            "code,river,section,target\nS1,新泾港,天山路桥,Ⅲ\nS2,周家浜,双流路桥,Ⅲ\nS3,午潮港,午潮港桥,Ⅲ\n",
            as: "sections.csv",
            in: "sections"
        )
        return district
    }

    /// What departments do, and the slots of the year as the schedule has them, each followed by a run.
    private struct Year {
        let district: District
        let engine: DutyEngine
        let slots: [Instant]
        private var rows: [String] = []
        private var unreadable: [String] = []
        private var served = 0
        /// What changed: the day, how, to what, and for which period.
        private(set) var story: [String] = []

        init(_ district: District) async throws {
            self.district = district
            engine = try await district.engine()
            let schedule = try #require(try district.files.read().job(named: job)?.schedule)
            var slots: [Instant] = []
            var last = try Instant(rfc3339: "2024-01-01T00:00:00Z")
            while let slot = schedule.next(after: last), slot.instant < (try Instant(rfc3339: "2025-01-01T00:00:00Z")) {
                slots.append(slot.instant)
                last = slot.instant
            }
            self.slots = slots
            put()
        }

        /// Hands the rows of sections of a month in on a day, and has them judged at ten o'clock.
        mutating func handIn(_ month: String, _ sections: String..., on day: String) async throws {
            try await pass(until: day)
            rows.removeAll { $0.contains(month) }
            rows += sections.map { "某河,\($0),\(month),8,1" }
            unreadable = []
            put()
            try await run(try Instant(rfc3339: day + "T10:00:00Z"))
        }

        mutating func handInUnreadable(_ file: String, on day: String) async throws {
            try await pass(until: day)
            unreadable.append(file)
            put()
            try await run(try Instant(rfc3339: day + "T10:00:00Z"))
        }

        /// Runs the slots up to a day's beginning.
        mutating func pass(until day: String) async throws {
            let end = try Instant(rfc3339: day + "T00:00:00Z")
            while served < slots.count, slots[served] <= end {
                try await run(slots[served])
                served += 1
            }
        }

        private mutating func run(_ instant: Instant) async throws {
            let report = try await engine.run(job: job, asOf: instant, isDryRun: false)
            story += report.changes.map { change in
                let assessment = change.assessment
                let day = Zone.utc.civil(at: instant).date
                return "\(day) \(change.kind.rawValue) \(assessment.facts.stage) \(assessment.period.label)"
            }
        }

        private func put() {
            district.evidence.clear("water")
            if !rows.isEmpty {
                let table = (["river,section,month,DO,NH3-N"] + rows).joined(separator: "\n") + "\n"
                district.evidence.add(table, as: "water.csv", in: "water")
            }
            for file in unreadable { district.evidence.add("nothing of use\n1\n", as: file, in: "water") }
        }
    }

    private static let all = ["天山路桥", "双流路桥", "午潮港桥"]

    @Test func eachWayToOweATableIsToldOnceAndClearedOnce() async throws {
        var year = try await Year(Self.district())
        func complete(_ month: String, on day: String) async throws {
            try await year.handIn(month, Self.all[0], Self.all[1], Self.all[2], on: day)
        }
        // The first table ever: nothing was owed before.
        try await complete("2024-01", on: "2024-02-02")
        // Late, then handed in.
        try await complete("2024-02", on: "2024-03-12")
        // Partial, then completed.
        try await year.handIn("2024-03", Self.all[2], on: "2024-04-02")
        try await complete("2024-03", on: "2024-04-15")
        // A file that nobody can read.
        try await year.handInUnreadable("water-2024-04.csv", on: "2024-05-02")
        try await complete("2024-04", on: "2024-05-20")
        try await complete("2024-05", on: "2024-06-03")
        try await complete("2024-06", on: "2024-07-01")
        // July never comes; August does, in time.
        try await complete("2024-08", on: "2024-09-02")
        // Incomplete within the grace, which National Day moves; complete on its last day.
        try await year.handIn("2024-09", Self.all[0], on: "2024-10-09")
        try await complete("2024-09", on: "2024-10-10")
        // Late, then partial, then there.
        try await year.handIn("2024-10", Self.all[0], Self.all[1], on: "2024-11-11")
        try await complete("2024-10", on: "2024-11-12")
        try await complete("2024-11", on: "2024-12-03")
        try await year.pass(until: "2024-12-31")
        #expect(
            year.story == [
                "2024-03-07 raised late 2024-02", "2024-03-12 cleared complete 2024-02",
                "2024-04-09 raised partial 2024-03", "2024-04-15 cleared complete 2024-03",
                "2024-05-09 raised late 2024-04", "2024-05-20 cleared complete 2024-04",
                "2024-08-08 raised late 2024-07", "2024-09-06 cleared complete 2024-08",
                "2024-11-07 raised late 2024-10", "2024-11-11 eased partial 2024-10",
                "2024-11-12 cleared complete 2024-10",
            ]
        )
        await year.engine.stop()
        let notices = year.district.spool.delivered.sorted { $0.sequence < $1.sequence }
        #expect(Set(notices.map(\.department)) == ["water"])
        #expect(
            notices.map { "\($0.serial.suffix(6)) \($0.revision)" }.prefix(4) == [
                "000001 1", "000001 2", "000002 1", "000002 2",
            ]
        )
        #expect(notices.allSatisfy { $0.serial.hasPrefix("CN-SUB-2024-") })
        let texts = notices.map { String(decoding: $0.documents[0].bytes, as: UTF8.self) }
        #expect(texts.flatMap(\.unfilledHoles) == [])
        let expected = [
            (0, "事由：2024年2月水质逾期未报（应于 2024-03-04（含当日）前报送，宽限 2 个工作日）。"),
            (0, "应报日 2024-03-04（原定 2024-03-03，遇周末顺延），宽限至 2024-03-06（含当日）。"),
            (0, "时限：2024-03-04（星期一），已逾期 3 天（3 个工作日）。"),
            (0, "应报 3 个，已报 0 个。此前最近一期数据：2024-01。"), (0, "依据：报送时限为本区自定（非法定）。"),
            (1, "事由：2024年2月水质已报齐。"),
            (2, "事由：2024年3月水质逾期未报齐：已报 1 个断面，应报 3 个（应于 2024-04-03（含当日）前报送，宽限 2 个工作日）。"),
            (2, "已报 1 个，应报 3 个，缺：天山路桥、双流路桥。"), (2, "2024-03, Water quality: 1 of 3 sections handed in"),
            (4, "应报日 2024-05-06（原定 2024-05-03，遇劳动节顺延），宽限至 2024-05-08（含当日）。"),
            (4, "收件箱中有无法读取的文件：water-2024-04.csv。"), (4, "Files that cannot be read: water-2024-04.csv."),
            (9, "【催办单】数据报送"), (9, "已报 2 个，应报 3 个，缺：午潮港桥。"),
        ]
        for (index, text) in expected { #expect(texts[index].contains(text), "\(texts[index])") }
    }

    @Test func whoNeverHandedAnythingInIsLeftAlone() async throws {
        var year = try await Year(Self.district())
        try await year.pass(until: "2024-06-30")
        try await year.handInUnreadable("water.txt", on: "2024-07-01")
        try await year.pass(until: "2024-12-31")
        #expect(year.slots.count == 12)
        #expect(year.story == [])
        let verdict = try #require(year.district.ledger.entries.last?.assessments.first)
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["awaiting-first-file water", "unreadable water.txt"])
        await year.engine.stop()
    }

    @Test func whileAFileCannotBeReadNothingIsCleared() async throws {
        var year = try await Year(Self.district())
        try await year.handIn("2024-01", Self.all[0], Self.all[1], Self.all[2], on: "2024-02-02")
        try await year.pass(until: "2024-03-07")
        try await year.handInUnreadable("water-2024-02.csv", on: "2024-03-08")
        try await year.pass(until: "2024-04-01")
        #expect(year.story == ["2024-03-07 raised late 2024-02"])
        #expect(await year.engine.openAlerts.count == 1)
        await year.engine.stop()
    }

    @Test func theSlotsAheadSayWhyTheyAreWhereTheyAre() async throws {
        let engine = try await Self.district().engine()
        let slots = await engine.upcoming(job: Self.job, count: 3)
        await engine.stop()
        #expect(
            slots.map { "\(Zone.utc.rfc3339($0.instant)) \($0.remark ?? "")" } == [
                "2024-01-08T00:00:00+00:00 moved from Wed 2024-01-03 to Mon 2024-01-08: 3 working days later",
                "2024-02-07T00:00:00+00:00 moved from Sat 2024-02-03 to Wed 2024-02-07: weekend, then 3 working days later",
                "2024-03-07T00:00:00+00:00 moved from Sun 2024-03-03 to Thu 2024-03-07: weekend, then 3 working days later",
            ]
        )
    }
}

extension Facts {
    fileprivate var stage: String {
        if case .text(let text)? = self["stage"] { text } else { "" }
    }
}
