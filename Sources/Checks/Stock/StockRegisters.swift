// What registers say of items and units, and the dated rules that reserves go by.

import Almanac
import Diagnostics
import Records

/// What an item is, wherever it is kept.
struct StockItem: Sendable {
    /// Items that may stand in for each other are counted together under the code of that number.
    let group: UInt32?
    /// How many units of the group one unit of the item is worth, such as 0.7 for paddy as grain.
    let equivalent: ExactDecimal
    /// How many base units one box has, less than which nobody passes on; `nil` when any number may be.
    let pack: ExactDecimal?
    let price: ExactDecimal?
    /// Whether lots without an end, or with one beyond all reason, are in order.
    let neverExpires: Bool
    /// What a site has to be able to keep, such as `refrigerated`.
    let coldChain: String?
    /// The sentinel series whose alarm raises the consumption, and the factor by which.
    let surge: (series: String, factor: ExactDecimal)?

    init(_ row: borrowing Row, _ columns: ColumnMap, group: UInt32?) {
        self.group = group
        equivalent = columns.cell("equivalent", of: row).decimal ?? ExactDecimal(1)
        pack = columns.cell("pack", of: row).decimal
        price = columns.cell("price", of: row).decimal
        neverExpires = columns.cell("no_expiry", of: row) == .flag(true)
        coldChain = columns.text("cold_chain", of: row)
        if let series = columns.text("surge_series", of: row),
            let factor = columns.cell("surge_factor", of: row).decimal
        {
            surge = (series, factor)
        } else {
            surge = nil
        }
    }

    /// Complains about numbers that nothing can be reckoned with.
    static func complain(_ row: borrowing Row, _ columns: ColumnMap, to complaints: inout RowComplaints) {
        for name in ["equivalent", "pack", "surge_factor"] {
            guard let number = columns.cell(name, of: row).decimal, number.isZero || number.isNegative else { continue }
            complaints.invalid(
                "nothing can be reckoned with this number",
                at: columns.place(name, of: row),
                found: "\(number)",
                expected: "a number above 0"
            )
        }
    }
}

/// How many base units the units of items have; items go by their numbers.
struct UnitTable: Sendable {
    private var factors: [UInt32: [(unit: String, factor: ExactDecimal)]] = [:]

    /// Enters one row; `false` when it cannot be used.
    mutating func enter(item: UInt32, unit: String, factor: ExactDecimal) -> Bool {
        guard !factor.isZero, !factor.isNegative, self.factor(of: unit, item: item) == nil else { return false }
        factors[item, default: []].append((unit, factor))
        return true
    }

    func factor(of unit: String, item: UInt32) -> ExactDecimal? {
        factors[item]?.first { $0.unit == unit || isSameWord($0.unit, unit) }?.factor
    }

    /// The units of an item, for who writes another one.
    func units(of item: UInt32) -> [String] { factors[item]?.map(\.unit) ?? [] }
}

/// One edition of a rule on reserves, with the paper it stands in.
struct StockRule: Sendable {
    /// What the number means.
    enum Kind: String, Sendable, CaseIterable {
        /// So many days of the daily consumption.
        case daysOfSupply = "days-of-supply"
        /// So many months of the average monthly consumption.
        case monthsOfSupply = "months-of-supply"
        /// What that percentage of the population served needs, at so much a person.
        case populationShare = "population-share"
    }

    let name: String
    let kind: Kind
    let value: ExactDecimal
    /// The need of one person, for a share of the population.
    let perPerson: ExactDecimal?
    private let days: DaysInForce
    let document: String
    let clause: String?
    /// 法定, 规范性文件 or 本区自定.
    let rank: String?

    init?(_ row: borrowing Row, _ columns: ColumnMap, _ complaints: inout RowComplaints) {
        guard let name = columns.text("rule", of: row) else {
            complaints.nameless("rule", key: "rule", at: row.reference)
            return nil
        }
        let word = columns.text("kind", of: row) ?? ""
        guard let kind = Kind(rawValue: word) else {
            complaints.unknownWord(
                "unknown kind of rule, the row is not used",
                word,
                at: columns.place("kind", of: row),
                known: Kind.allCases.map(\.rawValue)
            )
            return nil
        }
        guard let value = columns.cell("value", of: row).decimal, !value.isNegative,
            let document = columns.text("document", of: row)
        else {
            complaints.invalid(
                "a rule needs its number and the paper that sets it, the row is not used",
                at: columns.place("value", of: row),
                expected: "a number, and the paper in \"document\""
            )
            return nil
        }
        self.name = name
        self.kind = kind
        self.value = value
        self.document = document
        perPerson = columns.cell("per_person", of: row).decimal
        days = DaysInForce(from: columns.cell("from", of: row).date, until: columns.cell("until", of: row).date)
        clause = columns.text("article", of: row)
        rank = columns.text("basis", of: row)
    }

    /// Whether this edition is in force on a day.
    func isInForce(on day: CivilDate) -> Bool { days.contains(day) }

    /// The paper, its clause, from when it holds and of what rank it is, for a notice to quote.
    var facts: Facts {
        Facts([
            "ruleDocument": .text(document), "ruleClause": clause.map(Facts.Value.text),
            "ruleFrom": days.from.map(Facts.Value.date), "ruleRank": rank.map(Facts.Value.text),
        ])
    }
}
