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
            policy.complain(row, policies, to: &complaints)
            return policyRows.append(policy)
        }
        let site = lots.text("site", of: row) ?? ""
        let item = lots.text("item", of: row) ?? ""
        guard let items = knownItems[site] else {
            // Of a code that cannot be read the reader has told.
            guard !row.isRejected else { return }
            return complaints.unknown("site", site, at: row.reference, known: knownItems.keys)
        }
        guard items.contains(item) else {
            guard !row.isRejected else { return }
            return complaints.unknown("item of site \(site)", item, at: row.reference, known: items)
        }
        reports[site, default: SiteReport()].take(row, lots, item: item, until: asOf, complaints: &complaints)
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
