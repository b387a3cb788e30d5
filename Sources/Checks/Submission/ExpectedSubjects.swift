// Whom a table has to speak of: the subjects of a register, and which of them were seen.

import Records

/// The subjects that each period's table owes, and those that it named.
struct ExpectedSubjects: Sendable {
    /// A wrong table must not fill the memory.
    private static let mostStrangers = 1000

    private let keys: Submission.SubjectKeys
    private let register: ColumnMap
    private let table: ColumnMap
    private var names: [String] = []
    private var isSeen: [Bool] = []
    private var byKey: [String: Int] = [:]
    private var byOthers: [[String]: Int] = [:]
    private var strangers: Set<String> = []
    /// What was named and stands in no register, in the order of the tables.
    private(set) var strangerNames: [String] = []

    init(_ keys: Submission.SubjectKeys, register: ColumnMap, table: ColumnMap) {
        self.keys = keys
        self.register = register
        self.table = table
    }

    var count: Int { names.count }
    var seen: Int { isSeen.count { $0 } }
    /// The names of those that no row spoke of, in the register's order.
    var missing: [String] { zip(names, isSeen).filter { !$0.1 }.map(\.0) }

    /// Takes a row of the register.
    mutating func expect(_ row: borrowing Row, complaints: inout RowComplaints) {
        guard let key = register.text(keys.registerColumn, of: row) else {
            return complaints.nameless("subject", key: keys.registerColumn, at: row.reference)
        }
        // A register of what each subject has to hold has several rows of one.
        guard byKey[key] == nil else { return }
        byKey[key] = names.count
        let others = others(row, register)
        if let others { byOthers[others] = byOthers[others] ?? names.count }
        var name = others?.joined(separator: " ")
        if let column = keys.namedBy, let text = register.text(column, of: row) { name = text }
        names.append(name ?? key)
        isSeen.append(false)
    }

    /// Takes a row of the period's table: by its key where it has one, else by the other columns together.
    mutating func see(_ row: borrowing Row) {
        let key = table.text(keys.column, of: row)
        let others = key == nil ? others(row, table) : nil
        if let index = key.map({ byKey[$0] }) ?? others.flatMap({ byOthers[$0] }) {
            isSeen[index] = true
        } else if let name = key ?? others?.joined(separator: " "), strangers.count < Self.mostStrangers,
            strangers.insert(name).inserted
        {
            strangerNames.append(name)
        }
    }

    /// What stands in the other columns; `nil` unless each has something.
    private func others(_ row: borrowing Row, _ columns: ColumnMap) -> [String]? {
        guard !keys.otherwise.isEmpty else { return nil }
        var texts: [String] = []
        for column in keys.otherwise {
            guard let text = columns.text(column, of: row) else { return nil }
            texts.append(text)
        }
        return texts
    }
}
