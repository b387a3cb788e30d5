// The book of open alerts: takes verdicts, commands, deliveries and the passing of time, and gives changes.
// Each change is told once.

import Almanac
import Checks

/// All open alerts, the silences, and the counters that number them; a value, so that a failed commit simply drops the
/// new copy.
///
/// What departments know of an alert (`told`) and how it stands (`state`) are kept apart. Each step ends with the same
/// turn: whatever is not muted and differs is told once, and what is due is done. So it makes no difference whether the
/// end of a silence, a verdict or a restart brings the two together.
package struct AlertBook: Sendable, Hashable {
    package internal(set) var open: [AlertKey: Alert] = [:]
    /// What is found bad and not yet confirmed by enough runs to be an alert.
    package internal(set) var candidates: [AlertKey: Confirmation] = [:]
    /// Silences that reign or will, in the order in which they were asked for.
    package internal(set) var silences: [Silence] = []
    /// The number of the last silence.
    package internal(set) var lastSilence = 0
    /// The last number given under each prefix, such as `CN-RIV-2024`.
    package internal(set) var serials: [String: Int] = [:]
    /// The last notice's sequence number.
    package private(set) var sequence: Int64 = 0

    /// Nothing that a person asks for keeps alerts quiet for longer, in seconds: 90 days.
    package static let longestStaySeconds: Int64 = 90 * 86_400

    /// The book as the ledger kept it.
    package init(
        open: [Alert] = [],
        candidates: [AlertKey: Confirmation] = [:],
        silences: [Silence] = [],
        lastSilence: Int = 0,
        serials: [String: Int] = [:],
        sequence: Int64 = 0
    ) {
        self.open = Dictionary(open.map { ($0.key, $0) }) { $1 }
        self.candidates = candidates
        self.silences = silences.sorted { $0.id < $1.id }
        self.lastSilence = lastSilence
        self.serials = serials
        self.sequence = sequence
    }

    /// The next notice's sequence number.
    package mutating func nextSequence() -> Int64 {
        sequence += 1
        return sequence
    }

    /// The open alert of that serial number.
    package func alert(_ serial: String) -> Alert? { open.values.first { $0.serial == serial } }

    /// The next serial number under a prefix, such as `CN-RIV-2024-000003` for `CN-RIV` in 2024.
    mutating func nextSerial(_ prefix: String, year: Int) -> String {
        let prefix = "\(prefix)-\(year)"
        let number = serials[prefix, default: 0] + 1
        serials[prefix] = number
        let digits = String(number)
        return "\(prefix)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}

extension Assessment.State {
    /// How bad it is; what is not known has no place among the others.
    var weight: Int {
        switch self {
        case .ok, .unknown: 0
        case .warning: 1
        case .critical: 2
        }
    }
}
