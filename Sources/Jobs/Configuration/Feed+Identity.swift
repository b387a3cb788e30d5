// How the rows of a feed say whom they speak of, and which register knows them.

import Diagnostics
import Records

extension Feed {
    /// One way in which rows name a subject.
    package struct Identity: Sendable, Hashable {
        /// The place of the column with the code.
        package let code: Int
        /// The places of the columns that together name the subject.
        package let names: [Int]
        /// The place of the column that says when an alias has to be valid.
        package let date: Int?
        /// What may stand at the end of a name without belonging to it, such as 断面.
        package let nameEndings: [String]
        private let registerReference: Reference
        private let codeReference: Reference
        private let nameReferences: [Reference]
        private let aliasesReference: Reference?

        /// The feed of the register that knows the subjects.
        package var register: String { registerReference.text }
        /// The register's columns.
        package var registerCode: String { codeReference.text }
        package var registerNames: [String] { nameReferences.map(\.text) }
        /// The feed of the register of further names, with the register's columns of code and names, `from` and `until`.
        package var aliases: String? { aliasesReference?.text }
    }

    /// Holds the feeds against each other: those whose identity names no usable register are taken out.
    /// - Returns: What is wrong with them.
    ///
    /// Where the register's own file is broken, that is named there and the feed is lost by it.
    static func settle(_ feeds: inout [String: Feed], _ broken: inout BrokenFiles) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        for (name, feed) in feeds.sorted(by: { $0.key < $1.key }) {
            let needed = feed.identities.flatMap { [$0.register, $0.aliases].compactMap(\.self) }
            let causes = needed.reduce(into: Set<String>()) { $0.formUnion(broken.feeds[$1] ?? []) }
            let found = causes.isEmpty ? feed.identities.flatMap { $0.problems(among: feeds) } : []
            guard !found.isEmpty || !causes.isEmpty else { continue }
            feeds[name] = nil
            broken.lose(feed: name, because: found.isEmpty ? causes : nil)
            problems += found
        }
        return problems
    }

    /// Reads the list `identity`.
    static func identities(of root: Section, schema: TableSchema?, source: Source?) -> [Identity] {
        let sections = root.sections("identity")
        guard let schema else { return [] }
        if !sections.isEmpty, source?.isOwn == true {
            root.complain(
                Diagnostic("a register is what others are known by", remedy: "take the key away, or name the inbox"),
                key: "identity"
            )
        }
        return sections.compactMap { Identity($0, schema: schema) }
    }
}

extension Feed.Identity {
    fileprivate init?(_ section: Section, schema: TableSchema) {
        let code = section.text("code").flatMap {
            schema.index(of: $0, types: .names, for: "code", of: section)
        }
        let written = section.texts("names")
        let names = written.compactMap { name, mark in
            schema.index(of: name, types: .names, for: "names", of: section, mark: mark)
        }
        let register = section.text("register").map { section.reference("register", $0) }
        let registerCode = section.text("register-code").map { section.reference("register-code", $0) }
        let registerNames = section.texts("register-names").map { name, mark in
            section.reference("register-names", name, mark: mark)
        }
        let aliases = section.optionalText("aliases").map { section.reference("aliases", $0) }
        let date = section.optionalText("dated-by").flatMap {
            schema.index(of: $0, types: .days, for: "dated-by", of: section)
        }
        if registerNames.count != written.count {
            section.complain(
                Diagnostic(
                    "each column of a name needs its column in the register",
                    found: "\(registerNames.count) columns",
                    expected: "\(written.count) columns, as under names"
                ),
                key: section.has("register-names") ? "register-names" : nil
            )
        }
        if aliases != nil, !section.has("dated-by") {
            section.complain(
                Diagnostic(
                    "aliases have dates, and nothing says when a row is about",
                    remedy: "add dated-by: and the column with the row's date or month"
                ),
                key: "aliases"
            )
        }
        if aliases != nil, written.isEmpty {
            section.complain(Diagnostic("an alias is a name, and rows have none", remedy: "add names:"), key: "aliases")
        }
        let endings = section.texts("name-endings").map(\.text)
        section.close()
        guard let code, names.count == written.count, let register, let registerCode else { return nil }
        self.init(
            code: code,
            names: names,
            date: date,
            nameEndings: endings,
            registerReference: register,
            codeReference: registerCode,
            nameReferences: registerNames,
            aliasesReference: aliases
        )
    }

    /// What keeps the register or its aliases from being used.
    fileprivate func problems(among feeds: [String: Feed]) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        func find(_ reference: Reference) -> Feed? {
            do throws(Diagnostic) {
                return try Self.register(reference.text, among: feeds)
            } catch {
                problems.append(reference.complaint(error))
                return nil
            }
        }
        func need(_ column: String, _ types: [ColumnType], in feed: Feed, _ reference: Reference) {
            do throws(Diagnostic) {
                _ = try feed.schema.index(of: column, types: types)
            } catch {
                var problem = error
                problem.problem += " in the feed \(feed.name)"
                problems.append(reference.complaint(problem))
            }
        }
        if let register = find(registerReference) {
            for reference in [codeReference] + nameReferences { need(reference.text, .names, in: register, reference) }
        }
        if let aliasesReference, let aliases = find(aliasesReference) {
            for column in [registerCode] + registerNames {
                need(column, .names, in: aliases, aliasesReference)
            }
            for column in ["from", "until"] { need(column, [.date], in: aliases, aliasesReference) }
        }
        return problems
    }

    private static func register(_ name: String, among feeds: [String: Feed]) throws(Diagnostic) -> Feed {
        let registers = feeds.values.filter { $0.source == .register }.map(\.name)
        guard let feed = feeds[name] else {
            throw Diagnostic(
                "unknown feed",
                found: name,
                remedy: suggestion(for: name, among: registers) ?? "declare it in feeds/\(name).yaml"
            )
        }
        guard feed.source == .register else {
            throw Diagnostic(
                "this feed is no register",
                found: name,
                expected: "a feed with source: register",
                remedy: suggestion(for: name, among: registers)
            )
        }
        return feed
    }
}
