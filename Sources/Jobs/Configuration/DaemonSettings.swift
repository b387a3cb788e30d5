// The daemon's own settings: which district it serves, in which zone, who may look and who may act.

import Alerts
package import Almanac
import Diagnostics
import Scheduling

/// What `dutyd.yaml` says.
package struct DaemonSettings: Sendable, Hashable {
    package let district: Title
    /// What serials begin with, such as `CN`.
    package let districtCode: String
    /// The district's code in GB/T 2260, such as 310105; `nil` when the settings do not say.
    package let division: String?
    /// The name by which messages of the Common Alerting Protocol tell who sends them.
    package let capSender: String
    /// The zone of every schedule that names none, and of every time that people read.
    package let zone: Zone
    /// The calendar of working days for schedules that name none; `nil` when the settings leave it open.
    package let calendar: String?
    /// How long a file in the inbox has to stay unchanged before it is received.
    package let settle: TimeSpan
    /// How long the copy of a received content is kept after the file was replaced or removed.
    package let keepReceived: TimeSpan
    package let spool: SpoolSettings
    /// More texts than that of one run for one department become one digest.
    package let digestAbove: Int
    /// The Unix group whose members may look through the control socket.
    package let lookGroup: String
    /// The Unix group whose members may act through it.
    package let actGroup: String

    /// So many texts of one run somebody reads one by one.
    private static let standardDigestAbove = 10

    init?(
        _ file: SettingsFile,
        calendars: some Collection<String>,
        complaints: Complaints,
        zone: (String) throws(Diagnostic) -> Zone
    ) {
        guard let root = Section.root(of: file, complaints: complaints) else { return nil }
        let district = root.section("district")
        let code = district?.parsed("code", Self.code)
        let division = district?.optionallyParsed("division", Self.division)
        let zh = district?.text("zh")
        let en = district?.text("en")
        district?.close()
        let civilZone = root.parsed("zone") { name throws(Diagnostic) in
            try ZoneAbbreviation.refuse(name)
            return try zone(name)
        }
        calendar = root.optionallyParsed("calendar") { text throws(Diagnostic) in
            try WorkingDayRule.known(text, among: calendars)
        }
        _ = CalendarWords(root)
        let settle = root.optionallyParsed("settle") { text throws(Diagnostic) in try Self.settlingTime(text) }
        let keepReceived = root.optionallyParsed("keep-received") { text throws(Diagnostic) in try Self.keeping(text) }
        let capSender = root.optionallyParsed("cap-sender", Self.sender)
        spool = root.optionalSection("spool").map(SpoolSettings.init) ?? SpoolSettings()
        let digestAbove = root.optionallyParsed("digest-above") { text throws(Diagnostic) in
            guard let count = Int(text), (1...10_000).contains(count) else {
                throw Diagnostic(
                    "this is no number of notices",
                    found: text,
                    expected: "a whole number from 1 to 10000"
                )
            }
            return count
        }
        let control = root.section("control")
        let look = control?.text("look")
        let act = control?.text("act")
        control?.close()
        root.close()
        guard let code, let zh, let en, let civilZone, let look, let act else { return nil }
        self.district = Title(zh: zh, en: en)
        districtCode = code
        self.division = division
        // Nobody has a name under "invalid" (RFC 6761 §6.4), so this one is nobody else's.
        self.capSender = capSender ?? "dutyd@\(division ?? code.lowercased()).invalid"
        self.zone = civilZone
        self.settle = settle ?? TimeSpan(seconds: 120)
        // Three years, one of them a leap year.
        self.keepReceived = keepReceived ?? TimeSpan(seconds: 1_096 * 86_400)
        self.digestAbove = digestAbove ?? Self.standardDigestAbove
        lookGroup = look
        actGroup = act
    }

    private static func code(_ text: String) throws(Diagnostic) -> String {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) || (97...122).contains($0 | 32) }) else {
            throw Diagnostic(
                "this cannot begin a serial number",
                found: text,
                expected: "letters and digits, such as CN"
            )
        }
        return text
    }

    private static func division(_ text: String) throws(Diagnostic) -> String {
        guard text.utf8.count == 6, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw Diagnostic(
                "this is no code of an administrative division",
                found: text,
                expected: "the six digits of GB/T 2260, such as 310105"
            )
        }
        return text
    }

    private static func sender(_ text: String) throws(Diagnostic) -> String {
        guard CAPRules.isName(text) else {
            throw Diagnostic(
                "this cannot name the sender of a message",
                found: text,
                expected: "a name under a domain of yours, such as dutyd@example.org, without blank, comma, < or &"
            )
        }
        return text
    }

    private static func keeping(_ text: String) throws(Diagnostic) -> TimeSpan {
        let span = try TimeSpan(text)
        guard (86_400...100 * 366 * 86_400).contains(span.seconds) else {
            throw Diagnostic(
                "copies would be kept too short or too long",
                found: text,
                expected: "at least 1 day and at most 36600 days, such as 1096 days for three years"
            )
        }
        return span
    }

    private static func settlingTime(_ text: String) throws(Diagnostic) -> TimeSpan {
        let span = try TimeSpan(text)
        guard span.seconds <= 86_400 else {
            throw Diagnostic("files would wait too long", found: text, expected: "at most 1 day, such as 2 minutes")
        }
        return span
    }
}
