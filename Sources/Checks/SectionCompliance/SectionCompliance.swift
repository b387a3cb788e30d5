// The monthly check of river sections: each section's class by its worst item, against its own target.

package import Almanac
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
    /// Where the measurements have the columns that are looked at in every row.
    private let place: MeasuredColumns
    private let period: Period
    /// The deciding items that the measurements declare.
    private let items: [WaterQualityStandard.Item]
    /// Their columns.
    private let itemColumns: [Int]
    /// The place of the pH among them.
    private let acidity: Int?
    /// The names of the columns that the measurements have.
    let measured: Set<String>
    private var register: [RiverSection] = []
    private var byCode = TextTable()
    private var byPlace = TextTable()
    private var hasRegister = false
    private var places = RowPlaces()
    /// Holds the name of a row's section, used again for each row.
    private var name: [UInt8] = []
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
        place = MeasuredColumns(measurements)
        self.period = period
        measured = Set((schema?.columns ?? []).filter { !$0.isIgnored }.map(\.name))
        let declared = parameters.standard.deciding.compactMap { item in
            schema?.index(of: item.symbol).map { (item: item, column: $0) }
        }
        items = declared.map(\.item)
        itemColumns = declared.map(\.column)
        acidity = items.firstIndex { $0.symbol == "pH" }
    }

    package func days(role: Int) -> ClosedRange<CivilDate>? { role == 0 ? nil : period.first...period.last }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        if role == 0 { register(row) } else { measure(row) }
    }

    private mutating func register(_ row: borrowing Row) {
        guard let code = sections.text("code", of: row) else {
            return complaints.nameless("section", key: "code", at: row.reference)
        }
        guard byCode[Array(code.utf8).span] == nil else { return complaints.twice("section", code, at: row.reference) }
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
            itemCount: items.count
        )
        add(section)
        hasRegister = true
    }

    private mutating func add(_ section: RiverSection) {
        byCode.enter(Array(section.code.utf8).span, as: register.count)
        // The first one keeps the name: a row with a code that no one knows must not take a registered place over.
        byPlace.enter(Array(section.name.utf8).span, as: register.count)
        register.append(section)
    }

    private mutating func measure(_ row: borrowing Row) {
        guard case .month(let month) = place.month.map({ row[$0] }) else {
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
        let here = places.place(of: row)
        guard !row.isRejected else {
            if let index = knownIndex(of: row) { register[index].lose(here) }
            return
        }
        guard let index = sectionIndex(of: row) else { return }
        if let column = place.target, case .text = row[column], let written = row.text(column) {
            let target = WaterClass(written: written)
            register[index].state(target: target, at: row.reference)
            if target == nil { complaints.add(Self.unknownClass(written, at: row.reference)) }
        }
        let print = row.fingerprint(of: itemColumns)
        switch register[index].admit(print, at: here, contradicting: row.contradicted != nil) {
        case .repeats(let earlier): return complaints.repeated(at: row.reference, of: places[earlier])
        case .contradicts(let earlier): return complaints.contradicts(places[earlier], at: row.reference)
        case .isContradicted: return
        case .isNew: break
        }
        for slot in itemColumns.indices {
            let slip = register[index].samples[slot].add(row[itemColumns[slot]], isPH: slot == acidity, at: here)
            if let slip {
                complaints.add(slip.located(at: Position(file: row.file, line: row.line), key: items[slot].symbol))
            }
        }
    }

    private static func unknownClass(_ written: String, at row: RowReference) -> Diagnostic {
        Diagnostic(
            "this is no water-quality class; the section's own target stands, and it is not called compliant",
            at: Position(file: row.file, line: row.line),
            key: "target",
            found: written,
            expected: "a class such as Ⅲ, III or 三类"
        )
    }

    /// The section that a row speaks of: by code where it has one, else by river and place together.
    ///
    /// A section that a register does not know is named and not judged, because a slip of the pen must not become an
    /// alert that nobody can clear. Without any register each section speaks for itself.
    private mutating func sectionIndex(of row: borrowing Row) -> Int? {
        if let index = knownIndex(of: row) { return index }
        let river = place.river.flatMap { row.text($0) } ?? ""
        let section = place.section.flatMap { row.text($0) } ?? ""
        let name = RiverSection.name(river: river, place: section)
        let code = place.code.flatMap { row.text($0) }
        guard !hasRegister, register.count < Self.mostSections else {
            complaints.unknown(
                "section",
                code ?? name,
                at: row.reference,
                known: code == nil ? register.lazy.map(\.name) : register.lazy.map(\.code)
            )
            return nil
        }
        add(
            RiverSection(
                code: code ?? name,
                river: river,
                place: section,
                office: nil,
                target: nil,
                targetSource: row.reference,
                expectedItems: nil,
                itemCount: items.count
            )
        )
        return register.count - 1
    }

    private mutating func knownIndex(of row: borrowing Row) -> Int? {
        if let code = place.code, case .text = row[code] { return row.withBytes(code) { byCode[$0] } }
        name.removeAll(keepingCapacity: true)
        for column in [place.river, place.section] {
            guard let column else { continue }
            row.withBytes(column) { part in
                if !name.isEmpty, !part.isEmpty { name.append(UInt8(ascii: " ")) }
                for index in part.indices { name.append(part[index]) }
            }
        }
        return byPlace[name.span]
    }

    package mutating func finish() -> [Assessment] {
        register.map { $0.assess(standard: standard, items: items, period: period, places: places) }
    }
}

/// Where the measurements have their columns; `nil` for one that the feed does not declare.
private struct MeasuredColumns: Sendable {
    let code: Int?
    let river: Int?
    let section: Int?
    let month: Int?
    let target: Int?

    init(_ map: ColumnMap) {
        code = map.index("code")
        river = map.index("river")
        section = map.index("section")
        month = map.index("month")
        target = map.index("target")
    }
}
