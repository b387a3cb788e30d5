// Registers and tables of aliases as rows.

import Almanac
package import Diagnostics

extension SubjectRegister {
    /// The columns of a register that make subjects known.
    package struct Columns: Sendable, Hashable {
        let code: Int
        let names: [Int]

        package init(code: Int, names: [Int]) {
            self.code = code
            self.names = names
        }
    }

    /// The columns of a table of aliases.
    package struct AliasColumns: Sendable, Hashable {
        let code: Int
        let names: [Int]
        let from: Int
        let until: Int

        package init(code: Int, names: [Int], from: Int, until: Int) {
            self.code = code
            self.names = names
            self.from = from
            self.until = until
        }
    }

    /// Enters a register's row; a row without a code makes nobody known.
    package mutating func add(_ row: borrowing Row, _ columns: Columns) {
        guard let code = row.text(columns.code) else { return }
        add(code: code, names: columns.names.map { row.text($0) })
    }

    /// Enters a row of a table of aliases, after the register's own rows.
    /// - Throws: Why the row makes no name known. A date that could not be read was complained of with its cell, so such
    ///   a row is passed over.
    package mutating func addAlias(_ row: borrowing Row, _ columns: AliasColumns) throws(Diagnostic) {
        let position = row.position(of: columns.code)
        guard row[columns.from] != .unreadable, row[columns.until] != .unreadable else { return }
        guard let code = row.text(columns.code) else {
            throw Diagnostic("the alias has no code, the row is not used", at: position, remedy: "say whose name it is")
        }
        guard let subject = subject(code: code) else {
            throw Diagnostic(
                "the register has no such code, so the alias is not used",
                at: position,
                found: code,
                remedy: isSearchable ? suggestion(for: code, among: subjects.map(\.code)) : nil
            )
        }
        let names = columns.names.map { row.text($0) }
        guard !names.allSatisfy({ $0 == nil }) else {
            let place = columns.names.last.map { row.position(of: $0) } ?? position
            throw Diagnostic("the alias has no name, the row is not used", at: place, found: code)
        }
        let from = row.day(columns.from)
        let until = row.day(columns.until)
        if let from, let until, until < from {
            throw Diagnostic(
                "the alias ends before it begins, the row is not used",
                at: row.position(of: columns.until),
                key: "until",
                found: "\(from) to \(until)",
                expected: "the first and the last day on which the name is in use"
            )
        }
        addAlias(names: names, of: subject, from: from, until: until)
    }

    /// Whether looking for the nearest name takes no noticeable time.
    private var isSearchable: Bool { subjects.count <= 10_000 }
}

extension Row {
    fileprivate borrowing func day(_ index: Int) -> CivilDate? {
        if case .date(let date) = self[index] { date } else { nil }
    }
}
