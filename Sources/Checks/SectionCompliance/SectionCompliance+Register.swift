// What the register of river sections may say: a class as target, items that the measurements can have, months.

import Almanac
import Diagnostics
import Records

extension SectionCompliance {
    /// The section that a register's row describes.
    mutating func section(_ code: String, of row: borrowing Row) -> RiverSection {
        let target = target(of: row)
        var section = RiverSection(
            code: code,
            river: sections.text("river", of: row) ?? "",
            place: sections.text("section", of: row) ?? "",
            source: row.reference
        )
        section.office = sections.text("office", of: row)
        section.targetGap = target.gap
        section.expectedItems = expectedItems(of: row)
        section.body = waterBody(of: row)
        section.isDrinkingWater = sections.cell("drinking_water", of: row) == .flag(true)
        section.start = month("start", of: row)
        if let stated = target.stated {
            _ = section.add(.init(from: month("valid_from", of: row), waterClass: stated, source: row.reference))
        }
        if let suspension = suspension(of: row) { section.add(suspension) }
        return section
    }

    /// Enters what a further row of a section says: another target from a month on, other months without measurements.
    /// - Returns: `false` when the row says neither, or a target for a month that has one.
    mutating func addTarget(of row: borrowing Row, to index: Int) -> Bool {
        let suspension = suspension(of: row)
        if let suspension { register[index].add(suspension) }
        guard let from = month("valid_from", of: row) else { return suspension != nil }
        guard let target = target(of: row).stated else { return true }
        return register[index].add(.init(from: from, waterClass: target, source: row.reference))
    }

    private func month(_ name: String, of row: borrowing Row) -> Int? {
        guard case .month(let month) = sections.cell(name, of: row) else { return nil }
        return month.ordinal
    }

    private mutating func suspension(of row: borrowing Row) -> RiverSection.Suspension? {
        let from = month("suspended_from", of: row)
        let until = month("suspended_until", of: row)
        let reason = sections.text("suspended_reason", of: row)
        guard from != nil || until != nil else { return nil }
        if let from, let until, until < from {
            complaints.invalid(
                "the measurements are resumed before they are suspended, so they are not held to be suspended",
                at: sections.place("suspended_until", of: row),
                found: CivilMonth(ordinal: until).description,
                expected: "\(CivilMonth(ordinal: from)) or later"
            )
            return nil
        }
        return RiverSection.Suspension(from: from, until: until, reason: reason)
    }

    private mutating func waterBody(of row: borrowing Row) -> WaterBody {
        guard let written = sections.text("water_body", of: row) else { return .river }
        if let body = WaterBody(written: written) { return body }
        complaints.invalid(
            "this is no kind of water, so the limits of rivers are used",
            at: sections.place("water_body", of: row),
            found: written,
            expected: "river (河流) or lake (湖库)"
        )
        return .river
    }

    /// The target that a register's row states, or why there is none.
    mutating func target(of row: borrowing Row) -> (stated: WaterClass?, gap: Gap.Reason) {
        guard let written = sections.text("target", of: row) else {
            let cell = sections.cell("target", of: row)
            // A cell that cannot be read was complained of when it was read.
            if cell != .unreadable {
                complaints.invalid(
                    "the section has no target, so it is judged only where a measured row states one",
                    severity: .warning,
                    at: sections.place("target", of: row),
                    expected: Self.classes
                )
            }
            return (nil, Gap.Reason(cell))
        }
        if let target = WaterClass(target: written) { return (target, .blank) }
        complaints.invalid(
            "this is no water-quality class, so the section has no target and is never called compliant",
            at: sections.place("target", of: row),
            found: written,
            expected: Self.classes
        )
        return (nil, .unreadable)
    }

    static let classes = "a class from Ⅰ to Ⅴ, such as Ⅲ, III or 三类"

    /// The items that a register's row asks for; `nil` when it leaves that open.
    ///
    /// One that can never be assessed stays among them: a duty does not become smaller by a slip of the pen.
    mutating func expectedItems(of row: borrowing Row) -> [String]? {
        guard let text = sections.text("expected_items", of: row) else { return nil }
        let items = text.split(whereSeparator: { ";； ".contains($0) }).map(String.init)
        for item in items {
            let place = sections.place("expected_items", of: row)
            guard let known = standard.items.first(where: { $0.symbol == item }) else {
                complaints.unknownWord(
                    "\(standard.name) has no such item, so it is missing in every month",
                    item,
                    at: place,
                    known: standard.deciding.map(\.symbol),
                    remedy: "write the symbols of the standard with semicolons, such as pH;DO;NH3-N"
                )
                continue
            }
            if !known.decides {
                complaints.invalid(
                    "this item does not decide the class of a section, so it is missing in every month",
                    at: place,
                    found: item,
                    remedy: "take it out"
                )
            } else if !measured.contains(item) {
                complaints.invalid(
                    "the measurements have no column for this item, so it is missing in every month",
                    at: place,
                    found: item,
                    remedy: "declare the column in the feed's file, or take the item out"
                )
            }
        }
        return items
    }
}
