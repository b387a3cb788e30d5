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

    /// The places of the roles in `roles`.
    enum Role {
        static let policies = 0
        static let rules = 1
        static let items = 2
        static let units = 3
        static let sentinels = 4
        static let lots = 5
        static let consumption = 6
        static let counts = 7
    }

    static let roles = [
        TableRole(
            name: "policies",
            needs: [
                .init("site", .text), .init("item", .text), .init("minimum", .decimal),
                .init("site_name", .text, essential: false), .init("item_name", .text, essential: false),
                .init("category", .text, essential: false),
                .init("unit", .text, essential: false), .init("minimum_days", .decimal, essential: false),
                .init("monthly_consumption", .decimal, essential: false), .init("basis", .text, essential: false),
                .init("rules", .text, essential: false), .init("rotation_from", .date, essential: false),
                .init("rotation_until", .date, essential: false), .init("cold_chain", .text, essential: false),
                .init("store", .flag, essential: false),
            ] + StockPolicy.optionalNumbers.map { .init($0, .decimal, essential: false) },
            datedBy: nil
        ),
        TableRole(
            name: "rules",
            needs: [
                .init("rule", .text), .init("kind", .text), .init("value", .decimal), .init("document", .text),
                .init("per_person", .decimal, essential: false), .init("from", .date, essential: false),
                .init("until", .date, essential: false), .init("article", .text, essential: false),
                .init("basis", .text, essential: false),
            ],
            datedBy: nil,
            isOptional: true
        ),
        TableRole(
            name: "items",
            needs: [
                .init("item", .text), .init("group", .text, essential: false),
                .init("equivalent", .decimal, essential: false), .init("pack", .decimal, essential: false),
                .init("price", .decimal, essential: false), .init("no_expiry", .flag, essential: false),
                .init("cold_chain", .text, essential: false), .init("surge_series", .text, essential: false),
                .init("surge_factor", .decimal, essential: false),
            ],
            datedBy: nil,
            isOptional: true
        ),
        TableRole(
            name: "units",
            needs: [.init("item", .text), .init("unit", .text), .init("factor", .decimal)],
            datedBy: nil,
            isOptional: true
        ),
        TableRole(name: "sentinels", needs: Surveillance.roles[0].needs, datedBy: nil, isOptional: true),
        TableRole(
            name: "lots",
            needs: [
                .init("site", .text), .init("item", .text), .init("date", .date), .init("quantity", .decimal),
                .init("expiry", .date), .init("lot", .text, essential: false), .init("status", .text, essential: false),
                .init("unit", .text, essential: false), .init("location", .text, essential: false),
                .init("vvm", .text, essential: false),
            ],
            datedBy: "date"
        ),
        TableRole(
            name: "consumption",
            needs: [
                .init("site", .text), .init("item", .text), .init("date", .date), .init("quantity", .decimal),
                .init("from", .date, essential: false), .init("kind", .text, essential: false),
                .init("unit", .text, essential: false), .init("stockout_days", .integer, essential: false),
            ],
            datedBy: nil,
            isOptional: true
        ),
        TableRole(name: "counts", needs: Surveillance.roles[1].needs, datedBy: nil, isOptional: true),
    ]

    let parameters: Parameters
    let maps: [ColumnMap]
    let period: Period
    let asOf: CivilDate
    private(set) var policyRows: [StockPolicy] = []
    /// The place of each site's and item's row among them.
    private(set) var policiesBySite: [String: [String: Int]] = [:]
    private(set) var rules: [StockRule] = []
    private(set) var items: [String: StockItem] = [:]
    private(set) var units = UnitTable()
    var reviewed = StockReview()
    private(set) var reports: [String: SiteReport] = [:]
    /// By site, then by item.
    private(set) var movements: [String: [String: [StockMovement]]] = [:]
    /// The first and the last day of which each site's books speak.
    private(set) var booked: [String: ClosedRange<CivilDate>] = [:]
    /// The counts whose alarms foretell a greater consumption.
    var sentinels: Surveillance?
    private var ownComplaints = RowComplaints()

    init(_ parameters: Parameters, maps: [ColumnMap], period: Period, asOf: CivilDate) {
        self.parameters = parameters
        self.maps = maps
        self.period = period
        self.asOf = min(asOf, period.last)
        sentinels = parameters.surge.map {
            Surveillance($0, sites: maps[Role.sentinels], counts: maps[Role.counts], period: period, asOf: asOf)
        }
    }

    var lots: ColumnMap { maps[Role.lots] }

    /// What cannot be used of the tables of stock; of the sentinels' tables their own job tells.
    package var complaints: RowComplaints { ownComplaints }

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
        guard let policy = StockPolicy(row, columns) else {
            return ownComplaints.nameless("policy", key: "site and item", at: row.reference)
        }
        guard policiesBySite[policy.site]?[policy.item] == nil else {
            return ownComplaints.twice("policy", "\(policy.site)/\(policy.item)", at: row.reference)
        }
        policiesBySite[policy.site, default: [:]][policy.item] = policyRows.count
        policy.complain(row, columns, to: &ownComplaints)
        if !hasBooks { policy.complainOfUncountableDays(row, columns, to: &ownComplaints) }
        policyRows.append(policy)
    }

    private mutating func enterItem(_ row: borrowing Row) {
        guard let name = maps[Role.items].text("item", of: row) else {
            return ownComplaints.nameless("item", key: "item", at: row.reference)
        }
        guard items[name] == nil else { return ownComplaints.twice("item", name, at: row.reference) }
        StockItem.complain(row, maps[Role.items], to: &ownComplaints)
        items[name] = StockItem(row, maps[Role.items])
    }

    private mutating func enterUnit(_ row: borrowing Row) {
        let columns = maps[Role.units]
        guard let item = columns.text("item", of: row), let unit = columns.text("unit", of: row) else {
            return ownComplaints.nameless("unit", key: "item and unit", at: row.reference)
        }
        guard let factor = columns.cell("factor", of: row).decimal, units.enter(item: item, unit: unit, factor: factor)
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
    func policy(_ site: String, _ item: String) -> StockPolicy? {
        let index = policiesBySite[site]?[item] ?? items[item]?.group.flatMap { policiesBySite[site]?[$0] }
        return index.map { policyRows[$0] }
    }

    /// Whether a row of a table speaks of what a register knows; complains when not.
    private mutating func isKnown(_ site: String, _ item: String, _ row: borrowing Row) -> Bool {
        guard policy(site, item) == nil else { return true }
        // Of a code that cannot be read the reader has told.
        guard !row.isRejected else { return false }
        if let known = policiesBySite[site] {
            ownComplaints.unknown("item of site \(site)", item, at: row.reference, known: known.keys)
        } else {
            ownComplaints.unknown("site", site, at: row.reference, known: policiesBySite.keys)
        }
        return false
    }

    /// The lot in a row of a count.
    func lot(_ row: borrowing Row, of item: String, under policy: StockPolicy?) -> StockLot {
        StockLot(row, lots, unit: policy?.unit) { units.factor(of: $0, item: item) }
    }

    private mutating func take(lot row: borrowing Row) {
        let site = lots.text("site", of: row) ?? ""
        let item = lots.text("item", of: row) ?? ""
        guard isKnown(site, item, row) else { return }
        let lot = lot(row, of: item, under: policy(site, item))
        reports[site, default: SiteReport()].take(
            lot,
            counted: lots.cell("date", of: row),
            item: item,
            until: asOf,
            kept: max(2, parameters.raiseAfter),
            complaints: &ownComplaints
        )
    }

    private mutating func take(movement row: borrowing Row) {
        let columns = maps[Role.consumption]
        let site = columns.text("site", of: row) ?? ""
        let item = columns.text("item", of: row) ?? ""
        guard isKnown(site, item, row), !row.isRejected, row.contradicted == nil else { return }
        guard let until = columns.cell("date", of: row).date, let quantity = columns.cell("quantity", of: row).decimal,
            until <= asOf
        else { return }
        let from = columns.cell("from", of: row).date ?? until
        guard from <= until else {
            return ownComplaints.invalid(
                "the period ends before it begins, so the row is not used",
                at: columns.place("from", of: row),
                found: "\(from)",
                expected: "a day up to \(until)"
            )
        }
        let unit = policy(site, item)?.unit
        let written = columns.text("unit", of: row)
        let factor =
            unit.flatMap { unit in
                written.map { isSameWord($0, unit) ? ExactDecimal(1) : units.factor(of: $0, item: item) }
            }
            ?? ExactDecimal(1)
        guard let factor, let amount = quantity.multiplied(by: factor) else {
            return ownComplaints.unknownWord(
                "nobody knows how many \(unit ?? "units") this unit has, so the row is not used",
                written ?? "",
                at: columns.place("unit", of: row),
                known: units.units(of: item)
            )
        }
        booked[site] = booked[site].map { min($0.lowerBound, from)...max($0.upperBound, until) } ?? from...until
        let days = columns.cell("stockout_days", of: row).decimal.map { Int($0.doubleValue) }
        movements[site, default: [:]][item, default: []].append(
            StockMovement(
                item: item,
                from: from,
                until: until,
                quantity: amount,
                kind: columns.text("kind", of: row).flatMap(StockMovement.Kind.init),
                daysOut: days,
                source: row.reference
            )
        )
    }
}
