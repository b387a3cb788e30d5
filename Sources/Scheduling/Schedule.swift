// When a job is due: its calendar events, each in its zone, what happens on rest days and to slots that were missed.

package import Almanac

/// A job's schedule.
package struct Schedule: Sendable, Hashable {
    /// One calendar event with what gives it instants.
    package struct Occurrence: Sendable, Hashable {
        package let event: CalendarEvent
        package let zone: Zone
        /// What becomes of times that the zone's clocks skip or show twice.
        package let clockChanges: ClockChanges
        /// The weeks in which the event counts; `nil` for all.
        package let weeks: WeekCycle?

        package init(
            event: CalendarEvent,
            zone: Zone,
            clockChanges: ClockChanges = .systemd,
            weeks: WeekCycle? = nil
        ) {
            self.event = event
            self.zone = zone
            self.clockChanges = clockChanges
            self.weeks = weeks
        }

        /// The first elapse strictly after an instant, or `nil` when there is none any more.
        package func next(after instant: Instant) -> Instant? {
            var last = instant
            while let elapse = event.next(after: last, in: zone, clockChanges: clockChanges) {
                let date = zone.civil(at: elapse).date
                guard let weeks, !weeks.contains(date) else { return elapse }
                last = Instant(microseconds: zone.startOfDay(weeks.firstDay(after: date)).microseconds - 1)
            }
            return nil
        }
    }

    /// What becomes of slots that passed while nobody was there to run them.
    package enum CatchUp: Sendable, Hashable {
        /// They are recorded as skipped.
        case none
        /// The latest one runs late when it is not older than that.
        case latest(within: TimeSpan)
        /// Those that are not older than that run late one after the other, the latest hundred of them.
        case all(within: TimeSpan)
    }

    package let occurrences: [Occurrence]
    package let catchUp: CatchUp
    /// What becomes of slots on rest days; `nil` when all days are alike.
    package let workingDays: WorkingDayRule?
    /// Over which time the starts of many jobs with the same slots are spread; zero for none.
    package let splay: TimeSpan
    /// The one working day of each month on which the events count; `nil` for all days.
    package let monthDay: MonthlyWorkingDay?

    package init(
        occurrences: [Occurrence],
        catchUp: CatchUp,
        workingDays: WorkingDayRule? = nil,
        monthDay: MonthlyWorkingDay? = nil,
        splay: TimeSpan = TimeSpan(seconds: 0)
    ) {
        self.occurrences = occurrences
        self.catchUp = catchUp
        self.workingDays = workingDays
        self.splay = splay
        self.monthDay = monthDay
    }

    /// The calendar of working days that it goes by; `nil` when all days are alike.
    package var calendar: WorkingDayCalendar? { workingDays?.calendar ?? monthDay?.calendar }

    /// The first slot strictly after an instant, or `nil` when there is none any more.
    ///
    /// - Parameter served: Plans of slots that were served before a notice about working days moved them here; they do
    ///   not come again.
    package func next(after instant: Instant, except served: Set<Instant> = []) -> DueSlot? {
        let slot = nextByClocks(after: instant, except: served)
        return firstSkippedByClocks(after: instant, before: slot?.instant) ?? slot
    }

    /// The first slot whose time the clocks show.
    private func nextByClocks(after instant: Instant, except served: Set<Instant>) -> DueSlot? {
        if let monthDay { return next(after: instant, on: monthDay, except: served) }
        if let workingDays { return next(after: instant, by: workingDays, except: served) }
        return occurrences.compactMap { $0.next(after: instant) }.min().map { DueSlot(instant: $0) }
    }

    /// The latest slots after an instant and up to another, earliest first, at most so many.
    ///
    /// Looks back in growing steps, so that the work does not grow with the length of time.
    func latest(_ count: Int, after start: Instant, through end: Instant, except served: Set<Instant>) -> [DueSlot] {
        var reach: Int64 = 3600
        while true {
            let isWhole = end.adding(seconds: -reach) <= start
            var last = isWhole ? start : end.adding(seconds: -reach)
            var slots: [DueSlot] = []
            while let slot = next(after: last, except: served), slot.instant <= end {
                slots.append(slot)
                last = slot.instant
            }
            if isWhole || slots.count >= count { return slots.suffix(count) }
            reach *= 4
        }
    }

    /// When a slot of a job is served: as late after its instant as its splay gives it.
    ///
    /// The delay follows from the job's name and the slot alone, so that a restart neither repeats nor loses it.
    package func release(of slot: Instant, job: String) -> Instant {
        guard splay.seconds > 0 else { return slot }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func take(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        for byte in job.utf8 { take(byte) }
        for shift in stride(from: 0, to: 64, by: 8) {
            take(UInt8(truncatingIfNeeded: slot.microseconds >> Int64(shift)))
        }
        // The last bytes of FNV-1a reach its high bits too little; a multiplication with the golden ratio spreads them.
        let spread = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
        let microseconds = UInt64(splay.seconds).multipliedFullWidth(by: 1_000_000).low
        return Instant(microseconds: slot.microseconds + Int64(spread.multipliedFullWidth(by: microseconds).high))
    }

    /// Tells an edited schedule from an unchanged one: the events' normal forms with their zones, and the rule.
    ///
    /// What the calendar of working days says is no part of it: a new notice edits no schedule.
    package var fingerprint: String {
        let events = occurrences.map(\.description).joined(separator: ", ")
        if let monthDay { return "\(events), \(monthDay)" }
        return workingDays.map { "\(events), \($0)" } ?? events
    }
}

extension Schedule.Occurrence: CustomStringConvertible {
    /// `*-*-05 09:00:00 in Asia/Shanghai`, with whatever is unusual about it.
    package var description: String {
        var text = "\(event) in \(zone.name)"
        if let weeks { text += " \(weeks)" }
        if clockChanges.gap != .skip { text += " dst-gap \(clockChanges.gap.rawValue)" }
        if clockChanges.overlap != .first { text += " dst-overlap \(clockChanges.overlap.rawValue)" }
        return text
    }
}
