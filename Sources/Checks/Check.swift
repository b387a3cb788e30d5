// What every kind of check has in common: it folds rows into verdicts and knows nothing of files or clocks.

package import Almanac
package import Diagnostics
package import Records

/// A fold over the rows of a job's tables.
///
/// A check is made for one period as of one day, sees every row of its tables once, registers first, and then gives its
/// verdicts, good ones too.
package protocol Check: Sendable {
    /// Takes one row of the table that plays the role at that index of `CheckDefinition.roles`.
    mutating func consume(_ row: borrowing Row, role: Int)

    /// Takes a row of an older table of which a newer one says otherwise; it counts for nothing.
    mutating func consumeSuperseded(_ row: borrowing Row, role: Int)

    /// The days whose rows it has use for, of a role whose rows are dated; `nil` when that is all of them.
    func days(role: Int) -> ClosedRange<CivilDate>?

    /// Gives the verdicts that are ready before the tables end, once, for checks that judge every row by itself.
    mutating func takeVerdicts() -> [Assessment]

    /// Learns that no row of the role at that index will say again what one of its file said; before its rows.
    mutating func expectDistinctRows(role: Int)

    /// Learns that no table that can be read was handed in yet for the role at that index; before `finish`.
    mutating func awaitFirstTable(role: Int)

    /// Gives the verdicts, in an order that depends on the tables alone.
    mutating func finish() -> [Assessment]

    /// Gives the same verdicts one by one, for whoever need not have all of them at once.
    mutating func finish(_ give: (Assessment) -> Void)

    /// Looks at a row of the table that is judged on the day on which it is handed in, with the registers consumed before:
    /// tells what of it will not count as it stands there, although it can be read. Of a row that is rejected or
    /// contradicted its supplier was told before.
    ///
    /// Such a check is not asked for verdicts, and sees rows of all periods.
    /// - Returns: How many rows of the file are not used for it, those before that only now turn out so included; `nil`
    ///   when the check has no opinion on rows.
    mutating func review(_ row: borrowing Row, role: Int, _ tell: (Reject) -> Void) -> Int?

    /// Tells what only the whole table shows.
    mutating func endReview(_ tell: (Reject) -> Void)

    /// What the rows seen so far say that cannot be used: an unknown unit, a rule without a readable clock.
    ///
    /// Whatever a register may not say is complained of when its row is consumed, so that registers can be looked
    /// through before there is a single table to judge.
    var complaints: RowComplaints { get }
}

extension Check {
    package mutating func consumeSuperseded(_ row: borrowing Row, role: Int) {}

    /// Most checks do not mind.
    package mutating func expectDistinctRows(role: Int) {}

    package func days(role: Int) -> ClosedRange<CivilDate>? { nil }

    package mutating func takeVerdicts() -> [Assessment] { [] }

    /// Most checks have few verdicts.
    package mutating func finish(_ give: (Assessment) -> Void) { finish().forEach(give) }

    /// Most checks see by themselves that there are no rows, and say nothing then.
    package mutating func awaitFirstTable(role: Int) {}
}

/// Rows that could be read but not used, each named; bounded, so that a wrong file cannot fill the memory.
package struct RowComplaints: Sendable {
    private static let limit = 1000
    /// Looking for the nearest name takes time; so many complaints get it, and no name longer than that.
    private static let suggestions = 32
    private static let longestName = 100

    package private(set) var all: [Diagnostic] = []
    /// How many more there were beyond the limit.
    package private(set) var omitted = 0

    mutating func add(_ diagnostic: Diagnostic) {
        if all.count < Self.limit { all.append(diagnostic) } else { omitted += 1 }
    }

    /// Names a register's row that lacks its key.
    mutating func nameless(_ what: String, key: String, at row: RowReference) {
        add(
            Diagnostic(
                "the \(what) has no \(key), the row is not used",
                at: row.position,
                key: key
            )
        )
    }

    /// Names a register's row whose key an earlier row has; two verdicts on one subject would raise and clear by turns.
    mutating func twice(_ what: String, _ name: String, at row: RowReference) {
        add(
            Diagnostic(
                "the \(what) stands there twice, only its first row is used",
                at: row.position,
                found: name,
                remedy: "keep one of the rows"
            )
        )
    }

    /// Names a value that a register's column cannot hold.
    mutating func invalid(
        _ problem: String,
        severity: Diagnostic.Severity = .error,
        at cell: RegisterCell,
        found: String? = nil,
        expected: String? = nil,
        remedy: String? = nil
    ) {
        add(
            Diagnostic(
                problem,
                severity: severity,
                at: cell.position,
                key: cell.column,
                found: found,
                expected: expected,
                remedy: remedy
            )
        )
    }

    /// Names a word that a register's column cannot hold, with the nearest one that it can.
    mutating func unknownWord(
        _ problem: String,
        _ word: String,
        at cell: RegisterCell,
        known: some Collection<String>,
        remedy: String? = nil
    ) {
        let near = nearest(word, among: known)
        invalid(problem, at: cell, found: word, remedy: near ?? remedy)
    }

    /// Whether the nearest known name is still looked for.
    var seeksNames: Bool { all.count < Self.suggestions }

    private func nearest(_ name: String, among known: some Collection<String>) -> String? {
        guard seeksNames, name.utf8.count <= Self.longestName else { return nil }
        return suggestion(for: name, among: known)
    }

    /// Names a row that says again what an earlier one said; it counts once.
    mutating func repeated(at row: RowReference, of earlier: RowReference) {
        add(
            Diagnostic(
                "the row says again what \(earlier) says, it counts once",
                severity: .warning,
                at: row.position
            )
        )
    }

    /// Names a row that contradicts an earlier one; neither is believed.
    mutating func contradicts(_ earlier: RowReference, at row: RowReference) {
        add(
            Diagnostic(
                "the row contradicts \(earlier), so neither is believed",
                at: row.position,
                remedy: "to correct a table, hand it in again under the same file name"
            )
        )
    }

    /// Names a row whose key no register knows, with the nearest known one; it is never matched by guess.
    mutating func unknown(_ what: String, _ name: String, at row: RowReference, known: some Collection<String>) {
        add(
            Diagnostic(
                "unknown \(what), the row is not used",
                at: row.position,
                found: name,
                remedy: nearest(name, among: known) ?? "register it, or correct the row"
            )
        )
    }
}

/// A table that a kind of check needs, and what it needs of it.
package struct TableRole: Sendable {
    /// A column that the check reads.
    package struct Need: Sendable {
        package let name: String
        package let type: ColumnType
        /// Without it the check cannot judge at all.
        package let isEssential: Bool

        init(_ name: String, _ type: ColumnType, essential: Bool = true) {
            self.name = name
            self.type = type
            isEssential = essential
        }
    }

    /// The name under which a job gives its feed.
    package let name: String
    package let needs: [Need]
    /// The column that says which period a row belongs to, in the table that is judged; `nil` for registers.
    package let datedBy: String?
    /// Whether a job may leave the role without a feed.
    package let isOptional: Bool

    init(name: String, needs: [Need], datedBy: String?, isOptional: Bool = false) {
        self.name = name
        self.needs = needs
        self.datedBy = datedBy
        self.isOptional = isOptional
    }
}

/// Where a role's columns stand in the feed that plays it.
struct ColumnMap: Sendable {
    private let indices: [String: Int]
    private let columns: [Column]

    /// Without a schema every column is absent.
    init(_ schema: TableSchema?) {
        columns = schema?.columns ?? []
        indices = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1.name, $0) })
    }

    /// The cell of that column; absent when the feed does not declare it.
    func cell(_ name: String, of row: borrowing Row) -> Cell { indices[name].map { row[$0] } ?? .absent }

    /// The text of that column's cell, or `nil` when it has none.
    func text(_ name: String, of row: borrowing Row) -> String? { indices[name].flatMap { row.text($0) } }

    func index(_ name: String) -> Int? { indices[name] }

    func column(_ name: String) -> Column? { indices[name].map { columns[$0] } }

    /// Where that column's cell stands.
    func place(_ name: String, of row: borrowing Row) -> RegisterCell {
        RegisterCell(column: name, position: indices[name].map { row.position(of: $0) } ?? row.reference.position)
    }
}

/// A cell of a register, as complaints name it.
struct RegisterCell: Sendable {
    let column: String
    let position: Position
}
