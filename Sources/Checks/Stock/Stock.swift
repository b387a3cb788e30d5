// Vaccine and medical-supply thresholds: what is usable on the day, how long it lasts, what will expire.

import Almanac
package import Records

/// Judges each site's stock of each item against its policy row.
package struct Stock: Check {
    /// What a job sets.
    package struct Parameters: Sendable, Hashable {
        /// Lots whose last usable day lies within that many days are reported.
        package let expiryHorizonDays: Int
        /// A report older than that many days no longer speaks for today.
        package let staleAfterDays: Int

        package init(expiryHorizonDays: Int, staleAfterDays: Int) {
            self.expiryHorizonDays = expiryHorizonDays
            self.staleAfterDays = staleAfterDays
        }
    }

    static let roles = [
        TableRole(
            name: "policies",
            needs: [
                .init("site", .text), .init("item", .text), .init("minimum", .decimal),
                .init("site_name", .text, essential: false), .init("item_name", .text, essential: false),
                .init("unit", .text, essential: false), .init("minimum_days", .decimal, essential: false),
                .init("monthly_consumption", .decimal, essential: false), .init("basis", .text, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "lots",
            needs: [
                .init("site", .text), .init("item", .text), .init("date", .date), .init("quantity", .decimal),
                .init("expiry", .date), .init("lot", .text, essential: false), .init("status", .text, essential: false),
            ],
            datedBy: "date"
        ),
    ]

    private let parameters: Parameters
    private let policies: ColumnMap
    private let lots: ColumnMap
    private let period: Period
    private let asOf: CivilDate
    private var policyRows: [StockPolicy] = []
    private var knownItems: [String: Set<String>] = [:]
    private var reports: [String: SiteReport] = [:]
    package private(set) var complaints = RowComplaints()

    init(_ parameters: Parameters, policies: ColumnMap, lots: ColumnMap, period: Period, asOf: CivilDate) {
        self.parameters = parameters
        self.policies = policies
        self.lots = lots
        self.period = period
        self.asOf = min(asOf, period.last)
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        if role == 0 {
            guard let policy = StockPolicy(row, policies) else {
                return complaints.nameless("policy", key: "site and item", at: row.reference)
            }
            guard knownItems[policy.site, default: []].insert(policy.item).inserted else {
                return complaints.twice("policy", "\(policy.site)/\(policy.item)", at: row.reference)
            }
            return policyRows.append(policy)
        }
        let site = lots.text("site", of: row) ?? ""
        let item = lots.text("item", of: row) ?? ""
        guard let items = knownItems[site] else {
            return complaints.unknown("site", site, at: row.reference, known: knownItems.keys)
        }
        guard items.contains(item) else {
            return complaints.unknown("item of site \(site)", item, at: row.reference, known: items)
        }
        reports[site, default: SiteReport()].take(row, lots, item: item, until: asOf)
    }

    package mutating func finish() -> [Assessment] {
        policyRows.flatMap { policy in
            let report = reports[policy.site] ?? SiteReport()
            let position = StockPosition(
                policy: policy,
                lots: report.lots(of: policy.item),
                reported: report.date,
                asOf: asOf
            )
            return position.assess(parameters, period: period, undated: report.undated)
        }
    }
}

/// One policy row: what a site must hold of an item.
struct StockPolicy: Sendable {
    let site: String
    let siteName: String
    let item: String
    let itemName: String
    let unit: String?
    let minimum: Cell
    let minimumDays: Cell
    let monthlyConsumption: Cell
    let basis: String?
    let source: RowReference

    init?(_ row: borrowing Row, _ columns: ColumnMap) {
        guard let site = columns.text("site", of: row), let item = columns.text("item", of: row) else { return nil }
        self.site = site
        self.item = item
        siteName = columns.text("site_name", of: row) ?? site
        itemName = columns.text("item_name", of: row) ?? item
        unit = columns.text("unit", of: row)
        minimum = columns.cell("minimum", of: row)
        minimumDays = columns.cell("minimum_days", of: row)
        monthlyConsumption = columns.cell("monthly_consumption", of: row)
        basis = columns.text("basis", of: row)
        source = row.reference
    }

    /// What of the policy itself is missing: no minimum, or a number that cannot be read.
    var gaps: [Gap] {
        var gaps: [Gap] = []
        if minimum.decimal == nil {
            gaps.append(Gap(minimum == .unreadable ? .unreadable : .blank, "minimum", at: source))
        }
        if minimumDays == .unreadable { gaps.append(Gap(.unreadable, "minimum_days", at: source)) }
        if monthlyConsumption == .unreadable { gaps.append(Gap(.unreadable, "monthly_consumption", at: source)) }
        return gaps
    }
}

/// The latest report of a site: only its rows count, because a newer count replaces an older one.
struct SiteReport: Sendable {
    private(set) var date: CivilDate?
    /// Rows whose date is blank or unreadable; no one can say which report they belong to.
    private(set) var undated: [RowReference] = []
    private var rows: [String: [StockLot]] = [:]

    func lots(of item: String) -> [StockLot] { rows[item] ?? [] }

    mutating func take(_ row: borrowing Row, _ columns: ColumnMap, item: String, until asOf: CivilDate) {
        guard case .date(let day) = columns.cell("date", of: row) else {
            undated.append(row.reference)
            return
        }
        guard day <= asOf, day >= date ?? day else { return }
        if day != date { rows = [:] }
        date = day
        rows[item, default: []].append(StockLot(row, columns))
    }
}

/// One lot on a shelf.
struct StockLot: Sendable {
    let lot: String
    let quantity: Cell
    let expiry: Cell
    let isHeld: Bool
    let source: RowReference

    init(_ row: borrowing Row, _ columns: ColumnMap) {
        lot = columns.text("lot", of: row) ?? ""
        quantity = columns.cell("quantity", of: row)
        expiry = columns.cell("expiry", of: row)
        isHeld = !Self.usableWords.contains(columns.text("status", of: row)?.lowercased() ?? "usable")
        source = row.reference
    }

    /// How a status column says that a lot may be used; every other word holds it back.
    private static let usableWords: Set<String> = ["usable", "可用", "合格", "正常"]
}
