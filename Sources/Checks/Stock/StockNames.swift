// What the tables of stock call things, as small numbers, so that rows are kept in a few bytes each.

import Records

/// Names of one kind, each once.
struct StockNames: Sendable {
    private var numbers = TextTable()
    private(set) var all: [String] = []

    subscript(number: UInt32) -> String { all[Int(number)] }

    /// The number of a name that was entered.
    func number(of name: String) -> UInt32? { numbers[name.utf8.span].map(UInt32.init) }

    /// The number of the text in that cell, when it was entered.
    func number(_ place: Int?, of row: borrowing Row) -> UInt32? {
        place.flatMap { place in row.withBytes(place) { numbers[$0] } }.map(UInt32.init)
    }

    mutating func enter(_ name: String) -> UInt32 {
        if let number = number(of: name) { return number }
        let number = all.count
        all.append(name)
        numbers.enter(name.utf8.span, as: number)
        return UInt32(number)
    }

    /// The number of the text in that cell, entered when it is new; without a text that of the empty name.
    mutating func enter(_ place: Int?, of row: borrowing Row) -> UInt32 {
        number(place, of: row) ?? enter(place.flatMap { row.text($0) } ?? "")
    }

    /// The same text, which all rows that state it share.
    mutating func shared(_ text: String) -> String {
        let number = enter(text)
        return self[number]
    }
}

/// A site and an item, by their numbers.
struct StockSubject: Hashable {
    let site: UInt32
    let item: UInt32

    func hash(into hasher: inout Hasher) { hasher.combine(UInt64(site) << 32 | UInt64(item)) }
}
