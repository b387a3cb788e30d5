// Days and months as ISO 8601 writes them, and nothing looser: what people type is read elsewhere.

extension CivilDate {
    /// The day written exactly as `2024-03-05`, or `nil`.
    package init?(iso8601 text: some StringProtocol) {
        var scanner = ByteScanner(text)
        guard let date = scanner.date(), scanner.isAtEnd else { return nil }
        self = date
    }
}

extension CivilMonth {
    /// The month written exactly as `2024-03`, or `nil`.
    package init?(iso8601 text: some StringProtocol) {
        var scanner = ByteScanner(text)
        guard let year = scanner.number(digits: 4...4), year >= 1, scanner.skip("-"),
            let month = scanner.number(digits: 2...2), (1...12).contains(month), scanner.isAtEnd
        else { return nil }
        self.init(year: year, month: month)
    }
}

extension ByteScanner {
    /// Reads `2024-03-05`; `nil` when it is not so written or the calendar has no such day.
    mutating func date() -> CivilDate? {
        guard let year = number(digits: 4...4), skip("-"), let month = number(digits: 2...2), skip("-"),
            let day = number(digits: 2...2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }
}
