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
        // 国庆节调休 may be a day off for the holiday or the Sunday that is worked for it, and 端午节安康 is a wish.
        return Self.isHoliday(text) ? true : nil
    }

    /// Whether a text is the name of a holiday, or of several, and says nothing else but which of its days it is.
    private static func isHoliday(_ text: String) -> Bool {
        var rest = text
        for (word, _) in holidays { rest.replace(word, with: " ") }
        guard rest != text else { return false }
        for word in besides { rest.replace(word, with: " ") }
        return rest.allSatisfy { !$0.isLetter }
    }

    /// What may stand beside the name of a holiday without making it another day.
    private static let besides = ["国际", "法定", "节假日", "节日", "节", "第", "天", "共"] + "一二三四五六七八九十".map(String.init)

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
