// What sites have to hold, as the register of policies states it.

import Almanac
import Records

/// One policy row: what a site must hold of an item.
struct StockPolicy: Sendable {
    /// Numbers that a register may leave out, in the order of `optionalNumbers`.
    enum Limit: Int {
        case maximum, emergencyPoint, minMonths, maxMonths, eopMonths, leadDays, leadSDDays, reviewDays, serviceLevel
        case demandSD, population
    }

    let subject: StockSubject
    let siteName: String
    let itemName: String
    /// Which of the district's stores it belongs to, so that each job judges its own.
    let category: String?
    let unit: String?
    let minimum: Cell
    let minimumDays: Cell
    let monthlyConsumption: Cell
    let basis: String?
    /// The cells of `optionalNumbers`.
    private(set) var numbers: [Cell]
    /// The rules on reserves that apply, by name.
    let rules: [String]
    /// Rotation of reserves: from when until when less than the minimum is in order.
    let rotationFrom: CivilDate?
    let rotationUntil: CivilDate?
    /// What the site is able to keep cold, by the names of profiles.
    let coldChain: Set<String>
    /// Whether the site supplies others, so that transfers are its consumption.
    let isStore: Bool
    let source: RowPlace

    /// Columns with numbers that may be left out, each with what it limits.
    static let optionalNumbers = [
        "maximum", "emergency_point", "min_months", "max_months", "eop_months", "lead_days", "lead_sd_days",
        "review_days", "service_level", "demand_sd", "population",
    ]

    /// - Parameters:
    ///   - words: What rows say alike, kept once.
    ///   - last: The row before; what both say is kept once.
    init(
        _ row: borrowing Row,
        of subject: StockSubject,
        _ columns: ColumnMap,
        words: inout StockNames,
        after last: StockPolicy?,
        source: RowPlace
    ) {
        func word(_ name: String) -> String? { columns.text(name, of: row).map { words.shared($0) } }
        self.subject = subject
        siteName = word("site_name") ?? word("site") ?? ""
        itemName = word("item_name") ?? word("item") ?? ""
        category = word("category")
        unit = word("unit")
        minimum = columns.cell("minimum", of: row)
        minimumDays = columns.cell("minimum_days", of: row)
        monthlyConsumption = columns.cell("monthly_consumption", of: row)
        basis = word("basis")
        let numbers = Self.optionalNumbers.map { columns.cell($0, of: row) }
        self.numbers = last.flatMap { $0.numbers == numbers ? $0.numbers : nil } ?? numbers
        rules = Self.list(columns.text("rules", of: row))
        rotationFrom = columns.cell("rotation_from", of: row).date
        rotationUntil = columns.cell("rotation_until", of: row).date
        coldChain = Set(Self.list(columns.text("cold_chain", of: row)))
        isStore = columns.cell("store", of: row) == .flag(true)
        self.source = source
    }

    private static func list(_ text: String?) -> [String] {
        guard let text else { return [] }
        return text.split { $0 == ";" || $0 == "；" || $0 == " " }.map(String.init)
    }

    func number(_ limit: Limit) -> ExactDecimal? { numbers[limit.rawValue].decimal }

    /// Whether less than the minimum is in order on a day because the reserve is being rotated.
    func isRotating(on day: CivilDate) -> Bool {
        guard let rotationFrom, let rotationUntil else { return false }
        return rotationFrom <= day && day <= rotationUntil
    }

    /// Complains about what no policy can say; a cell that cannot be read was complained of when it was read.
    func complain(_ row: borrowing Row, _ columns: ColumnMap, to complaints: inout RowComplaints) {
        if minimum.decimal == nil, minimum != .unreadable {
            complaints.invalid(
                "the policy has no minimum, so nobody can say whether the stock suffices",
                at: columns.place("minimum", of: row),
                expected: "a number, 0 when only days of supply are demanded"
            )
        }
        let numbers =
            [("minimum", minimum), ("minimum_days", minimumDays), ("monthly_consumption", monthlyConsumption)]
            + zip(Self.optionalNumbers, self.numbers)
        for (name, cell) in numbers {
            guard let number = cell.decimal, number.isNegative else { continue }
            complaints.invalid(
                "a policy cannot demand less than nothing",
                at: columns.place(name, of: row),
                found: "\(number)",
                expected: "0 or more"
            )
        }
        if let level = number(.serviceLevel), ServiceLevel(level) == nil {
            complaints.invalid(
                "there is no factor for this service level, so no safety stock is reckoned",
                at: columns.place("service_level", of: row),
                found: "\(level)",
                expected: "one of " + ServiceLevel.known
            )
        }
    }

    /// Complains that days are demanded and nothing ever says how much a day takes.
    func complainOfUncountableDays(_ row: borrowing Row, _ columns: ColumnMap, to complaints: inout RowComplaints) {
        guard minimumDays.decimal != nil, monthlyConsumption != .unreadable,
            monthlyConsumption.decimal?.isZero ?? true
        else { return }
        complaints.invalid(
            "days of supply are demanded and nothing says how much a month takes, so they are never counted",
            at: columns.place("monthly_consumption", of: row),
            expected: "a number above 0",
            remedy: "state the monthly consumption, or leave minimum_days empty"
        )
    }

    /// What of the policy itself is missing: no minimum, or a number that cannot be read.
    func gaps(at source: RowReference) -> [Gap] {
        var gaps: [Gap] = []
        if minimum.decimal == nil {
            gaps.append(Gap(Gap.Reason(minimum), "minimum", at: source))
        }
        if minimumDays.isRejected { gaps.append(Gap(.unreadable, "minimum_days", at: source)) }
        if monthlyConsumption.isRejected { gaps.append(Gap(.unreadable, "monthly_consumption", at: source)) }
        for (name, cell) in zip(Self.optionalNumbers, numbers).sorted(by: { $0.0 < $1.0 }) where cell.isRejected {
            gaps.append(Gap(.unreadable, name, at: source))
        }
        return gaps
    }
}

/// How often stock should last until the next delivery, with the one-sided factor of the normal distribution.
struct ServiceLevel: Sendable {
    let percent: ExactDecimal
    /// The normal distribution's quantile, to four decimals.
    let factor: ExactDecimal

    private static let table: [(percent: Int64, factor: Int64)] = [
        (90, 12_816), (95, 16_449), (98, 20_537), (99, 23_263),
    ]

    /// The levels that have a factor, as a person is told.
    static let known = table.map { "\($0.percent)" }.joined(separator: ", ")

    /// The level of that many percent.
    init?(_ percent: ExactDecimal) {
        guard let row = Self.table.first(where: { ExactDecimal(coefficient: $0.percent, scale: 0) == percent }) else {
            return nil
        }
        self.percent = percent
        factor = ExactDecimal(coefficient: row.factor, scale: 4)
    }
}
