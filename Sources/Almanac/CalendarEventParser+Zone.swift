// The time zone at the end of a calendar event, which is cut off before anything else is read.

extension CalendarEventParser {
    /// Cuts ` UTC` or ` Europe/Berlin` off the end, and refuses whatever else looks like a zone.
    mutating func cutZone(isKnownZone: (String) -> Bool) throws(Malformed) -> String? {
        guard let space = bytes.lastIndex(of: UInt8(ascii: " ")), space + 1 < bytes.count else { return nil }
        let name = word(space + 1..<bytes.count)
        if name.lowercased() == "utc" {
            end = space
            return "UTC"
        }
        // Nothing but a zone begins with a letter or a sign after a space: weekdays and shorthands come first.
        guard isLetter(bytes[space + 1]) || name.hasPrefix("+") || name.hasPrefix("-") else { return nil }
        if let refusal = Self.refusal(of: name, isKnownZone: isKnownZone) {
            throw malformed(
                refusal.problem,
                at: space + 1,
                found: name,
                expected: "UTC or a name of the time zone database, such as Asia/Shanghai",
                remedy: refusal.remedy
            )
        }
        end = space
        return name
    }

    private static func refusal(of name: String, isKnownZone: (String) -> Bool) -> (problem: String, remedy: String?)? {
        if let meant = meantByAbbreviation[name.uppercased()] {
            return ("abbreviations of time zones mean different things in different places", "write \(meant)")
        }
        if name.hasPrefix("+") || name.hasPrefix("-") {
            return ("a numeric offset from UTC is no time zone", "write the name of the zone that has it")
        }
        if weekdays.contains(where: name.lowercased().hasPrefix) && !name.contains("/") {
            return ("weekdays stand at the beginning", "join them by commas without spaces, before the date")
        }
        let isPlain = name.utf8.allSatisfy { isLetter($0) || isDigit($0) || "_-+/".utf8.contains($0) }
        let hasAllParts = name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
        return isPlain && hasAllParts && isKnownZone(name)
            ? nil : ("unknown time zone", "names are spelled as in the directory /usr/share/zoneinfo, in the same case")
    }

    private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// Some of these are files of the time zone database too, which makes them no less ambiguous.
    private static let meantByAbbreviation = [
        "Z": "UTC",
        "BST": "Europe/London",
        "CDT": "America/Chicago",
        "CEST": "Europe/Berlin or a city nearer by",
        "CET": "Europe/Berlin or a city nearer by",
        "CST": "Asia/Shanghai or America/Chicago",
        "EDT": "America/New_York",
        "EEST": "Europe/Athens or a city nearer by",
        "EET": "Europe/Athens or a city nearer by",
        "EST": "America/New_York",
        "HKT": "Asia/Hong_Kong",
        "HST": "Pacific/Honolulu",
        "IST": "Asia/Kolkata, Asia/Jerusalem or Europe/Dublin",
        "JST": "Asia/Tokyo",
        "MDT": "America/Denver",
        "MEST": "Europe/Berlin or a city nearer by",
        "MET": "Europe/Berlin or a city nearer by",
        "MSK": "Europe/Moscow",
        "MST": "America/Denver or America/Phoenix",
        "PDT": "America/Los_Angeles",
        "PST": "America/Los_Angeles",
        "WEST": "Europe/Lisbon or a city nearer by",
        "WET": "Europe/Lisbon or a city nearer by",
    ]
}
