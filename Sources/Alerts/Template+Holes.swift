// What a template asks for, held against the facts that there will be.

package import Checks
package import Diagnostics

extension Template {
    /// A hole with its place in the template.
    struct Hole: Sendable, Hashable {
        /// A hole as reading comes across it.
        struct Found {
            let name: String
            let table: String?
            let isList: Bool
            let within: [String]
            let start: String.Index
        }

        let name: String
        /// The table in which the value is looked up.
        let table: String?
        /// Whether a part is repeated for each entry.
        let isList: Bool
        /// The lists around it, the outermost first.
        let within: [String]
        /// Line and character of its brace, counted from 1.
        let line: Int
        let column: Int

        /// The holes, which come in the order of their places, with line and column.
        static func placed(_ found: [Found], in text: String) -> [Hole] {
            var (line, column) = (1, 1)
            var index = text.startIndex
            return found.map { hole in
                while index < hole.start {
                    (line, column) = text[index].isNewline ? (line + 1, 1) : (line, column + 1)
                    index = text.index(after: index)
                }
                return Hole(
                    name: hole.name,
                    table: hole.table,
                    isList: hole.isList,
                    within: hole.within,
                    line: line,
                    column: column
                )
            }
        }
    }

    /// A hole that nothing fills.
    package struct Slip: Sendable {
        package let diagnostic: Diagnostic
        /// Line and character in the template, counted from 1.
        package let line: Int
        package let column: Int
    }

    /// The holes that no fact fills, parts repeated for what is no list, and tables that there are not.
    /// - Parameter tables: The names of the tables of terms; `nil` when they could not be read.
    package func slips(knowing names: FactNames, tables: Set<String>?) -> [Slip] {
        // Who mends one of them mends its closing and its repetitions.
        var known: Set<Diagnostic> = []
        return holes.flatMap { hole in
            [Self.problem(of: hole, names), Self.problem(of: hole, tables: tables)].compactMap(\.self).filter {
                known.insert($0).inserted
            }.map {
                Slip(diagnostic: $0, line: hole.line, column: hole.column)
            }
        }
    }

    private static func problem(of hole: Hole, _ names: FactNames) -> Diagnostic? {
        // Of the entries of a list that does not exist nothing can be known.
        guard hole.within.allSatisfy({ names.entries[$0] != nil }) else { return nil }
        let inner = hole.within.reduce(into: Set<String>()) { $0.formUnion(names.entries[$1] ?? []) }
        let known = inner.union(names.entries.keys)
        guard known.contains(hole.name) else {
            return Diagnostic(
                "no fact has this name, so nothing stands there in a notice",
                found: hole.name,
                remedy: suggestion(for: hole.name, among: known)
                    ?? "dutyd evaluate prints the facts of a verdict, and a JSON notice or slip what else there is"
            )
        }
        guard hole.isList, names.entries[hole.name]?.isEmpty ?? true else { return nil }
        let lists = names.entries.filter { !$0.value.isEmpty }.keys
        return Diagnostic(
            "this fact is no list, so the part is never written",
            found: hole.name,
            remedy: "lists here: " + lists.sorted().joined(separator: ", ")
        )
    }

    private static func problem(of hole: Hole, tables: Set<String>?) -> Diagnostic? {
        guard let table = hole.table, let tables, !tables.contains(table) else { return nil }
        return Diagnostic(
            "there is no such table of terms, so the value is written as it is",
            found: table,
            remedy: nearestName(to: table, among: tables).map { "did you mean \"\($0)\"?" }
                ?? "add it to terms.yaml"
        )
    }
}
