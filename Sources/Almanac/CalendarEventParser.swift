// Reading calendar events, with the place and the remedy for whatever cannot be read.

/// Reads one text as a calendar event.
struct CalendarEventParser {
    typealias Malformed = CalendarEvent.Malformed

    let bytes: [UInt8]
    /// Where the event ends and its zone begins.
    var end: Int
    var position = 0

    init(_ text: String) {
        self.bytes = Array(text.utf8)
        self.end = bytes.count
    }

    mutating func parse(isKnownZone: (String) -> Bool) throws(Malformed) -> CalendarEventParts {
        try refuseForeignCharacters()
        let zoneName = try cutZone(isKnownZone: isKnownZone)
        var parts: CalendarEventParts
        if let shorthand = CalendarEventParts(shorthand: word(0..<end).lowercased()) {
            parts = shorthand
        } else {
            parts = CalendarEventParts()
            if let weekdays = try weekdays() { parts.weekdays = weekdays }
            if peek == "@" {
                try epoch(into: &parts)
            } else if peek != nil {
                try dateAndTime(into: &parts)
            }
        }
        parts.zoneName = parts.zoneName ?? zoneName
        return parts
    }

    /// Only printable ASCII can stand in an event; saying so at once beats saying later that a digit is missing.
    private func refuseForeignCharacters() throws(Malformed) {
        guard !bytes.isEmpty else {
            throw malformed("the text is empty", at: 0, expected: "an event such as Mon..Fri 09:00 or *-*-05 09:00")
        }
        if bytes[0] == UInt8(ascii: " ") {
            throw malformed("it begins with a space", at: 0, remedy: "remove the space")
        }
        guard let foreign = bytes.firstIndex(where: { !(0x20...0x7E).contains($0) }) else { return }
        throw malformed(
            bytes[foreign] < 0x80 ? "only spaces may separate the parts" : "only ASCII characters can be read",
            at: foreign,
            found: String(decoding: bytes[foreign...], as: UTF8.self).first.map(String.init),
            remedy: bytes[foreign] < 0x80 ? "write a space" : "write it with half-width digits and punctuation"
        )
    }

    /// `@` and the seconds since 1970 UTC: one moment.
    private mutating func epoch(into parts: inout CalendarEventParts) throws(Malformed) {
        let start = position
        position += 1
        let seconds = try number(isSecond: false, limit: .max / 10)
        guard position == end else {
            throw malformed("more text after the moment that @ names", found: rest, remedy: "write the number alone")
        }
        let moment = Instant(seconds: Int64(min(seconds, 1 << 40))).civil(utcOffset: 0)
        let (year, month, day) = moment.date.components
        guard CalendarField.year.bounds.contains(year) else {
            throw malformed("the moment lies after the year 2199", at: start, found: word(start..<end))
        }
        (parts.year, parts.month, parts.day) = (.only(year), .only(month), .only(day))
        (parts.hour, parts.minute) = (.only(moment.hour), .only(moment.minute))
        parts.second = .only(moment.second * 1_000_000)
        parts.zoneName = "UTC"
    }

    /// `[[year-]month(-|~)day] [hour:minute[:second]]`; the first separator tells a date from a time.
    private mutating func dateAndTime(into parts: inout CalendarEventParts) throws(Malformed) {
        let first = try items(isSecond: false)
        if peek == ":" { return try time(hour: first, into: &parts) }
        var isFromEnd = try dateSeparator()
        let second = try items(isSecond: false)
        var date = (year: WrittenComponent(), month: first, day: second)
        if peek != nil, peek != " " {
            guard !isFromEnd else {
                throw malformed("more text after the day", found: rest, remedy: "write year-month~day")
            }
            isFromEnd = try dateSeparator()
            date = (first, second, try items(isSecond: false))
            guard peek == nil || peek == " " else {
                throw malformed("more text after the day", found: rest, expected: "a space and the time, or the end")
            }
        }
        skipSpaces()
        parts.year = try component(date.year.withFullYears, as: .year)
        parts.month = try component(date.month, as: .month)
        parts.day = try component(date.day, as: isFromEnd ? .dayFromEnd : .day)
        parts.isFromMonthEnd = isFromEnd && !parts.day.items.isEmpty
        if peek != nil { try time(hour: try items(isSecond: false), into: &parts) }
    }

    /// Steps over `-` or `~` and tells whether it was the latter.
    private mutating func dateSeparator() throws(Malformed) -> Bool {
        guard let separator = peek, separator == "-" || separator == "~" else {
            throw malformed(
                "a number alone is neither a date nor a time",
                found: rest,
                expected: "\"-\" and more of a date, or \":\" and more of a time"
            )
        }
        position += 1
        return separator == "~"
    }

    private mutating func time(hour: WrittenComponent, into parts: inout CalendarEventParts) throws(Malformed) {
        guard peek == ":" else {
            throw malformed("the minutes are missing", found: rest, expected: "\":\" and the minutes")
        }
        position += 1
        let minute = try items(isSecond: false)
        parts.hour = try component(hour, as: .hour)
        parts.minute = try component(minute, as: .minute)
        guard peek != nil else { return }
        if peek == ":" {
            position += 1
            parts.second = try component(try items(isSecond: true), as: .second)
        }
        guard peek == nil else {
            throw malformed(
                "more text after the time",
                found: rest,
                expected: "the end, or one space and a time zone",
                remedy: peek == " " ? "remove the space" : nil
            )
        }
    }
}

extension CalendarEventParser {
    var peek: Character? { position < end ? Character(Unicode.Scalar(bytes[position])) : nil }

    /// What is left of the event, for messages.
    var rest: String? { position < end ? word(position..<end) : nil }

    func word(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    mutating func skipSpaces() {
        while peek == " " { position += 1 }
    }

    func malformed(
        _ problem: String,
        at offset: Int? = nil,
        found: String? = nil,
        expected: String? = nil,
        remedy: String? = nil
    ) -> Malformed {
        Malformed(
            position: word(0..<(offset ?? position)).count + 1,
            problem: problem,
            found: found,
            expected: expected,
            remedy: remedy
        )
    }
}
