// What the register of river sections may say: a class as target, and items that the measurements can have.

import Diagnostics
import Records

extension SectionCompliance {
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
