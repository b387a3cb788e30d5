// What of a table of measurements will not count, for the return slip.

import Diagnostics
package import Records

extension SectionCompliance {
    package mutating func review(_ row: borrowing Row, role: Int, _ tell: (Reject) -> Void) -> Int? {
        guard role == 1 else { return nil }
        guard !row.isRejected, row.contradicted == nil else { return 0 }
        guard case .month = measurements.cell("month", of: row) else {
            tell(measurements.unstated("month", of: row))
            return row.fileRows
        }
        guard !hasRegister || knownIndex(of: row) != nil else {
            tell(stranger(row))
            return row.fileRows
        }
        if case .text = measurements.cell("target", of: row), let written = measurements.text("target", of: row),
            WaterClass(target: written) == nil
        {
            tell(unknownClass(written, row))
        }
        for (item, column) in zip(items, itemColumns) {
            guard let slip = ItemSamples.slip(in: row[column], isPH: item.isPH) else { continue }
            tell(
                measurements.reject(
                    .implausible,
                    slip.problem,
                    item.symbol,
                    of: row,
                    expected: slip.expected,
                    remedy: slip.remedy
                )
            )
        }
        return 0
    }

    private mutating func stranger(_ row: borrowing Row) -> Reject {
        if let code = measurements.text("code", of: row) {
            let near = reviewed.nearest(to: code, among: register.map(\.code))
            return measurements.stranger("section", "code", of: row, found: code, nearest: near)
        }
        let name = RiverSection.name(
            river: measurements.text("river", of: row) ?? "",
            place: measurements.text("section", of: row) ?? ""
        )
        let near = reviewed.nearest(to: name, among: register.map(\.name))
        return measurements.stranger("section", "section", of: row, found: name, nearest: near)
    }

    private func unknownClass(_ written: String, _ row: borrowing Row) -> Reject {
        measurements.reject(
            .unknownWord,
            "this is no water-quality class that a section can have to reach",
            "target",
            of: row,
            found: written,
            expected: Self.classes,
            detail: .words(["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"])
        )
    }
}
