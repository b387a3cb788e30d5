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

    /// Complains about what no policy can say; a cell that cannot be read was complained of when it was read.
    func complain(_ row: borrowing Row, _ columns: ColumnMap, to complaints: inout RowComplaints) {
        if minimum.decimal == nil, minimum != .unreadable {
            complaints.invalid(
                "the policy has no minimum, so nobody can say whether the stock suffices",
                at: columns.place("minimum", of: row),
                expected: "a number, 0 when only days of supply are demanded"
            )
        }
        let numbers = [
            ("minimum", minimum), ("minimum_days", minimumDays), ("monthly_consumption", monthlyConsumption),
        ]
        for (name, cell) in numbers {
            guard let number = cell.decimal, number.isNegative else { continue }
            complaints.invalid(
                "a policy cannot demand less than nothing",
                at: columns.place(name, of: row),
                found: "\(number)",
                expected: "0 or more"
            )
        }
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
