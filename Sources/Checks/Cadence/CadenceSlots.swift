// The slots in which a duty is owed: calendar periods, steps from an anchor, windows of the year.

import Almanac

/// One stretch of days in which a duty is owed.
struct CadenceSlot: Sendable, Hashable {
    let first: CivilDate
    let last: CivilDate
    let label: String

    func contains(_ date: CivilDate) -> Bool { (first...last).contains(date) }
}

/// A row of slots without end in either direction.
enum CadenceSlots: Sendable {
    /// Months, quarters, half-years, years or weeks of the calendar.
    case calendar(Period.Unit)
    /// Steps from an anchor, each reckoned from it: 31 August, the last of February, 31 August again.
    case anchored(CivilDate, CalendarDuration)
    case windows([CadenceWindow])

    /// The slot that holds a day; for windows the next one when none does.
    func slot(at date: CivilDate) -> CadenceSlot {
        switch self {
        case .calendar(let unit): return CadenceSlot(Period.containing(date, unit: unit))
        case .anchored(let anchor, let step):
            var number = 0
            while anchor.adding(step, times: number + 1) <= date { number += 1 }
            while anchor.adding(step, times: number) > date { number -= 1 }
            return Self.step(number, of: step, from: anchor)
        case .windows(let windows):
            for year in [date.year, date.year + 1] {
                for window in windows where window.days(of: year).upperBound >= date {
                    return Self.window(window, year)
                }
            }
            return Self.window(windows[0], date.year + 1)
        }
    }

    func previous(_ slot: CadenceSlot) -> CadenceSlot {
        guard case .windows(let windows) = self else { return self.slot(at: slot.first.adding(days: -1)) }
        for year in [slot.first.year, slot.first.year - 1] {
            for window in windows.reversed() where window.days(of: year).upperBound < slot.first {
                return Self.window(window, year)
            }
        }
        return Self.window(windows[windows.count - 1], slot.first.year - 1)
    }

    func next(_ slot: CadenceSlot) -> CadenceSlot { self.slot(at: slot.last.adding(days: 1)) }

    private static func step(_ number: Int, of step: CalendarDuration, from anchor: CivilDate) -> CadenceSlot {
        let first = anchor.adding(step, times: number)
        let last = anchor.adding(step, times: number + 1).adding(days: -1)
        return CadenceSlot(first: first, last: last, label: "\(first)..\(last)")
    }

    private static func window(_ window: CadenceWindow, _ year: Int) -> CadenceSlot {
        let days = window.days(of: year)
        return CadenceSlot(
            first: days.lowerBound,
            last: days.upperBound,
            label: "\(days.lowerBound)..\(days.upperBound)"
        )
    }
}

extension CadenceSlot {
    init(_ period: Period) {
        self.init(first: period.first, last: period.last, label: period.label)
    }
}

extension CalendarDuration {
    /// The calendar's name for the length; `nil` when it has none.
    var unit: Period.Unit? {
        if days == 0, weeks == 0 { return [1: .month, 3: .quarter, 6: .halfYear, 12: .year][years * 12 + months] }
        return weeks == 1 && days == 0 && months == 0 && years == 0 ? .week : nil
    }

    /// Half as long again: the longest gap that counting in slots should leave.
    var halfAsLongAgain: CalendarDuration {
        let months = years * 12 + months
        let days = weeks * 7 + days
        return CalendarDuration(
            months: months + months / 2,
            days: days + days / 2 + (months.isMultiple(of: 2) ? 0 : 15)
        )
    }
}
