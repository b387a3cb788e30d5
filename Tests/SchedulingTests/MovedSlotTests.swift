// What a new notice about working days does to slots that have not come.

import Almanac
import Diagnostics
import Scheduling
import TestKit
import Testing

@Suite struct MovedSlotTests {
    private let shanghai: Zone

    init() throws { shanghai = try SettingsFiles.zone(named: "Asia/Shanghai") }

    @Test func whatANewNoticeMovesIsListed() throws {
        let known = try WorkingDayCalendar.shipped()
        let until2025 = try WorkingDayCalendar(name: "CN", days: Self.listed(before: 2026))
        #expect(until2025.coverage.last?.upperBound == (try CivilDate("2025-11-30")))
        let start = try at("2025-11-01T00:00:00+08:00")
        let end = try at("2026-03-31T00:00:00+08:00")
        func moves(_ rule: (WorkingDayCalendar) throws -> Schedule) throws -> [String] {
            try rule(known).movedSlots(since: try rule(until2025), after: start, through: end)
                .map { $0.description(in: shanghai) }
        }
        func event(_ text: String) throws -> Schedule.Occurrence {
            Schedule.Occurrence(event: try CalendarEvent(text) { _ in false }, zone: shanghai)
        }
        let monthly = try moves {
            Schedule(occurrences: [try event("*-*-16 09:00")], catchUp: .none, workingDays: WorkingDayRule(.next, $0))
        }
        #expect(
            monthly == [
                "2026-02-16T09:00:00+08:00 is now 2026-02-24T09:00:00+08:00 "
                    + "(moved from Mon 2026-02-16 to Tue 2026-02-24: 春节)"
            ]
        )
        let last = try moves {
            Schedule(occurrences: [try event("*-*-* 09:00")], catchUp: .none, monthDay: MonthlyWorkingDay(-1, $0))
        }
        #expect(last == ["2026-02-27T09:00:00+08:00 is now 2026-02-28T09:00:00+08:00"])
        let only = try moves {
            Schedule(
                occurrences: [try event("Fri *-*-* 09:00")],
                catchUp: .none,
                workingDays: WorkingDayRule(.only, $0)
            )
        }
        #expect(
            only == [
                "2026-01-02T09:00:00+08:00 falls away", "2026-02-20T09:00:00+08:00 falls away",
            ]
        )
        let saturdays = try moves {
            Schedule(
                occurrences: [try event("Sat *-*-* 09:00")],
                catchUp: .none,
                workingDays: WorkingDayRule(.next, $0)
            )
        }
        #expect(!saturdays.isEmpty)
        #expect(
            known.changedDays(since: until2025).count
                == known.changedDays(since: until2025).filter(\.wasProvisional).count
        )
        #expect(known.changedDays(since: known) == [])
        #expect(
            known.changedDays(since: until2025).prefix(3).map(\.description) == [
                "Thu 2026-01-01: a rest day now (元旦), was worked as far as was known",
                "Fri 2026-01-02: a rest day now (元旦), was worked as far as was known",
                "Sun 2026-01-04: worked now (元旦), was a rest day as far as was known",
            ]
        )
    }

    /// The shipped calendar's days before a year, as its own answers give them.
    private static func listed(before year: Int) throws -> [ListedDay] {
        let china = try WorkingDayCalendar.shipped()
        var days: [ListedDay] = []
        var date = try CivilDate("2020-01-01")
        while date.year < year {
            let day = china.day(date)
            func list(_ name: String, off: Bool) {
                let notice = date.year
                days.append(
                    ListedDay(date: date, name: name, isOff: off, noticeYear: notice, position: .init(file: "x"))
                )
            }
            switch day {
            case .restDay(let name?)?: list(name, off: true)
            case .makeUpWorkday(let name)?: list(name, off: false)
            default: break
            }
            date = date.adding(days: 1)
        }
        return days
    }
}
