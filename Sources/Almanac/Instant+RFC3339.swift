// Points in time as RFC 3339 writes them: the form of every stored and exchanged timestamp.

package import Diagnostics

extension Instant {
    /// Reads `2024-03-05T09:00:00+08:00`.
    ///
    /// The offset (`Z` or `±hh:mm`) is required, because without it the text names no instant. A space may stand for
    /// the `T`; a fraction of the second has one to six digits.
    package init(rfc3339 text: some StringProtocol) throws(Diagnostic) {
        var scanner = ByteScanner(text)
        func refusal(_ problem: String, remedy: String? = nil) -> Diagnostic {
            Diagnostic(
                problem,
                found: String(text),
                expected: "a time with its offset, such as 2024-03-05T09:00:00+08:00",
                remedy: remedy
            )
        }
        guard let date = scanner.date() else { throw refusal("not a date of the calendar") }
        guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" ") else {
            throw refusal("the time of day is missing")
        }
        guard let hour = scanner.number(digits: 2...2), hour < 24, scanner.skip(":"),
            let minute = scanner.number(digits: 2...2), minute < 60, scanner.skip(":"),
            let second = scanner.number(digits: 2...2), second < 61
        else { throw refusal("not a time of day") }
        guard second < 60 else {
            throw refusal("leap seconds are not counted", remedy: "write the following full minute")
        }
        var microsecond = 0
        if scanner.skip(".") {
            let start = scanner.position
            guard let fraction = scanner.number(digits: 1...6) else {
                throw refusal("the fraction of the second is not one to six digits")
            }
            microsecond = fraction
            for _ in (scanner.position - start)..<6 { microsecond *= 10 }
        }
        guard let offset = scanner.utcOffset() else {
            throw refusal(
                scanner.isAtEnd ? "the offset from UTC is missing" : "not an offset from UTC",
                remedy: "end it with Z for UTC or with an offset such as +08:00"
            )
        }
        guard scanner.isAtEnd else { throw refusal("more text after the time") }
        self = CivilDateTime(date: date, hour: hour, minute: minute, second: second, microsecond: microsecond)
            .instant(utcOffset: offset)
    }

    /// `2024-03-05T09:00:00+08:00`: what a clock shows that is ahead of UTC by `offset` seconds.
    ///
    /// Fractions are cut off. RFC 3339 knows offsets of whole minutes only, so an offset with seconds (local mean times
    /// of the nineteenth century) is cut to the minute, and the clock with it: the instant stays true.
    package func rfc3339(utcOffset offset: Int) -> String {
        let minutes = offset / 60
        let civil = civil(utcOffset: minutes * 60)
        let time = "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))"
        let (hours, rest) = abs(minutes).quotientAndRemainder(dividingBy: 60)
        return "\(civil.date)T\(time)\(minutes < 0 ? "-" : "+")\(padded(hours, 2)):\(padded(rest, 2))"
    }
}

extension ByteScanner {
    /// Reads `Z` or `±hh:mm`, in seconds ahead of UTC.
    fileprivate mutating func utcOffset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign = skip("-") ? -1 : skip("+") ? 1 : 0
        guard sign != 0, let hours = number(digits: 2...2), hours < 24, skip(":"),
            let minutes = number(digits: 2...2), minutes < 60
        else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
