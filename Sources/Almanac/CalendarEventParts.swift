// What a calendar event says, part by part, before it is compiled for searching; and its normal form.

/// The normalized components of a calendar event.
struct CalendarEventParts: Sendable {
    /// Bit 0 is Monday.
    var weekdays = CalendarEventParts.allWeekdays
    var year = CalendarComponent.every
    var month = CalendarComponent.every
    var day = CalendarComponent.every
    /// Whether the days count from the end of the month.
    var isFromMonthEnd = false
    var hour = CalendarComponent.only(0)
    var minute = CalendarComponent.only(0)
    var second = CalendarComponent.only(0)
    var zoneName: String?

    static let allWeekdays: UInt8 = 0b111_1111

    /// The parts of `daily` and its like, by the name in lower case.
    init?(shorthand name: String) {
        switch name {
        case "minutely": (hour, minute) = (.every, .every)
        case "hourly": hour = .every
        case "daily": break
        case "weekly": weekdays = 1
        case "monthly": day = .only(1)
        case "quarterly": (month, day) = (.only(1, 4, 7, 10), .only(1))
        case "semiannually", "semi-annually", "biannually", "bi-annually": (month, day) = (.only(1, 7), .only(1))
        case "yearly", "annually", "anually": (month, day) = (.only(1), .only(1))
        default: return nil
        }
    }

    init() {}

    static let shorthands = [
        "minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "semiannually", "yearly", "annually",
    ]

    /// `[Wd ]YYYY-MM-DD HH:MM:SS[ zone]`.
    var description: String {
        let weekdays = weekdays == Self.allWeekdays ? "" : "\(weekdayText) "
        let date =
            year.text(for: .year, digits: 4) + "-" + month.text(for: .month, digits: 2)
            + (isFromMonthEnd ? "~" : "-") + day.text(for: isFromMonthEnd ? .dayFromEnd : .day, digits: 2)
        let time = [
            hour.text(for: .hour, digits: 2), minute.text(for: .minute, digits: 2),
            second.text(for: .second, digits: 2),
        ].joined(separator: ":")
        return weekdays + date + " " + time + (zoneName.map { " \($0)" } ?? "")
    }

    /// Runs of three and more as `Mon..Wed`, shorter ones as `Mon,Tue`.
    private var weekdayText: String {
        var runs: [[Weekday]] = []
        for weekday in Weekday.allCases where weekdays & 1 << (weekday.rawValue - 1) != 0 {
            if let last = runs.last?.last, last.rawValue + 1 == weekday.rawValue {
                runs[runs.count - 1].append(weekday)
            } else {
                runs.append([weekday])
            }
        }
        return runs.map { run in
            let names = run.map(\.abbreviation)
            return names.count > 2 ? "\(names[0])..\(names[names.count - 1])" : names.joined(separator: ",")
        }
        .joined(separator: ",")
    }
}
