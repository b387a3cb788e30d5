// Vaccines, medical supplies, medicines, grain: what is usable on the day, how long it lasts, what will expire.

import Almanac
import Diagnostics
package import Records

/// Judges each site's stock of each item against its policy row.
package struct Stock: Check {
    /// What a job sets.
    package struct Parameters: Sendable, Hashable {
        /// Lots whose last usable day lies within that many days are reported.
        package var expiryHorizonDays: Int
        /// A report older than that many days no longer speaks for today.
        package var staleAfterDays: Int
        /// An open alert goes on until the stock is that many percent of the minimum, and of the minimum days; at least
        /// 100, which is the limit that raises.
        package var clearPercent: Int
        /// How many reports in a row have to be below a limit before an alert is raised; no stock at all raises at once.
        package var raiseAfter = 1
        /// Over how many days consumption is looked at.
        package var windowDays = 180
        /// Days of a month on average, by which daily and monthly consumption become each other.
        package var daysPerMonth = ExactDecimal(coefficient: 304_375, scale: 4)
        /// How many days before its last day a lot is no longer given out.
        package var cutoffDays = 0
        /// How long goods are on the way from one site to another.
        package var transitDays = 1
        /// Which policy rows the job judges: those of that category, or those without one.
        package var category: String?
        /// The code of the site whose rows are about all sites together.
        package var district: String?
        /// How counts of sentinels are judged whose alarms raise the consumption of linked items, and for how many days an
        /// alarm does; `nil` where none do.
        package var surge: Surveillance.Parameters?
        package var surgeDays = 7

        package init(expiryHorizonDays: Int, staleAfterDays: Int, clearPercent: Int = 100) {
            self.expiryHorizonDays = expiryHorizonDays
            self.staleAfterDays = staleAfterDays
            self.clearPercent = clearPercent
        }
    }

    let parameters: Parameters
    let maps: [ColumnMap]
    let period: Period
    let asOf: CivilDate
    private let lotColumns: LotColumns
    private let movementColumns: MovementColumns
    /// The codes of sites and of items.
    private(set) var sites = StockNames()
    private(set) var itemCodes = StockNames()
    /// What else rows say alike: units, places, names.
    private var words = StockNames()
    /// Where rows stand.
    private(set) var places = RowPlaces()
    private(set) var policyRows: [StockPolicy] = []
    /// The place of each site's and item's row among them.
    private(set) var policyPlaces: [StockSubject: Int32] = [:]
    /// The places of each site's rows among them, by the site's number.
    private(set) var siteRows: [[Int32]] = []
    private(set) var rules: [StockRule] = []
    private(set) var items: [UInt32: StockItem] = [:]
    private(set) var units = UnitTable()
    /// The factors of units that were looked up, by the numbers of item, registered and written unit.
    private var factors: [UnitUse: ExactDecimal?] = [:]
    var reviewed = StockReview()
    /// What each site reported and booked, by its number.
    private(set) var reports: [SiteReport] = []
    private(set) var books: [SiteBooks] = []
    /// The counts whose alarms foretell a greater consumption.
    var sentinels: Surveillance?
    private var ownComplaints = RowComplaints()

    init(_ parameters: Parameters, maps: [ColumnMap], period: Period, asOf: CivilDate) {
        self.parameters = parameters
        self.maps = maps
        self.period = period
        self.asOf = min(asOf, period.last)
        lotColumns = LotColumns(maps[Role.lots])
        movementColumns = MovementColumns(maps[Role.consumption])
        sentinels = parameters.surge.map {
            Surveillance($0, sites: maps[Role.sentinels], counts: maps[Role.counts], period: period, asOf: asOf)
        }
    }

    var lots: ColumnMap { maps[Role.lots] }

    /// What cannot be used of the tables of stock; of the sentinels' tables their own job tells.
    package var complaints: RowComplaints { ownComplaints }

    /// Whether a code is that of a site which the register of policies names.
    func isSite(_ number: UInt32) -> Bool { number < reports.count }

    /// Whether the job has books to find the consumption in.
    var hasBooks: Bool { maps[Role.consumption].index("quantity") != nil }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        switch role {
        case Role.policies: enterPolicy(row)
        case Role.rules:
            if let rule = StockRule(row, maps[role], &ownComplaints) { rules.append(rule) }
        case Role.items: enterItem(row)
        case Role.units: enterUnit(row)
        case Role.sentinels: sentinels?.consume(row, role: 0)
        case Role.counts: sentinels?.consume(row, role: 1)
        case Role.lots: take(lot: row)
        default: take(movement: row)
        }
    }

    private mutating func enterPolicy(_ row: borrowing Row) {
        let columns = maps[Role.policies]
        guard let site = columns.text("site", of: row), let item = columns.text("item", of: row) else {
            return ownComplaints.nameless("policy", key: "site and item", at: row.reference)
        }
        let subject = StockSubject(site: sites.enter(site), item: itemCodes.enter(item))
        guard policyPlaces[subject] == nil else {
            return ownComplaints.twice("policy", "\(site)/\(item)", at: row.reference)
        }
        if reports.count < sites.all.count {
            siteRows.append([])
            reports.append(SiteReport())
            books.append(SiteBooks())
        }
        siteRows[Int(subject.site)].append(Int32(policyRows.count))
        policyPlaces[subject] = Int32(policyRows.count)
        let policy = StockPolicy(
            row,
            of: subject,
            columns,
            words: &words,
            after: policyRows.last,
            source: places.place(of: row)
        )
        policy.complain(row, columns, to: &ownComplaints)
        if !hasBooks { policy.complainOfUncountableDays(row, columns, to: &ownComplaints) }
        policyRows.append(policy)
    }

    private mutating func enterItem(_ row: borrowing Row) {
        let columns = maps[Role.items]
        guard let code = columns.text("item", of: row) else {
            return ownComplaints.nameless("item", key: "item", at: row.reference)
        }
        let number = itemCodes.enter(code)
        guard items[number] == nil else { return ownComplaints.twice("item", code, at: row.reference) }
        StockItem.complain(row, columns, to: &ownComplaints)
        items[number] = StockItem(row, columns, group: columns.text("group", of: row).map { itemCodes.enter($0) })
    }

    private mutating func enterUnit(_ row: borrowing Row) {
        let columns = maps[Role.units]
        guard let item = columns.text("item", of: row), let unit = columns.text("unit", of: row) else {
            return ownComplaints.nameless("unit", key: "item and unit", at: row.reference)
        }
        guard let factor = columns.cell("factor", of: row).decimal,
            units.enter(item: itemCodes.enter(item), unit: unit, factor: factor)
        else {
            return ownComplaints.invalid(
                "the unit has no number of base units, or stands there twice, so the row is not used",
                at: columns.place("factor", of: row),
                found: "\(item) \(unit)",
                expected: "one row a unit, with a number above 0"
            )
        }
    }

    /// The policy that a row of a site and an item falls under, be it the item's own or that of its group.
    func policy(_ subject: StockSubject) -> StockPolicy? {
        let place =
            policyPlaces[subject]
            ?? items[subject.item]?.group.flatMap { policyPlaces[StockSubject(site: subject.site, item: $0)] }
        return place.map { policyRows[Int($0)] }
    }

    /// What a site has to hold, in the order of the register.
    func policies(of site: UInt32) -> [StockPolicy] { siteRows[Int(site)].map { policyRows[Int($0)] } }

    /// Of whom a row of a table speaks, and the policy it falls under; complains about what no register knows.
    private mutating func known(
        _ site: Int?,
        _ item: Int?,
        _ row: borrowing Row
    ) -> (subject: StockSubject, policy: StockPolicy)? {
        let (siteNumber, itemNumber) = (sites.number(site, of: row), itemCodes.number(item, of: row))
        if let siteNumber, let itemNumber {
            let subject = StockSubject(site: siteNumber, item: itemNumber)
            if let policy = policy(subject) { return (subject, policy) }
        }
        // Of a code that cannot be read the reader has told.
        guard !row.isRejected else { return nil }
        let code = row.text(site) ?? ""
        if let siteNumber, isSite(siteNumber) {
            let known = ownComplaints.seeksNames ? policies(of: siteNumber).map { itemCodes[$0.subject.item] } : []
            ownComplaints.unknown("item of site \(code)", row.text(item) ?? "", at: row.reference, known: known)
        } else {
            ownComplaints.unknown("site", code, at: row.reference, known: sites.all)
        }
        return nil
    }

    /// How many base units the unit in that cell has; `nil` when nobody knows.
    mutating func factor(
        _ place: Int?,
        _ row: borrowing Row,
        of item: UInt32,
        under policy: StockPolicy?
    ) -> (unit: UInt32, factor: ExactDecimal?) {
        let written = words.enter(place, of: row)
        guard let unit = policy?.unit, !words[written].isEmpty, words[written] != unit else {
            return (written, ExactDecimal(1))
        }
        let use = UnitUse(item: item, registered: words.enter(unit), written: written)
        if let known = factors[use] { return (written, known) }
        let factor =
            isSameWord(words[written], unit) ? ExactDecimal(1) : units.factor(of: words[written], item: item)
        factors[use] = .some(factor)
        return (written, factor)
    }

    /// The lot in a row of a count.
    mutating func lot(_ row: borrowing Row, of item: UInt32, under policy: StockPolicy) -> StockLot {
        let (unit, factor) = factor(lotColumns.unit, row, of: item, under: policy)
        return StockLot(
            row,
            lotColumns,
            location: words.enter(lotColumns.location, of: row),
            unit: unit,
            factor: factor,
            source: places.place(of: row)
        )
    }

    /// Whether a row says that its lot never expires, and the register does not say so of the item.
    func isWronglyEndless(_ lot: StockLot, _ item: UInt32) -> Bool {
        lot.expiry == .day(.noEnd) && items[item]?.neverExpires != true
    }

    static let wronglyEndless = "nobody says that lots of the item never expire, so the row is not used"
    static let wronglyEndlessRemedy = "the last day, or no_expiry in the register of items"

    private mutating func take(lot row: borrowing Row) {
        guard let (subject, policy) = known(lotColumns.site, lotColumns.item, row) else { return }
        let lot = lot(row, of: subject.item, under: policy)
        if isWronglyEndless(lot, subject.item), !row.isRejected {
            ownComplaints.invalid(
                Self.wronglyEndless,
                at: maps[Role.lots].place("expiry", of: row),
                expected: Self.wronglyEndlessRemedy
            )
        }
        reports[Int(subject.site)].take(
            lot,
            counted: row.cell(lotColumns.date),
            item: subject.item,
            until: asOf,
            kept: max(2, parameters.raiseAfter),
            places: places,
            complaints: &ownComplaints
        )
    }

    private mutating func take(movement row: borrowing Row) {
        let columns = movementColumns
        guard let (subject, policy) = known(columns.site, columns.item, row), !row.isRejected,
            row.contradicted == nil, let until = row.cell(columns.date).date,
            let quantity = row.cell(columns.quantity).decimal, until <= asOf
        else { return }
        let from = row.cell(columns.from).date ?? until
        guard from <= until else {
            return ownComplaints.invalid(
                "the period ends before it begins, so the row is not used",
                at: maps[Role.consumption].place("from", of: row),
                found: "\(from)",
                expected: "a day up to \(until)"
            )
        }
        guard let factor = factor(columns.unit, row, of: subject.item, under: policy).factor,
            let amount = quantity.multiplied(by: factor)
        else {
            return ownComplaints.unknownWord(
                "nobody knows how many \(policy.unit ?? "units") this unit has, so the row is not used",
                row.text(columns.unit) ?? "",
                at: maps[Role.consumption].place("unit", of: row),
                known: units.units(of: subject.item)
            )
        }
        books[Int(subject.site)].enter(
            StockMovement(
                item: subject.item,
                from: from,
                until: until,
                quantity: amount,
                kind: row.text(columns.kind).flatMap(StockMovement.Kind.init),
                daysOut: row.cell(columns.stockoutDays).decimal.map { Int32(clamping: Int($0.doubleValue)) },
                source: places.place(of: row)
            )
        )
    }
}

/// A unit as rows write it, of an item whose register names another one.
private struct UnitUse: Hashable {
    let item: UInt32
    let registered: UInt32
    let written: UInt32
}
