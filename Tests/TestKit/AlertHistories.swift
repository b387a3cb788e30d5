// Random histories of alerts: verdicts, deliveries, people's wishes and a clock that is set back and forth.

package import Alerts
package import Almanac
package import Checks
package import Engine
import Records

/// A book of alerts with the world that moves it; the same seed gives the same history.
package struct AlertHistories {
    /// What happened in one step.
    package enum Act: Sendable, Hashable {
        case judged(job: String, [String: Assessment.State])
        case waited
        case clockSetBack
        case delivered, pickedUp
        case acknowledged(serial: String, Acknowledgement)
        case withdrawn(serial: String)
        case silenced(Silence)
        case unsilenced(Int)
        case jobsChanged
    }

    package static let subjects = ["A", "B", "C"]

    package let rules: AlertBook.Rules
    package private(set) var book = AlertBook()
    package private(set) var now: Instant
    package private(set) var jobs: Set<String> = ["river", "stock", "calm", "old-beds"]
    private var generator: SeededGenerator
    /// Notices that are told and not yet visible, then those that are visible.
    private var waiting: [Handling] = []
    private var visible: [Handling] = []
    private var run: Int64 = 0

    /// - Parameter start: What the clock shows first.
    package init(seed: UInt64, start: Instant) throws {
        generator = SeededGenerator(seed: seed)
        now = start
        rules = AlertBook.Rules(
            zone: try SettingsFiles.zone(named: "Asia/Shanghai"),
            calendar: try .shipped(),
            policy: Self.policy,
            recipients: Self.recipients,
            quiet: QuietTime(
                daily: QuietTime.Daily(start: 20 * 3_600_000_000, end: 7 * 3_600_000_000),
                restDays: false,
                except: [.critical]
            )
        )
    }

    package static func policy(_ job: String) -> AlertPolicy {
        switch job {
        case "river":
            AlertPolicy(
                remindEvery: Term(2, .workingDays),
                escalation: [
                    .init(after: Term(3, .workingDays), to: ["office"]),
                    .init(after: Term(6, .workingDays), waitsFor: .pickUp, to: ["mayor"]),
                ]
            )
        case "stock":
            AlertPolicy(
                confirmRaise: 2,
                confirmClear: 2,
                remindEvery: Term(3, .days),
                escalation: [.init(after: Term(2, .workingDays), to: ["office"])],
                acknowledgementLife: Term(2, .workingDays),
                acknowledgedBy: .each
            )
        case "calm": AlertPolicy(heldBackBy: [AlertMatcher(job: Glob("river"), severity: .critical)])
        default: AlertPolicy(remindEvery: Term(1, .months))
        }
    }

    private static func recipients(_ key: AlertKey, _ state: Assessment.State) -> Recipients {
        switch key.job {
        case "river": Recipients(to: ["water"], cc: state == .critical ? ["health"] : [])
        case "stock": Recipients(to: state == .critical ? ["health", "water"] : ["health"], cc: ["office"])
        default: Recipients(to: ["office"])
        }
    }

    /// Lets something happen.
    /// - Returns: What it was, what it changed, and what a ledger has to keep.
    package mutating func act() -> (act: Act, step: BookStep) {
        let before = book
        let (act, changes) = choose()
        for change in changes {
            waiting += change.recipients.all.map {
                Handling(.delivered, serial: change.alert.serial, key: change.alert.key, department: $0, at: now)
            }
        }
        let notices = changes.flatMap { change in
            change.recipients.all.map {
                Self.notice(of: change, to: $0, sequence: book.nextSequence())
            }
        }
        let difference = book.difference(from: before, through: changes)
        return (act, BookStep(at: now, difference: difference, changes: changes, notices: notices))
    }

    /// Starts again from what a ledger kept.
    package mutating func restart(with book: AlertBook) { self.book = book }

    private mutating func choose() -> (Act, [Change]) {
        moveClock()
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<34: return judge()
        case 34..<50: return wait()
        case 50..<56:
            now = now.adding(seconds: -Int64(generator.pick([30, 3_600, 86_400, 40 * 86_400])))
            return (.clockSetBack, book.advance(rules: rules, at: now))
        case 56..<74:
            let count = Int.random(in: 0...waiting.count, using: &generator)
            let delivered = waiting.prefix(count).map { handled(.delivered, $0) }
            waiting.removeFirst(count)
            visible += delivered
            return (.delivered, book.note(delivered, rules: rules, at: now))
        case 74..<79:
            let taken = visible.filter { _ in Bool.random(using: &generator) }.map { handled(.pickedUp, $0) }
            return (.pickedUp, book.note(taken, rules: rules, at: now))
        case 79..<84: return acknowledge() ?? wait()
        case 84..<86: return withdraw() ?? wait()
        case 86..<92: return silence() ?? wait()
        case 92..<96: return unsilence() ?? wait()
        default: return changeJobs()
        }
    }

    private func handled(_ kind: Handling.Kind, _ handling: Handling) -> Handling {
        Handling(kind, serial: handling.serial, key: handling.key, department: handling.department, at: now)
    }

    /// Mostly a little; at times the machine was off for weeks.
    private mutating func moveClock() {
        let longest = generator.pick([600, 3_600, 6 * 3_600, 6 * 3_600, 86_400, 3 * 86_400, 25 * 86_400])
        now = now.adding(seconds: Int64.random(in: 0...Int64(longest), using: &generator))
    }

    private mutating func judge() -> (Act, [Change]) {
        let job = generator.pick(jobs.sorted())
        var found: [String: Assessment.State] = [:]
        for subject in Self.subjects where Int.random(in: 0..<3, using: &generator) > 0 {
            found[subject] = generator.pick([.ok, .ok, .warning, .warning, .critical, .unknown])
        }
        run += 1
        let assessments = found.sorted { $0.key < $1.key }.map { subject, state in
            assessment(
                subject,
                state,
                sustained: job == "stock" && state == .ok ? generator.pick([nil, .warning]) : nil
            )
        }
        let changes = book.apply(
            assessments,
            from: AlertBook.Origin(
                job: job,
                checkKind: "stock",
                serialPrefix: "CN-" + job.prefix(3).uppercased(),
                run: run,
                asOf: now
            ),
            rules: rules,
            at: now
        )
        return (.judged(job: job, found), changes)
    }

    /// What is due comes at its time, or not before the next occasion.
    private mutating func wait() -> (Act, [Change]) {
        if let due = book.nextDue(rules: rules, at: now), due > now, Bool.random(using: &generator) { now = due }
        return (.waited, book.advance(rules: rules, at: now))
    }

    private mutating func acknowledge() -> (Act, [Change])? {
        guard let alert = anyAlert() else { return nil }
        let departments = [nil] + alert.recipients.all.map(Optional.some)
        let until = Bool.random(using: &generator) ? nil : now.adding(seconds: generator.pick([3_600, 30 * 86_400]))
        let department = generator.pick(departments)
        let result = try? book.acknowledge(
            alert.serial,
            for: department,
            author: "Wang",
            note: "note \(run)",
            until: until,
            saysSettled: department != nil,
            rules: rules,
            at: now
        )
        return result.map { (.acknowledged(serial: alert.serial, $0.acknowledgement), $0.changes) }
    }

    private mutating func withdraw() -> (Act, [Change])? {
        guard let alert = anyAlert(),
            let changes = try? book.withdraw(alert.serial, author: "Li", reason: "error", rules: rules, at: now)
        else { return nil }
        return (.withdrawn(serial: alert.serial), changes)
    }

    private mutating func silence() -> (Act, [Change])? {
        let matcher = AlertMatcher(
            job: Glob(generator.pick(["river", "stock", "calm", "*"])),
            subject: Glob(generator.pick(["A", "?", "*"])),
            severity: generator.pick([nil, nil, .warning])
        )
        let start = now.adding(seconds: generator.pick([0, 0, 7_200, 86_400]))
        let result = try? book.silence(
            matcher,
            author: "Zhao",
            reason: "works",
            from: start,
            until: start.adding(seconds: generator.pick([1_800, 86_400, 5 * 86_400])),
            rules: rules,
            at: now
        )
        return result.map { (.silenced($0.silence), $0.changes) }
    }

    private mutating func unsilence() -> (Act, [Change])? {
        guard !book.silences.isEmpty else { return nil }
        let id = generator.pick(book.silences.map(\.id))
        return (try? book.unsilence(id, rules: rules, at: now)).map { (.unsilenced(id), $0) }
    }

    /// A job goes, comes back, or is given another name.
    private mutating func changeJobs() -> (Act, [Change]) {
        let names = ["old-beds", "beds"]
        jobs.subtract(names)
        if Int.random(in: 0..<4, using: &generator) > 0 { jobs.insert(generator.pick(names)) }
        return (
            .jobsChanged, book.adopt(jobs: jobs, formerly: ["beds": "old-beds"], rules: rules, at: now)
        )
    }

    private mutating func anyAlert() -> Alert? {
        book.open.isEmpty ? nil : generator.pick(book.open.values.sorted { $0.serial < $1.serial })
    }

    private mutating func assessment(
        _ subject: String,
        _ state: Assessment.State,
        sustained: Assessment.State?
    ) -> Assessment {
        Assessment(
            subject: subject,
            name: "name of \(subject)",
            period: .month(CivilMonth(year: 2024, month: Int(run % 12) + 1)),
            indicator: "class",
            state: state,
            sustained: sustained,
            facts: Facts([
                "run": .integer(Int(run)), "value": .decimal(ExactDecimal(coefficient: run, scale: 2)),
                "items": .list([Facts(["day": .date(CivilDate(daysSinceEpoch: Int(run)))])]),
            ]),
            gaps: [Gap(.blank, "NH3-N", at: RowReference(file: "a:b.csv", line: 3, column: 2))],
            source: [RowReference(file: "a.csv", line: Int(run))]
        )
    }

    private static func notice(of change: Change, to department: String, sequence: Int64) -> Notice {
        Notice(
            sequence: sequence,
            department: department,
            matter: .alert(
                serial: change.alert.serial,
                revision: change.alert.revision,
                key: change.alert.key,
                change: change.kind
            ),
            documents: [Notice.Document(fileName: "\(sequence).txt", bytes: [])]
        )
    }
}
