// A book with a clock and departments, driven as the daemon drives it.

import Alerts
import Almanac
import Checks
import TestKit
import Testing

/// What a test says of alerts in few words; times are those of Shanghai.
struct Watch {
    /// A change as tests look at it.
    struct Told: Equatable, CustomStringConvertible {
        let kind: Change.Kind
        let at: String
        let to: Set<String>

        init(_ kind: Change.Kind, _ at: String, _ to: Set<String>) {
            self.kind = kind
            self.at = at
            self.to = to
        }

        var description: String { "\(kind) \(at) \(to.sorted())" }
    }

    var book = AlertBook()
    var now: Instant
    var policies: [String: AlertPolicy]
    var recipients: @Sendable (AlertKey, Assessment.State) -> Recipients
    var quiet: QuietTime?
    /// Whether each notice is visible in its folder at once.
    var delivers = true
    /// All changes so far, told or only recorded.
    private(set) var changes: [Change] = []
    private let zone: Zone
    private let calendar: WorkingDayCalendar

    init(
        _ start: String = "2024-03-25 09:00",
        _ policy: AlertPolicy = AlertPolicy(),
        others: [String: AlertPolicy] = [:],
        recipients: @escaping @Sendable (AlertKey, Assessment.State) -> Recipients = { _, _ in
            Recipients(to: ["water"], cc: ["office"])
        }
    ) throws {
        zone = try SettingsFiles.zone(named: "Asia/Shanghai")
        calendar = try .shipped()
        policies = others.merging(["river": policy]) { $1 }
        self.recipients = recipients
        now = try Self.instant(start)
    }

    static func instant(_ text: String) throws -> Instant { try Instant(rfc3339: "\(text):00+08:00") }

    var rules: AlertBook.Rules {
        AlertBook.Rules(
            zone: zone,
            calendar: calendar,
            policy: { [policies] in policies[$0] ?? AlertPolicy() },
            recipients: recipients,
            quiet: quiet
        )
    }

    /// The one alert that there is.
    var alert: Alert {
        get throws {
            try #require(book.open.count == 1)
            return try #require(book.open.values.first)
        }
    }

    /// What was told since the last look, in order.
    mutating func heard() -> [Told] {
        defer { changes = [] }
        return changes.filter(\.isTold).map {
            Told($0.kind, time($0.alert.tellings.last?.at ?? now), Set($0.recipients.all))
        }
    }

    /// What happened since the last look, told or not.
    mutating func happened() -> [Change] {
        defer { changes = [] }
        return changes
    }

    mutating func judge(_ states: [String: Assessment.State], job: String = "river") {
        judge(states.sorted { $0.key < $1.key }.map { .verdict($0.value, of: $0.key) }, job: job)
    }

    mutating func judge(_ assessments: [Assessment], job: String = "river") {
        let origin = AlertBook.Origin(
            job: job,
            checkKind: "stock",
            serialPrefix: "CN-\(job.uppercased())",
            run: 1,
            asOf: now
        )
        take(book.apply(assessments, from: origin, rules: rules, at: now))
    }

    /// Lets time pass; whatever is due comes at its time.
    mutating func wait(until end: String) throws {
        let end = try Self.instant(end)
        for _ in 0..<1_000 {
            guard let due = book.nextDue(rules: rules, at: now), due <= end else {
                now = end
                return
            }
            now = max(due, now)
            take(book.advance(rules: rules, at: now))
        }
        Issue.record("the book waits for what never happens")
    }

    /// Sets the clock, or lets the machine sleep; then looks at what is due once.
    mutating func jump(to end: String) throws {
        now = try Self.instant(end)
        take(book.advance(rules: rules, at: now))
    }

    mutating func note(_ kind: Handling.Kind, by department: String) throws {
        let alert = try alert
        let handling = Handling(kind, serial: alert.serial, key: alert.key, department: department, at: now)
        take(book.note([handling], rules: rules, at: now))
    }

    mutating func acknowledge(by department: String? = nil, until: String? = nil, saysSettled: Bool = false) throws {
        let until = try until.map(Self.instant)
        take(
            try book.acknowledge(
                try alert.serial,
                for: department,
                author: "Wang",
                note: "pump ordered",
                until: until,
                saysSettled: saysSettled,
                rules: rules,
                at: now
            ).changes
        )
    }

    mutating func withdraw() throws {
        take(try book.withdraw(try alert.serial, author: "Li", reason: "wrong unit", rules: rules, at: now))
    }

    @discardableResult
    mutating func silence(_ matcher: AlertMatcher = AlertMatcher(), from: String? = nil, until: String) throws -> Int {
        let result = try book.silence(
            matcher,
            author: "Zhao",
            reason: "dredging",
            from: try from.map(Self.instant),
            until: try Self.instant(until),
            rules: rules,
            at: now
        )
        take(result.changes)
        return result.silence.id
    }

    mutating func unsilence(_ id: Int) throws { take(try book.unsilence(id, rules: rules, at: now)) }

    mutating func adopt(_ jobs: Set<String>, formerly: [String: String] = [:]) {
        take(book.adopt(jobs: jobs, formerly: formerly, rules: rules, at: now))
    }

    private mutating func take(_ new: [Change]) {
        changes += new
        guard delivers else { return }
        let delivered = new.flatMap { change in
            change.recipients.all.map {
                Handling(.delivered, serial: change.alert.serial, key: change.alert.key, department: $0, at: now)
            }
        }
        if !delivered.isEmpty { take(book.note(delivered, rules: rules, at: now)) }
    }

    /// `2024-03-25 09:00`.
    private func time(_ instant: Instant) -> String {
        zone.rfc3339(instant).prefix(16).split(separator: "T").joined(separator: " ")
    }
}
