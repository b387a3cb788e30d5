// The check of river sections: each section's class by its worst item, against its own target, and what follows from that.

package import Almanac
import Diagnostics
package import Records

/// Judges river sections against a water-quality standard (GB 3838-2002, single-factor assessment).
package struct SectionCompliance: Check {
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
                .init("valid_from", .month, essential: false), .init("start", .month, essential: false),
                .init("water_body", .text, essential: false), .init("drinking_water", .flag, essential: false),
                .init("suspended_from", .month, essential: false), .init("suspended_until", .month, essential: false),
                .init("suspended_reason", .text, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: judged,
            needs: [
                .init("river", .text), .init("section", .text), .init("month", .month),
                .init("code", .text, essential: false), .init("target", .text, essential: false),
                .init("time", .text, essential: false),
            ],
            datedBy: "month"
        ),
    ]

    let parameters: Parameters
    let standard: WaterQualityStandard
    let sections: ColumnMap
    let measurements: ColumnMap
    let scope: Scope
    /// The months whose rows are of use; `nil` for all.
    let window: ClosedRange<Int>?
    /// The items that the measurements declare, in the standard's order.
    let items: [WaterQualityStandard.Item]
    /// Their columns.
    let itemColumns: [Int]
    /// The place of the pH among them.
    let acidity: Int?
    /// The names of the columns that the measurements have.
    let measured: Set<String>
    /// Where the measurements have the columns that are looked at in every row.
    let place: MeasuredColumns
    var register: [RiverSection] = []
    /// The first month of each section, as every row asks for it.
    private var starts: [Int] = []
    var byCode = TextTable()
    var byPlace = TextTable()
    private(set) var hasRegister = false
    var history = SectionHistory()
    var places = RowPlaces()
    var revisions = SectionRevisions()
    var latest: [Int: SectionSample] = [:]
    var ready: [Assessment] = []
    /// Holds the name of a row's section, used again for each row.
    private var name: [UInt8] = []
    var awaitsFirstTable = false
    /// Whether rows that say the same were left out before.
    private var hasDistinctRows = false
    var reviewed = ReviewMemory()
    package var complaints = RowComplaints()

    init(
        _ parameters: Parameters,
        sections: ColumnMap,
        measurements: ColumnMap,
        scope: Scope,
        columns schema: TableSchema?
    ) {
        self.parameters = parameters
        self.sections = sections
        self.measurements = measurements
        self.scope = scope
        place = MeasuredColumns(measurements)
        measured = Set((schema?.columns ?? []).filter { !$0.isIgnored }.map(\.name))
        switch scope {
        case .one(let period, _):
            standard = parameters.standard(on: period.last)
            window = Self.window(of: period, parameters)
        case .all:
            standard =
                parameters.standards.max {
                    ($0.validFrom?.daysSinceEpoch ?? .min) < ($1.validFrom?.daysSinceEpoch ?? .min)
                } ?? parameters.standards[0]
            window = nil
        }
        let declared = standard.items.filter {
            $0.decides || parameters.keepsHistory || !$0.limits.isEmpty || $0.drinkingWaterLimit != nil
        }
        .compactMap { item in schema?.index(of: item.symbol).map { (item: item, column: $0) } }
        .prefix(WaterQualityStandard.mostItems)
        items = declared.map(\.item)
        itemColumns = declared.map(\.column)
        acidity = items.firstIndex { $0.isPH }
    }

    /// The months that a verdict on a period looks at: last year's and this one's up to its end, or its own.
    private static func window(of period: Period, _ parameters: Parameters) -> ClosedRange<Int>? {
        guard let months = period.months else { return nil }
        guard parameters.keepsHistory, parameters.mode == .assessment else { return months }
        return (months.upperBound / 12 - 1) * 12...months.upperBound
    }

    package func days(role: Int) -> ClosedRange<CivilDate>? {
        guard role == 1, let window else { return nil }
        return CivilMonth(ordinal: window.lowerBound).firstDay...CivilMonth(ordinal: window.upperBound).lastDay
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        if role == 0 { register(row) } else { measure(row) }
    }

    package mutating func awaitFirstTable(role: Int) {
        if role == 1 { awaitsFirstTable = true }
    }

    package mutating func expectDistinctRows(role: Int) {
        if role == 1 { hasDistinctRows = true }
    }

    private mutating func register(_ row: borrowing Row) {
        guard let code = sections.text("code", of: row) else {
            return complaints.nameless("section", key: "code", at: row.reference)
        }
        hasRegister = true
        let known = byCode[Array(code.utf8).span]
        if let known {
            guard addTarget(of: row, to: known) else {
                return complaints.twice("section", code, at: row.reference)
            }
        } else {
            add(section(code, of: row))
        }
    }

    mutating func add(_ section: RiverSection) {
        byCode.enter(Array(section.code.utf8).span, as: register.count)
        // The first one keeps the name: a row with a code that no one knows must not take a registered place over.
        byPlace.enter(Array(section.name.utf8).span, as: register.count)
        register.append(section)
        starts.append(section.start ?? .min)
        history.addSection()
    }

    private mutating func measure(_ row: borrowing Row) {
        guard case .month(let month)? = place.month.map({ row[$0] }) else {
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
        let ordinal = month.ordinal
        guard window?.contains(ordinal) ?? true else { return }
        let here = places.place(of: row)
        guard !row.isRejected else {
            guard let section = knownIndex(of: row) else { return }
            return history.lose(here, of: history.month(ordinal, of: section))
        }
        guard let section = sectionIndex(of: row) else { return }
        guard ordinal >= starts[section] else { return complaints.add(early(row, section)) }
        guard parameters.mode == .assessment else { return sample(row, section, month, at: here) }
        let found = history.month(ordinal, of: section)
        if let column = place.target, case .text = row[column], let written = row.text(column) {
            state(written, found, at: here, row.reference)
        }
        switch history.admit(
            hasDistinctRows ? nil : row.fingerprint(of: itemColumns, dayIn: place.month),
            to: found,
            at: here,
            contradicting: row.contradicted != nil
        ) {
        case .repeats(let earlier): return complaints.repeated(at: row.reference, of: places[earlier])
        case .contradicts(let earlier): return complaints.contradicts(places[earlier], at: row.reference)
        // Within one file whoever found the contradiction has told it.
        case .isContradicted: return
        case .isNew: take(row, to: found, at: here)
        }
    }

    private mutating func take(_ row: borrowing Row, to found: Int, at here: RowPlace) {
        var present: UInt64 = 0
        for slot in itemColumns.indices {
            if case .absent = row[itemColumns[slot]] { continue }
            present |= 1 << UInt64(slot)
        }
        history.open(present, in: found)
        history.lack(~present, in: found)
        for slot in itemColumns.indices where present & (1 << UInt64(slot)) != 0 {
            let cell = row[itemColumns[slot]]
            if let slip = history.add(cell, item: slot, to: found, isPH: slot == acidity, at: here) {
                complaints.add(
                    slip.located(at: Position(file: row.file, line: row.line), key: items[slot].symbol)
                )
            }
        }
    }

    /// Takes the target that a row states.
    private mutating func state(_ written: String, _ found: Int, at here: RowPlace, _ row: RowReference) {
        let target = WaterClass(target: written)
        history.state(target, at: here, of: found)
        if target == nil { complaints.add(Self.unknownClass(written, at: row)) }
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

    private func early(_ row: borrowing Row, _ section: Int) -> Diagnostic {
        let start = register[section].start.map { CivilMonth(ordinal: $0).description }
        return Diagnostic(
            "the month lies before the section's first one, so the row is not used",
            severity: .warning,
            at: Position(file: row.file, line: row.line),
            key: "month",
            found: measurements.text("month", of: row),
            expected: start.map { "\($0) or later" },
            remedy: "correct the month, or \"start\" in the register"
        )
    }

    /// The section that a row speaks of: by code where it has one, else by river and place together.
    ///
    /// A section that a register does not know is named and not judged, because a slip of the pen must not become an
    /// alert that nobody can clear. Without any register each section speaks for itself.
    private mutating func sectionIndex(of row: borrowing Row) -> Int? {
        if let index = knownIndex(of: row) { return index }
        let river = measurements.text("river", of: row) ?? ""
        let section = measurements.text("section", of: row) ?? ""
        let name = RiverSection.name(river: river, place: section)
        let code = measurements.text("code", of: row)
        guard !hasRegister, register.count < Self.mostSections else {
            complaints.unknown(
                "section",
                code ?? name,
                at: row.reference,
                known: register.map(code == nil ? \.name : \.code)
            )
            return nil
        }
        add(RiverSection(code: code ?? name, river: river, place: section, source: row.reference))
        return register.count - 1
    }

    mutating func knownIndex(of row: borrowing Row) -> Int? {
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
}

/// Where the measurements have their columns; `nil` for one that the feed does not declare.
struct MeasuredColumns: Sendable {
    let code: Int?
    let river: Int?
    let section: Int?
    let month: Int?
    let target: Int?
    let time: Int?

    init(_ map: ColumnMap) {
        code = map.index("code")
        river = map.index("river")
        section = map.index("section")
        month = map.index("month")
        target = map.index("target")
        time = map.index("time")
    }
}
