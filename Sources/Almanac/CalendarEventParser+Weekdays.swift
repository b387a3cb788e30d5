// Reading the days of the week at the head of a calendar event.

extension CalendarEventParser {
    private static let names: [(text: String, weekday: Int)] = [
        ("monday", 0), ("tuesday", 1), ("wednesday", 2), ("thursday", 3), ("friday", 4), ("saturday", 5), ("sunday", 6),
        ("mon", 0), ("tue", 1), ("wed", 2), ("thu", 3), ("fri", 4), ("sat", 5), ("sun", 6),
    ]

    /// Reads `Mon..Wed,Fri ` with the spaces after it; `nil` when the event does not begin with a weekday.
    mutating func weekdays() throws(Malformed) -> UInt8? {
        guard weekdayName() != nil else { return nil }
        var set: UInt8 = 0
        repeat {
            let start = position
            let first = try weekday()
            var last = first
            if peek == "-" || rest?.hasPrefix("..") == true {
                position += peek == "-" ? 1 : 2
                last = try weekday()
            }
            guard last >= first else {
                throw malformed(
                    "a range of weekdays cannot run over the end of the week",
                    at: start,
                    found: word(start..<position),
                    remedy: "the week begins on Monday: write Sat,Sun,Mon for Sat..Mon"
                )
            }
            for weekday in first...last { set |= 1 << UInt8(weekday) }
            guard peek == "," else { break }
            position += 1
        } while peek != nil && peek != " "
        guard peek == nil || peek == " " else {
            throw malformed(
                "this cannot follow a weekday",
                found: rest.map { String($0.prefix { $0 != " " }) },
                expected: "a comma, .. or a space"
            )
        }
        skipSpaces()
        return set
    }

    /// Reads one weekday, 0 for Monday.
    private mutating func weekday() throws(Malformed) -> Int {
        guard let name = weekdayName() else {
            throw malformed(
                "a weekday is missing",
                found: rest.map { String($0.prefix { $0 != " " }) },
                expected: "Mon, Tue, Wed, Thu, Fri, Sat or Sun"
            )
        }
        position += name.text.utf8.count
        return name.weekday
    }

    /// The weekday that is written here, in either length and any case.
    private func weekdayName() -> (text: String, weekday: Int)? {
        Self.names.first { name in
            position + name.text.utf8.count <= end
                && zip(bytes[position...], name.text.utf8).allSatisfy { isLetter($0) && $0 | 0x20 == $1 }
        }
    }
}
