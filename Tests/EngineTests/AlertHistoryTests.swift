// What holds of alerts whatever happens: random histories, judged by somebody who only hears what is told.

import Alerts
import Almanac
import Checks
import Engine
import TestKit
import Testing

@Suite struct AlertHistoryTests {
    private static let start = "2024-03-25T01:00:00Z"
    private static let steps = 900

    @Test("promises of the book", arguments: [1, 2, 3, 5, 8, 13, 21, 34] as [UInt64])
    func promisesHoldInRandomHistories(seed: UInt64) throws {
        var histories = try AlertHistories(seed: seed, start: try Instant(rfc3339: Self.start))
        let ledger = MemoryLedger()
        var judge = Judge(rules: histories.rules, start: histories.now)
        for number in 0..<Self.steps {
            let before = histories.book
            let (act, step) = histories.act()
            try ledger.enter(step)
            judge.hear(act, step, from: before, to: histories.book)
            // What a restart finds is the same book.
            let restored = try ledger.restore().book
            #expect(restored == histories.book, "step \(number)")
            if number.isMultiple(of: 7) { histories.restart(with: restored) }
        }
        // The history is worth something only when everything in it happened.
        #expect(Change.Kind.allCases.allSatisfy { judge.told[$0, default: 0] > 3 }, "\(judge.told)")
        #expect(
            Change.Occasion.allCases.filter { $0 != .notPickedUp }.allSatisfy { judge.occasions[$0, default: 0] > 0 }
        )
    }

    @Test(arguments: [4, 99] as [UInt64])
    func theSameHistoryGivesTheSameChanges(seed: UInt64) throws {
        let start = try Instant(rfc3339: Self.start)
        var first = try AlertHistories(seed: seed, start: start)
        var second = try AlertHistories(seed: seed, start: start)
        for _ in 0..<300 {
            let (one, other) = (first.act(), second.act())
            #expect(one.act == other.act)
            #expect(one.step.changes == other.step.changes)
            // A restart in between is not felt.
            let ledgered = second.book
            second.restart(
                with: AlertBook(
                    open: Array(ledgered.open.values),
                    candidates: ledgered.candidates,
                    silences: ledgered.silences,
                    lastSilence: ledgered.lastSilence,
                    serials: ledgered.serials,
                    sequence: ledgered.sequence
                )
            )
        }
    }
}

/// What departments hear, and what may be expected of it by the clock on the wall.
private struct Judge {
    /// What is known of one alert from what was told and asked for.
    private struct Knowledge {
        var told: Assessment.State?
        var departments: Set<String> = []
        var revision = 0
        var delivered = false
        /// Seconds of working days on which an answer could be expected.
        var waited: Int64 = 0
        var steps = 0
        var sinceReminder: Int64?
        /// Whether somebody has taken care and it was not enough.
        var hasLapsed = false
    }

    let rules: AlertBook.Rules
    private var clock: Instant
    private var alerts: [String: Knowledge] = [:]
    private var silences: [Silence] = []
    private(set) var told: [Change.Kind: Int] = [:]
    private(set) var occasions: [Change.Occasion: Int] = [:]

    init(rules: AlertBook.Rules, start: Instant) {
        self.rules = rules
        clock = start
    }

    mutating func hear(_ act: AlertHistories.Act, _ step: BookStep, from before: AlertBook, to book: AlertBook) {
        let now = step.at
        passTime(to: now, before)
        if case .silenced(let silence) = act { silences.append(silence) }
        if case .unsilenced(let id) = act { silences.removeAll { $0.id == id } }
        silences.removeAll { $0.until <= now }
        let bound = now.adding(seconds: AlertBook.longestStaySeconds)
        silences = silences.map { silence in
            guard silence.until > bound else { return silence }
            return book.silences.first { $0.id == silence.id } ?? silence
        }
        var changed: Set<String> = []
        var reminded: Set<String> = []
        for change in step.changes {
            if let occasion = change.occasion { occasions[occasion, default: 0] += 1 }
            guard change.isTold else { continue }
            told[change.kind, default: 0] += 1
            hear(change, now, from: before, to: book)
            if [.reminder, .escalated].contains(change.kind) {
                if change.kind == .reminder, change.occasion != .contradicted {
                    #expect(reminded.insert(change.alert.serial).inserted, "one reminder, however many were missed")
                }
            } else {
                #expect(changed.insert(change.alert.serial).inserted, "what differs is settled at once and only once")
            }
        }
        check(act, before, book, now)
        if case .delivered = act { noteDeliveries(before, book) }
    }

    private mutating func hear(_ change: Change, _ now: Instant, from before: AlertBook, to book: AlertBook) {
        let serial = change.alert.serial
        var known = alerts[serial] ?? Knowledge()
        let recipients = Set(change.recipients.all)
        #expect(change.previous == known.told)
        #expect(change.alert.revision == known.revision + 1, "each telling has the next revision")
        #expect(change.alert.tellings.count == change.alert.revision)
        #expect(change.alert.tellings.last?.recipients == change.recipients)
        #expect(!isSilenced(change.alert, known.told, now), "\(serial) is silenced")
        #expect(!isQuiet(change.alert, known.told, now), "\(serial) is told in quiet time")
        if change.alert.key.job == "calm" {
            #expect(!book.open.values.contains { $0.key.job == "river" && $0.state == .critical })
        }
        switch change.kind {
        case .raised: #expect(known.told == nil && change.alert.state.isBad)
        case .worsened: #expect(known.told == .warning && change.alert.state == .critical)
        case .eased: #expect(known.told == .critical && change.alert.state == .warning)
        case .cleared, .withdrawn:
            #expect(known.told != nil)
            #expect(recipients == known.departments, "whoever was told hears the end, and nobody else")
        case .reminder, .escalated:
            #expect(known.told == change.alert.state && change.alert.state.isBad)
            // Who answers has got it.
            #expect(known.delivered || known.hasLapsed || change.occasion == .contradicted, "nobody had got it")
        }
        if change.occasion == .contradicted {
            let said = before.alert(serial)?.standings.filter { $0.value.saidSettled != nil } ?? [:]
            #expect(Set(change.recipients.to).isSubset(of: said.keys), "told otherwise who never said so, or twice")
        } else if change.kind == .reminder {
            #expect(known.sinceReminder.map { $0 >= 86_400 } ?? true, "reminded twice within a day")
            known.sinceReminder = 0
        }
        if change.kind == .escalated {
            let steps = AlertHistories.policy(change.alert.key.job).escalation
            // A step whose answer is there is passed over.
            known.steps += 1
            let first = steps[min(known.steps, steps.count) - 1]
            #expect(known.waited >= Int64(first.after.count) * 86_400, "\(serial) is escalated before its time")
            #expect(known.steps <= steps.count)
        }
        known.told = change.alert.state
        known.revision = change.alert.revision
        known.departments.formUnion(recipients)
        alerts[serial] = change.kind.isEnd ? nil : known
    }

    private func check(_ act: AlertHistories.Act, _ before: AlertBook, _ book: AlertBook, _ now: Instant) {
        #expect(Set(alerts.keys).isSubset(of: book.open.values.map(\.serial)), "an end was kept from who was told")
        for alert in book.open.values {
            let known = alerts[alert.serial]
            #expect(alert.told == known?.told && Set(alert.recipients.all) == known?.departments ?? [])
            let isParentOpen =
                alert.key.job == "calm"
                && book.open.values.contains { $0.key.job == "river" && $0.state == .critical }
            if !isSilenced(alert, alert.told, now), !isQuiet(alert, alert.told, now), !isParentOpen {
                #expect(alert.told == alert.state, "nothing mutes \(alert.serial), and it is not told")
            }
            if let acknowledgement = alert.acknowledgement {
                #expect(acknowledgement.until > now, "acknowledged for ever")
                #expect(acknowledgement.until <= now.adding(seconds: AlertBook.longestStaySeconds))
            }
            if case .judged = act, let earlier = before.open[alert.key], earlier.serial == alert.serial,
                let acknowledgement = earlier.acknowledgement, acknowledgement.until > now
            {
                #expect(alert.acknowledgement?.author == acknowledgement.author)
                #expect(alert.acknowledgement?.note == acknowledgement.note)
                #expect(alert.acknowledgement?.at == acknowledgement.at)
            }
        }
        #expect(book.silences.map(\.id) == silences.map(\.id), "silences reign until their end, and no longer")
        #expect(book.nextDue(rules: rules, at: now).map { $0 > now } ?? true, "the book waits for what has passed")
    }

    private func weightiest(_ alert: Alert, _ told: Assessment.State?) -> Assessment.State {
        [alert.state, told].contains(.critical) ? .critical : told.flatMap { $0.isBad ? $0 : nil } ?? alert.state
    }

    private func isSilenced(_ alert: Alert, _ told: Assessment.State?, _ instant: Instant) -> Bool {
        silences.contains {
            $0.from <= instant && instant < $0.until && $0.matcher.matches(alert.key, weightiest(alert, told))
        }
    }

    /// Quiet is from 20:00 to 07:00 for what is not critical.
    private func isQuiet(_ alert: Alert, _ told: Assessment.State?, _ instant: Instant) -> Bool {
        let hour = rules.zone.civil(at: instant).hour
        return weightiest(alert, told) != .critical && (hour >= 20 || hour < 7)
    }

    /// Lets the wall clock go on, hour by hour at most; set back, it gives nothing.
    private mutating func passTime(to now: Instant, _ book: AlertBook) {
        if now < clock { clock = now }
        let ends = silences.flatMap { [$0.from, $0.until] } + book.open.values.compactMap { $0.acknowledgement?.until }
        while clock < now {
            let midnight = rules.zone.startOfDay(rules.zone.civil(at: clock).date.adding(days: 1))
            let next = ([now, midnight] + ends.filter { $0 > clock }).min() ?? now
            let seconds = (next.microseconds - clock.microseconds) / 1_000_000
            let date = rules.zone.civil(at: clock).date
            // Beyond the notices of the calendar weekends are rest days.
            let isWorked =
                rules.calendar.isWorkingDay(date) ?? (date.weekday != .saturday && date.weekday != .sunday)
            for alert in book.open.values where alerts[alert.serial] != nil {
                alerts[alert.serial]?.sinceReminder? += seconds
                let isAcknowledged = alert.acknowledgement.map { $0.until > clock } ?? false
                let policy = AlertHistories.policy(alert.key.job)
                let counts = alert.recipients.to.allSatisfy { alert.standings[$0]?.acknowledged != nil }
                let isAnswered = isAcknowledged && (policy.acknowledgedBy == .any || counts)
                guard alerts[alert.serial]?.delivered == true, isWorked, alert.state.isBad, !isAnswered,
                    !isSilenced(alert, alert.told, clock)
                else { continue }
                alerts[alert.serial]?.waited += seconds
            }
            for alert in book.open.values {
                guard let until = alert.acknowledgement?.until, until == next else { continue }
                restart(alert.serial)
            }
            clock = next
        }
    }

    /// Whose acknowledgement has ended, waits anew.
    private mutating func restart(_ serial: String) {
        alerts[serial]?.waited = 0
        alerts[serial]?.steps = 0
        alerts[serial]?.sinceReminder = nil
        alerts[serial]?.hasLapsed = true
    }

    private mutating func noteDeliveries(_ before: AlertBook, _ book: AlertBook) {
        for alert in book.open.values {
            guard alert.recipients.to.contains(where: { alert.standings[$0]?.delivered != nil }) else { continue }
            alerts[alert.serial]?.delivered = true
        }
    }
}
