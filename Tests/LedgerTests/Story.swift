// What a daemon does with its ledger, told in few words.

import Alerts
import Almanac
import Checks
import Engine
import Ledger
import Scheduling
import TestKit

/// A ledger with the book that its daemon keeps beside it.
struct Story {
    let scratch: ScratchFolder
    let ledger: SQLiteLedger
    var book = AlertBook()
    private var lastRun: Int64 = 0

    static let recipients = Recipients(to: ["ecology-environment"], cc: ["water-affairs"])
    static let rules = AlertBook.Rules(
        zone: .utc,
        calendar: .weekdays,
        policy: { _ in AlertPolicy(remindEvery: Term(2, .workingDays)) },
        recipients: { _, _ in recipients }
    )

    static func origin(
        job: String = "river-sections",
        prefix: String = "CN-RIV",
        run: Int64 = 1
    ) -> AlertBook.Origin {
        AlertBook.Origin(
            job: job,
            checkKind: "section-compliance",
            serialPrefix: prefix,
            run: run,
            asOf: Instant(seconds: 900)
        )
    }

    init() throws {
        scratch = try ScratchFolder()
        ledger = try SQLiteLedger(path: scratch("dutyd.sqlite"))
    }

    /// The ledger as the next start of the daemon finds it.
    func reopened() throws -> SQLiteLedger { try SQLiteLedger(path: scratch("dutyd.sqlite")) }

    /// What the next run would enter.
    mutating func entry(
        _ states: [(subject: String, state: Assessment.State)] = [],
        job: String = "river-sections",
        prefix: String = "CN-RIV",
        asOf: Int64 = 1_000,
        slot: SlotRecord? = nil,
        outcome: RunOutcome = .completed,
        awaited: Set<InboxFile> = [],
        year: Int = 2024
    ) -> RunEntry {
        lastRun += 1
        let before = book
        let assessments = states.map { Self.assessment($0.subject, $0.state) }
        let newYear = CivilDateTime(date: CivilMonth(year: year, month: 1).firstDay).instant(utcOffset: 0)
        let instant = newYear.adding(seconds: asOf + 5)
        let changes = book.apply(
            assessments,
            from: Self.origin(job: job, prefix: prefix, run: lastRun),
            rules: Self.rules,
            at: instant
        )
        let notices = changes.flatMap { change in
            change.recipients.all.map { Self.notice(of: change, to: $0, sequence: book.nextSequence()) }
        }
        return RunEntry(
            run: lastRun,
            job: job,
            cause: .timer,
            asOf: Instant(seconds: asOf),
            started: Instant(seconds: asOf + 1),
            finished: instant,
            outcome: outcome,
            summary: "\(states.count) judged",
            slot: slot,
            awaited: awaited,
            assessments: assessments,
            step: BookStep(
                at: instant,
                difference: book.difference(from: before, through: changes),
                changes: changes,
                notices: notices
            )
        )
    }

    static func assessment(_ subject: String, _ state: Assessment.State) -> Assessment {
        Assessment(
            subject: subject,
            name: "彭越浦 \(subject)",
            period: .month(CivilMonth(year: 2024, month: 2)),
            indicator: "class",
            state: state,
            facts: Facts(["class": .text("IV"), "note": .text("a \"quoted\" one")]),
            gaps: [Gap(.blank, "NH3-N")]
        )
    }

    /// A notice with two documents; the text one has every byte that there is.
    static func notice(of change: Change, to department: String, sequence: Int64) -> Notice {
        let name = "\(sequence)-\(change.alert.serial)-r\(change.alert.revision)"
        return Notice(
            sequence: sequence,
            department: department,
            matter: .alert(
                serial: change.alert.serial,
                revision: change.alert.revision,
                key: change.alert.key,
                change: change.kind
            ),
            documents: [
                Notice.Document(fileName: "\(name).txt", bytes: Array(0...255)),
                Notice.Document(fileName: "\(name).json", bytes: []),
            ]
        )
    }

    static func slot(
        _ seconds: Int64,
        _ reason: SlotReason,
        job: String = "river-sections",
        run: Int64? = nil,
        plan: Int64? = nil
    ) -> SlotRecord {
        SlotRecord(
            slot: Slot(job: job, instant: Instant(seconds: seconds)),
            reason: reason,
            run: run,
            decided: Instant(microseconds: seconds * 1_000_000 + 1),
            plan: plan.map(Instant.init(seconds:))
        )
    }
}

extension RunEntry {
    /// The same entry with other parts.
    func with(
        run: Int64? = nil,
        slot: SlotRecord? = nil,
        open: [Alert]? = nil,
        changes: [Change]? = nil,
        notices: [Notice]? = nil
    ) -> RunEntry {
        var difference = step.difference
        if let open { difference.open = open }
        return RunEntry(
            run: run ?? self.run,
            job: job,
            cause: cause,
            asOf: asOf,
            started: started,
            finished: finished,
            outcome: outcome,
            summary: summary,
            slot: slot ?? self.slot,
            assessments: assessments,
            step: BookStep(
                at: step.at,
                difference: difference,
                changes: changes ?? step.changes,
                notices: notices ?? step.notices
            )
        )
    }
}

extension AlertBook {
    /// The book without the facts that its alerts rest on.
    var withoutEvidence: AlertBook {
        let open = open.values.map { alert in
            var bare = alert
            bare.latest.facts = Facts()
            bare.latest.gaps = []
            return bare
        }
        return AlertBook(open: open, serials: serials, sequence: sequence)
    }
}

extension SQLiteLedger {
    /// Enters that notices are visible.
    func markDelivered(_ sequences: [Int64], at instant: Instant) throws {
        var marks = NoticeMarks(at: instant)
        marks.delivered = sequences
        try mark(marks)
    }
}
