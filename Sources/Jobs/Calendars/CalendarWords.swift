// What the events of an iCalendar say about a day: iCalendar has no field for it, so their words decide.

/// The words by which an event is known as a rest day or a make-up workday.
package struct CalendarWords: Sendable, Hashable {
    /// Whoever reads one of these works on that day, whatever else the event says: 上班（补春节假期）.
    private var workday = ["上班", "补班"]
    private var restDay = ["放假", "假期", "休"]

    package static let standard = CalendarWords()

    /// An exchange of days, which says nothing of the direction.
    private static let exchange = "调休"
    /// The holidays of the law on which everybody rests, as events write them, with their names; 教师节 is none.
    private static let holidays = [
        ("元旦", "元旦"), ("春节", "春节"), ("除夕", "春节"), ("清明", "清明节"), ("劳动节", "劳动节"), ("五一", "劳动节"), ("端午", "端午节"),
        ("中秋", "中秋节"), ("国庆", "国庆节"),
    ]

    /// These words and further ones.
    mutating func add(workday: [String], restDay: [String]) {
        self.workday += workday.map { $0.lowercased() }
        self.restDay += restDay.map { $0.lowercased() }
    }

    /// Whether nobody works on the days of an event with that text; `nil` when its words do not say so for certain.
    func isOff(_ text: String) -> Bool? {
        let text = text.lowercased()
        let plain = text.replacing(Self.exchange, with: " ")
        if workday.contains(where: { plain.contains($0) }) { return false }
        if restDay.contains(where: { plain.contains($0) }) { return true }
        // 国庆节调休 may be a day off for the holiday or the Sunday that is worked for it.
        let namesHoliday = Self.holidays.contains { text.contains($0.0) }
        return namesHoliday && !text.contains(Self.exchange) ? true : nil
    }

    /// The holidays that a text names, or the text itself.
    static func holiday(in text: String) -> String {
        var names: [String] = []
        for (word, name) in holidays where text.contains(word) && !names.contains(name) { names.append(name) }
        return names.isEmpty ? text : names.joined(separator: "、")
    }
}

extension CalendarWords {
    /// The standard words and those of the daemon's settings, `calendar-events: {workday: […], rest-day: […]}`.
    init(_ settings: Section) {
        self = .standard
        guard let section = settings.optionalSection("calendar-events") else { return }
        func words(_ key: String) -> [String] { section.texts(key).map(\.text).filter { !$0.isEmpty } }
        add(workday: words("workday"), restDay: words("rest-day"))
        section.close()
    }
}
