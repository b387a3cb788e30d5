// Periods read back from their labels.

extension Period {
    /// The period of that label, exactly as `label` writes it; `nil` for anything else.
    package init?(label text: some StringProtocol) {
        if let date = CivilDate(iso8601: text) {
            self = .day(date)
            return
        }
        if let month = CivilMonth(iso8601: text) {
            self = .month(month)
            return
        }
        var scanner = ByteScanner(text)
        guard let year = scanner.number(digits: 4...4), year >= 1 else { return nil }
        guard !scanner.isAtEnd else {
            self = .year(year)
            return
        }
        guard scanner.skip("-") else { return nil }
        let isQuarter = scanner.skip("Q")
        guard isQuarter || scanner.skip("H"), let number = scanner.number(digits: 1...1), scanner.isAtEnd,
            (1...(isQuarter ? 4 : 2)).contains(number)
        else { return nil }
        self = isQuarter ? .quarter(year: year, number) : .halfYear(year: year, number)
    }
}
