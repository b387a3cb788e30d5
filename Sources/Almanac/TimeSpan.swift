// Lengths of time that a clock can measure, written for people.

package import Diagnostics

/// A length of time in seconds, written as a number and a unit: `30 days`, `12 hours`, `90 s`.
///
/// A day is 24 hours and a week is 7 days; months and years have no fixed length and are no units here.
package struct TimeSpan: Sendable, Hashable {
    /// The length in seconds.
    package let seconds: Int64

    /// Makes a span of that many seconds.
    package init(seconds: Int64) { self.seconds = seconds }

    private static let units: [(names: [String], seconds: Int64)] = [
        (["week", "weeks", "w"], 604_800),
        (["day", "days", "d"], 86_400),
        (["hour", "hours", "h"], 3_600),
        (["minute", "minutes", "min"], 60),
        (["second", "seconds", "sec", "s"], 1),
    ]

    /// Reads `30 days`: a whole number, spaces or none, a unit in any case.
    package init(_ text: some StringProtocol) throws(Diagnostic) {
        var scanner = ByteScanner(text)
        func refusal(_ problem: String, remedy: String? = nil) -> Diagnostic {
            Diagnostic(
                problem,
                found: String(text),
                expected: "a whole number and one of weeks, days, hours, minutes, seconds",
                remedy: remedy
            )
        }
        guard let count = scanner.number(digits: 1...9) else {
            throw refusal("a length of time begins with a whole number of at most nine digits")
        }
        while scanner.skip(" ") {}
        let name = String(decoding: scanner.take { _ in true }, as: UTF8.self).lowercased()
        guard let unit = Self.units.first(where: { $0.names.contains(name) }) else {
            throw refusal(
                name.isEmpty ? "the unit is missing" : "unknown unit",
                remedy: suggestion(for: name, among: Self.units.flatMap(\.names))
            )
        }
        self.init(seconds: Int64(count) * unit.seconds)
    }
}

extension TimeSpan: CustomStringConvertible {
    /// `30 days`: the largest unit up to days that leaves no remainder.
    package var description: String {
        for (names, length) in Self.units.dropFirst() where seconds % length == 0 && (seconds != 0 || length == 1) {
            let count = seconds / length
            return "\(count) \(count == 1 ? names[0] : names[1])"
        }
        return "\(seconds) seconds"
    }
}
