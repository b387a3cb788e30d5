// Abbreviations of time zones, which mean different things in different places.

package import Diagnostics

/// What people may mean who write `CST` where the name of a zone belongs.
package enum ZoneAbbreviation {
    /// The IANA names that could be meant, as a text; `nil` when the name is no abbreviation that is known.
    ///
    /// Some of these are files of the time zone database too, which makes them no less ambiguous.
    package static func meaning(of name: String) -> String? { meanings[name.uppercased()] }

    /// Refuses an abbreviation, and an offset from UTC, in the place of a name.
    package static func refuse(_ name: String) throws(Diagnostic) {
        guard let refusal = refusal(of: name) else { return }
        throw Diagnostic(
            refusal.problem,
            found: name,
            expected: "UTC or a name of the time zone database, such as Asia/Shanghai",
            remedy: refusal.remedy
        )
    }

    static func refusal(of name: String) -> (problem: String, remedy: String)? {
        if let meant = meaning(of: name) {
            return ("abbreviations of time zones mean different things in different places", "write \(meant)")
        }
        let upper = name.uppercased()
        let offset = ["UTC", "GMT"].first(where: upper.hasPrefix).map { upper.dropFirst($0.count) } ?? upper[...]
        guard let sign = offset.first, "+-".contains(sign),
            offset.dropFirst().allSatisfy({ "0123456789:".contains($0) })
        else { return nil }
        let isChinas = ["+8", "+08", "+0800", "+08:00"].contains(offset)
        return (
            "a numeric offset from UTC is no time zone",
            isChinas ? "write Asia/Shanghai" : "write the name of the zone that has it"
        )
    }

    private static let berlin = "Europe/Berlin or a city nearer by"
    private static let athens = "Europe/Athens or a city nearer by"
    private static let lisbon = "Europe/Lisbon or a city nearer by"

    private static let meanings = [
        "Z": "UTC",
        "ACDT": "Australia/Adelaide",
        "ACST": "Australia/Darwin or Australia/Adelaide",
        "ADT": "America/Halifax",
        "AEDT": "Australia/Sydney",
        "AEST": "Australia/Brisbane or Australia/Sydney",
        "AKDT": "America/Anchorage",
        "AKST": "America/Anchorage",
        "AST": "America/Halifax or Asia/Riyadh",
        "AWST": "Australia/Perth",
        "BJT": "Asia/Shanghai",
        "BST": "Europe/London or Asia/Dhaka",
        "CAT": "Africa/Maputo",
        "CDT": "America/Chicago",
        "CEST": berlin,
        "CET": berlin,
        "CST": "Asia/Shanghai or America/Chicago",
        "EAT": "Africa/Nairobi",
        "EDT": "America/New_York",
        "EEST": athens,
        "EET": athens,
        "EST": "America/New_York",
        "HKT": "Asia/Hong_Kong",
        "HST": "Pacific/Honolulu",
        "ICT": "Asia/Bangkok or Asia/Ho_Chi_Minh",
        "IDT": "Asia/Jerusalem",
        "IST": "Asia/Kolkata, Asia/Jerusalem or Europe/Dublin",
        "JST": "Asia/Tokyo",
        "KST": "Asia/Seoul",
        "MDT": "America/Denver",
        "MEST": berlin,
        "MET": berlin,
        "MSK": "Europe/Moscow",
        "MST": "America/Denver or America/Phoenix",
        "NDT": "America/St_Johns",
        "NST": "America/St_Johns",
        "NZDT": "Pacific/Auckland",
        "NZST": "Pacific/Auckland",
        "PDT": "America/Los_Angeles",
        "PHT": "Asia/Manila",
        "PKT": "Asia/Karachi",
        "PST": "America/Los_Angeles or Asia/Manila",
        "SAST": "Africa/Johannesburg",
        "SGT": "Asia/Singapore",
        "SST": "Pacific/Pago_Pago",
        "WEST": lisbon,
        "WET": lisbon,
        "WIB": "Asia/Jakarta",
        "WITA": "Asia/Makassar",
    ]
}
