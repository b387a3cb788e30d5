// Slots after the rule of working days: which stay, which move where, and which give way.
//
// Days move in their order: of two days, the later never goes to an earlier day than the other. So whatever comes after
// an instant is found by looking at the planned days from the first that may move there on, one question a day.

import Almanac

extension Schedule {
    /// The first slot strictly after an instant, by that rule, of those whose plans were not yet served.
    func next(after instant: Instant, by rule: WorkingDayRule, except served: Set<Instant>) -> DueSlot? {
        let run = occurrences.compactMap { $0.firstRun(after: instant, by: rule, except: served) }
            .min(by: DueSlot.stands(_:before:))
        let skips = occurrences.compactMap {
            firstSkip(of: $0, after: instant, before: run?.instant, by: rule, except: served)
        }
        return skips.min { $0.instant < $1.instant } ?? run
    }

    /// The first slot between two instants that is not run because of its day.
    private func firstSkip(
        of occurrence: Occurrence,
        after instant: Instant,
        before end: Instant?,
        by rule: WorkingDayRule,
        except served: Set<Instant>
    ) -> DueSlot? {
        var last = instant
        while let planned = occurrence.next(after: last, except: served), end.map({ planned < $0 }) ?? true {
            let date = occurrence.zone.civil(at: planned).date
            switch rule.outcome(of: date) {
            case .stay: last = occurrence.zone.endOfDay(date)
            case .skip: return DueSlot(instant: planned, plan: planned, skip: .restDay)
            case .move(let day):
                let landing = occurrence.sameTime(as: planned, on: day.to)
                if isTaken(landing, before: planned, by: rule, except: served) {
                    return DueSlot(instant: planned, plan: planned, shift: day, skip: .coincides)
                }
                last = planned
            }
        }
        return nil
    }

    /// Whether the job runs at that instant even without the slot that was planned for another and moved there.
    private func isTaken(
        _ instant: Instant,
        before moved: Instant,
        by rule: WorkingDayRule,
        except served: Set<Instant>
    ) -> Bool {
        occurrences.contains { occurrence in
            let justBefore = Instant(microseconds: instant.microseconds - 1)
            let date = occurrence.zone.civil(at: instant).date
            if case .stay = rule.outcome(of: date),
                occurrence.next(after: justBefore, except: served) == instant
            {
                return true
            }
            return rule.days(movingTo: date).contains { day in
                guard let other = occurrence.firstLanding(of: day, after: justBefore, except: served) else {
                    return false
                }
                return other.landing == instant && other.planned < moved
            }
        }
    }
}

extension Schedule.Occurrence {
    /// The first run strictly after an instant.
    fileprivate func firstRun(
        after instant: Instant,
        by rule: WorkingDayRule,
        except served: Set<Instant>
    ) -> DueSlot? {
        let today = zone.civil(at: instant).date
        var first: DueSlot?
        var firstDay: CivilDate?
        var last = Instant(microseconds: zone.startOfDay(rule.firstDay(movingTo: today)).microseconds - 1)
        while let planned = next(after: last, except: served) {
            let date = zone.civil(at: planned).date
            last = zone.endOfDay(date)
            let day: CivilDate
            var found: DueSlot?
            switch rule.outcome(of: date) {
            case .skip: continue
            case .stay(let isProvisional):
                day = date
                let slot = planned > instant ? planned : next(after: instant, except: served)
                if let slot, slot <= last { found = DueSlot(instant: slot, plan: slot, isProvisional: isProvisional) }
            case .move(let moved):
                day = moved.to
                found = firstLanding(of: moved, after: instant, except: served).map {
                    DueSlot(
                        instant: $0.landing,
                        plan: $0.planned,
                        shift: moved,
                        isProvisional: moved.isProvisional
                    )
                }
            }
            if let firstDay, day > firstDay { break }
            guard let found else { continue }
            first = [first, found].compactMap(\.self).min(by: DueSlot.stands(_:before:))
            firstDay = day
        }
        return first
    }

    /// The first slot of a day that moved, by where it lands strictly after an instant.
    fileprivate func firstLanding(
        of day: ShiftedDay,
        after instant: Instant,
        except served: Set<Instant>
    ) -> (planned: Instant, landing: Instant)? {
        let reading = zone.civil(at: instant)
        guard day.to >= reading.date else { return nil }
        // On the day where they land, only times of day after the instant's own count.
        var last =
            day.to > reading.date
            ? Instant(microseconds: zone.startOfDay(day.from).microseconds - 1)
            : self.instant(of: CivilDateTime(date: day.from, microsecondOfDay: reading.microsecondOfDay))
        let end = zone.endOfDay(day.from)
        while let planned = next(after: last, except: served), planned <= end {
            let landing = sameTime(as: planned, on: day.to)
            if landing > instant { return (planned, landing) }
            last = planned
        }
        return nil
    }

    /// The next planned instant that was not yet served.
    fileprivate func next(after instant: Instant, except served: Set<Instant>) -> Instant? {
        var last = instant
        while let planned = next(after: last) {
            guard served.contains(planned) else { return planned }
            last = planned
        }
        return nil
    }

    /// The same time of day on another day.
    func sameTime(as planned: Instant, on date: CivilDate) -> Instant {
        instant(of: CivilDateTime(date: date, microsecondOfDay: zone.civil(at: planned).microsecondOfDay))
    }

    /// The first instant at which the clocks show that; when they are set forward over it, the instant after the jump.
    private func instant(of civil: CivilDateTime) -> Instant {
        switch zone.mapping(of: civil) {
        case .one(let instant), .overlap(let instant, _), .gap(let instant): instant
        }
    }
}

extension WorkingDayRule {
    /// The days whose slots move to that day.
    fileprivate func days(movingTo date: CivilDate) -> [ShiftedDay] {
        var days: [ShiftedDay] = []
        var day = firstDay(movingTo: date)
        while true {
            switch outcome(of: day) {
            case .move(let moved) where moved.to == date: days.append(moved)
            case .move(let moved) where moved.to > date: return days
            case .stay where day > date: return days
            case .move, .stay, .skip: break
            }
            day = day.adding(days: 1)
        }
    }
}

extension DueSlot {
    /// Whether a run comes before another or, at the same instant, stands for both: unmoved first, then from earlier.
    fileprivate static func stands(_ left: DueSlot, before right: DueSlot) -> Bool {
        guard left.instant == right.instant else { return left.instant < right.instant }
        guard let leftDay = left.shift?.from else { return right.shift != nil }
        return right.shift.map { leftDay < $0.from } ?? false
    }
}
