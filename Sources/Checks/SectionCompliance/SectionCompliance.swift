// The monthly check of river sections: each section's class by its worst item, against its own target.

import Almanac
import Diagnostics
package import Records

/// Judges river sections against a water-quality standard (GB 3838-2002, single-factor assessment).
package struct SectionCompliance: Check {
    /// What a job sets.
    package struct Parameters: Sendable, Hashable {
        package let standard: WaterQualityStandard

        package init(standard: WaterQualityStandard) { self.standard = standard }
    }

    /// Without a register a wrong table must not fill the memory.
    private static let mostSections = 10_000

    /// The role whose rows are judged.
    static let judged = "measurements"

    static let roles = [
        TableRole(
            name: "sections",
            needs: [
                .init("code", .text), .init("river", .text), .init("section", .text), .init("target", .text),
                .init("office", .text, essential: false), .init("expected_items", .text, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: judged,
            needs: [
                .init("river", .text), .init("section", .text), .init("month", .month),
                .init("code", .text, essential: false), .init("target", .text, essential: false),
            ],
            datedBy: "month"
        ),
    ]

    let standard: WaterQualityStandard
    let sections: ColumnMap
    let measurements: ColumnMap
    private let period: Period
    /// The deciding items that the measurements declare, with their columns.
    let columns: [(item: WaterQualityStandard.Item, column: Int)]
    /// The names of the columns that the measurements have.
    let measured: Set<String>
    private var register: [RiverSection] = []
    private(set) var byCode: [String: Int] = [:]
    private(set) var byPlace: [String: Int] = [:]
    private(set) var hasRegister = false
    var reviewed = ReviewMemory()
    package var complaints = RowComplaints()

    init(
        _ parameters: Parameters,
        sections: ColumnMap,
        measurements: ColumnMap,
        period: Period,
        columns schema: TableSchema?
    ) {
        standard = parameters.standard
        self.sections = sections
        self.measurements = measurements
        self.period = period
        measured = Set((schema?.columns ?? []).filter { !$0.isIgnored }.map(\.name))
        columns = parameters.standard.deciding.compactMap { item in
            schema?.index(of: item.symbol).map { (item, $0) }
        }
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        if role == 0 { register(row) } else { measure(row) }
    }

    private mutating func register(_ row: borrowing Row) {
        guard let code = sections.text("code", of: row) else {
            return complaints.nameless("section", key: "code", at: row.reference)
        }
        guard byCode[code] == nil else { return complaints.twice("section", code, at: row.reference) }
        let target = target(of: row)
        let section = RiverSection(
            code: code,
            river: sections.text("river", of: row) ?? "",
            place: sections.text("section", of: row) ?? "",
            office: sections.text("office", of: row),
            target: target.stated,
            targetGap: target.gap,
            targetSource: row.reference,
            expectedItems: expectedItems(of: row),
            itemCount: columns.count
        )
        add(section)
        hasRegister = true
    }

    private mutating func add(_ section: RiverSection) {
        byCode[section.code] = register.count
        // A row with a code that no one knows must not take a registered place over.
        byPlace[section.name] = byPlace[section.name] ?? register.count
        register.append(section)
    }

    private mutating func measure(_ row: borrowing Row) {
        guard case .month(let month) = measurements.cell("month", of: row) else {
            // Of a cell that the feed requires the reader has told.
            guard !row.isRejected else { return }
            return complaints.add(
                Diagnostic(
                    "without a month the row belongs to no period, it is not used",
                    at: Position(file: row.file, line: row.line),
                    key: "month"
                )
            )
        }
        guard period.contains(month.firstDay) else { return }
        guard !row.isRejected else {
            if let index = knownIndex(of: row) { register[index].lose(row.reference) }
            return
        }
        guard let index = sectionIndex(of: row) else { return }
        if case .text = measurements.cell("target", of: row), let written = measurements.text("target", of: row) {
            let target = WaterClass(target: written)
            register[index].state(target: target, at: row.reference)
            if target == nil { complaints.add(Self.unknownClass(written, at: row.reference)) }
        }
        let cells = columns.map { row[$0.column] }
        switch register[index].admit(cells, at: row.reference, contradicting: row.contradicted) {
        case .repeats(let earlier): return complaints.repeated(at: row.reference, of: earlier)
        case .contradicts(let earlier):
            // Within one file whoever found the contradiction has told it.
            if row.contradicted == nil { complaints.contradicts(earlier, at: row.reference) }
            return
        case .isNew: break
        }
        for (slot, entry) in columns.enumerated() {
            let slip = register[index].samples[slot].add(
                cells[slot],
                isPH: entry.item.symbol == "pH",
                at: row.reference
            )
            if let slip {
                complaints.add(slip.located(at: Position(file: row.file, line: row.line), key: entry.item.symbol))
            }
        }
    }

    private static func unknownClass(_ written: String, at row: RowReference) -> Diagnostic {
        Diagnostic(
            "this is no water-quality class; the section's own target stands, and it is not called compliant",
            at: Position(file: row.file, line: row.line),
            key: "target",
            found: written,
            expected: classes
        )
    }

    /// The section that a row speaks of: by code where it has one, else by river and place together.
    ///
    /// A section that a register does not know is named and not judged, because a slip of the pen must not become an
    /// alert that nobody can clear. Without any register each section speaks for itself.
    private mutating func sectionIndex(of row: borrowing Row) -> Int? {
        let river = measurements.text("river", of: row) ?? ""
        let place = measurements.text("section", of: row) ?? ""
        let name = RiverSection.name(river: river, place: place)
        let code = measurements.text("code", of: row)
        if let index = knownIndex(of: row) { return index }
        guard !hasRegister, register.count < Self.mostSections else {
            if let code {
                complaints.unknown("section", code, at: row.reference, known: byCode.keys)
            } else {
                complaints.unknown("section", name, at: row.reference, known: byPlace.keys)
            }
            return nil
        }
        add(
            RiverSection(
                code: code ?? name,
                river: river,
                place: place,
                office: nil,
                target: nil,
                targetSource: row.reference,
                expectedItems: nil,
                itemCount: columns.count
            )
        )
        return register.count - 1
    }

    func knownIndex(of row: borrowing Row) -> Int? {
        if let code = measurements.text("code", of: row) { return byCode[code] }
        let river = measurements.text("river", of: row) ?? ""
        return byPlace[RiverSection.name(river: river, place: measurements.text("section", of: row) ?? "")]
    }

    package mutating func finish() -> [Assessment] {
        register.map { $0.assess(standard: standard, items: columns.map(\.item), period: period) }
    }
}
