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
            var malformed = malformed(
                refusal.problem,
                at: space + 1,
                found: name,
                expected: "UTC or a name of the time zone database, such as Asia/Shanghai",
                remedy: refusal.remedy
            )
            malformed.isUnknownZone = refusal.problem == Self.unknownZone
            throw malformed
        }
        end = space
        return name
    }

    private static func refusal(of name: String, isKnownZone: (String) -> Bool) -> (problem: String, remedy: String?)? {
        if let refusal = ZoneAbbreviation.refusal(of: name) { return refusal }
        if name.hasPrefix("+") || name.hasPrefix("-") {
            return ("a numeric offset from UTC is no time zone", "write the name of the zone that has it")
        }
        if weekdays.contains(where: name.lowercased().hasPrefix) && !name.contains("/") {
            return ("weekdays stand at the beginning", "join them by commas without spaces, before the date")
        }
        let isPlain = name.utf8.allSatisfy { isLetter($0) || isDigit($0) || "_-+/".utf8.contains($0) }
        let hasAllParts = name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
        return isPlain && hasAllParts && isKnownZone(name)
            ? nil : (unknownZone, "names are spelled as in the directory /usr/share/zoneinfo, in the same case")
    }

    private static let unknownZone = "unknown time zone"
    private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
}
