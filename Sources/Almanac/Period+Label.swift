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
        if scanner.skip("W") {
            guard let number = scanner.number(digits: 2...2), scanner.isAtEnd,
                let fourth = CivilDate(year: year, month: 1, day: 4)
            else { return nil }
            // The week of 4 January is the first of its year.
            let monday = fourth.monday.adding(days: 7 * (number - 1))
            guard monday.week == (year, number) else { return nil }
            self = .week(of: monday)
            return
        }
        let isQuarter = scanner.skip("Q")
        guard isQuarter || scanner.skip("H"), let number = scanner.number(digits: 1...1), scanner.isAtEnd,
            (1...(isQuarter ? 4 : 2)).contains(number)
        else { return nil }
        self = isQuarter ? .quarter(year: year, number) : .halfYear(year: year, number)
    }
}
