// What sites have to hold, as the register of policies states it.

import Records

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
            gaps.append(Gap(Gap.Reason(minimum), "minimum", at: source))
        }
        if minimumDays.isRejected { gaps.append(Gap(.unreadable, "minimum_days", at: source)) }
        if monthlyConsumption.isRejected { gaps.append(Gap(.unreadable, "monthly_consumption", at: source)) }
        return gaps
    }
}
