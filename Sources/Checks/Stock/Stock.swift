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
        /// An open alert goes on until the stock is that many percent of the minimum, and of the minimum days; at least
        /// 100, which is the limit that raises.
        package let clearPercent: Int

        package init(expiryHorizonDays: Int, staleAfterDays: Int, clearPercent: Int = 100) {
            self.expiryHorizonDays = expiryHorizonDays
            self.staleAfterDays = staleAfterDays
            self.clearPercent = clearPercent
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
                .init("unit", .text, essential: false),
            ],
            datedBy: "date"
        ),
    ]

    private let parameters: Parameters
    private let policies: ColumnMap
    let lots: ColumnMap
    private let period: Period
    private let asOf: CivilDate
    private(set) var policyRows: [StockPolicy] = []
    /// The place of each site's and item's row among them.
    private(set) var policiesBySite: [String: [String: Int]] = [:]
    var reviewed = StockReview()
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
            guard policiesBySite[policy.site]?[policy.item] == nil else {
                return complaints.twice("policy", "\(policy.site)/\(policy.item)", at: row.reference)
            }
            policiesBySite[policy.site, default: [:]][policy.item] = policyRows.count
            policy.complain(row, policies, to: &complaints)
            return policyRows.append(policy)
        }
        let site = lots.text("site", of: row) ?? ""
        let item = lots.text("item", of: row) ?? ""
        guard let items = policiesBySite[site] else {
            // Of a code that cannot be read the reader has told.
            guard !row.isRejected else { return }
            return complaints.unknown("site", site, at: row.reference, known: policiesBySite.keys)
        }
        guard let index = items[item] else {
            guard !row.isRejected else { return }
            return complaints.unknown("item of site \(site)", item, at: row.reference, known: items.keys)
        }
        let lot = StockLot(row, lots, unit: policyRows[index].unit)
        let day = lots.cell("date", of: row)
        reports[site, default: SiteReport()].take(lot, counted: day, item: item, until: asOf, complaints: &complaints)
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
            return position.assess(
                period: period,
                undated: report.undated,
                staleAfter: parameters.staleAfterDays,
                horizon: parameters.expiryHorizonDays,
                clearPercent: parameters.clearPercent
            )
        }
    }
}
