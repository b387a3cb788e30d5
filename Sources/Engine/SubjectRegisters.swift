// The registers by which the rows of feeds are known, read from where all tables come from.

import Diagnostics
import Jobs
import Records
import Synchronization

/// What a feed's rows have to pass.
struct RowRules: Sendable {
    var identities: [IdentityRule] = []
    var duplicates: DuplicateRule?
    /// Why there are no rules, so that no row can be judged.
    var failure: Diagnostic?
}

/// Reads the registers of each feed once, when its first row has to be known.
final class SubjectRegisters: Sendable {
    private struct Loaded: Sendable {
        var rules: RowRules
        /// What is wrong with the registers, by register.
        var rejects: [(register: String, reject: Reject)] = []
    }

    private struct State {
        var loaded: [String: Loaded] = [:]
        /// The registers whose faults were told.
        var told: Set<String> = []
    }

    private let feeds: [String: Feed]
    private let evidence: any EvidenceSource
    private let state = Mutex(State())

    init(feeds: [String: Feed], evidence: any EvidenceSource) {
        self.feeds = feeds
        self.evidence = evidence
    }

    /// What the rows of a feed have to pass.
    func rules(of feed: Feed) -> RowRules { loaded(feed).rules }

    /// What is wrong with the registers of a feed and was not told before; a register that is itself read as a table
    /// tells its own faults.
    func untold(of feed: Feed) -> [Reject] {
        if feed.source.isOwn { state.withLock { _ = $0.told.insert(feed.name) } }
        let rejects = loaded(feed).rejects
        return state.withLock { state in
            let untold = rejects.filter { !state.told.contains($0.register) }
            state.told.formUnion(untold.map(\.register))
            return untold.map(\.reject)
        }
    }

    /// Everything that is wrong with the registers of a feed, told before or not.
    func rejects(of feed: Feed) -> [Reject] { loaded(feed).rejects.map(\.reject) }

    private func loaded(_ feed: Feed) -> Loaded {
        if let known = state.withLock({ $0.loaded[feed.name] }) { return known }
        let loaded = load(feed)
        state.withLock { $0.loaded[feed.name] = loaded }
        return loaded
    }

    private func load(_ feed: Feed) -> Loaded {
        var loaded = Loaded(rules: RowRules(duplicates: feed.duplicates))
        var registers = feed.identities.map { SubjectRegister(endings: $0.nameEndings) }
        do throws(Diagnostic) {
            for name in feed.identities.map(\.register).distinct {
                let places = feed.identities.indices.filter { feed.identities[$0].register == name }
                try read(name, &loaded) { register throws(Diagnostic) in
                    let columns = try places.map { place throws(Diagnostic) in
                        try feed.identities[place].columns(of: register)
                    }
                    return { row in
                        for (place, columns) in zip(places, columns) { registers[place].add(row, columns) }
                    }
                }
            }
            for (place, identity) in feed.identities.enumerated() {
                guard let aliases = identity.aliases, !registers[place].isEmpty else { continue }
                try read(aliases, &loaded) { register throws(Diagnostic) in
                    let columns = try identity.aliasColumns(of: register)
                    return { row throws(Diagnostic) in
                        do throws(Diagnostic) {
                            try registers[place].addAlias(row, columns)
                        } catch {
                            throw error.located(at: row.reference.position, key: identity.registerCode)
                        }
                    }
                }
            }
        } catch {
            loaded.rules.failure = error
            return loaded
        }
        for (identity, register) in zip(feed.identities, registers) where !register.isEmpty {
            loaded.rules.identities.append(IdentityRule(identity, register, of: feed))
            loaded.rules.duplicates = loaded.rules.duplicates?.ignoring(names: identity.names)
        }
        return loaded
    }

    /// Hands the rows of a register to what `taking` makes of it.
    private func read(
        _ name: String,
        _ loaded: inout Loaded,
        taking: (Feed) throws(Diagnostic) -> (borrowing Row) throws(Diagnostic) -> Void
    ) throws(Diagnostic) {
        guard let register = feeds[name] else { throw Self.unreadable(name) }
        var sink = RegisterSink(take: try taking(register))
        let unread = FeedReader(feeds: [:], evidence: evidence).read(register, into: &sink)
        loaded.rejects += sink.rejects.map { (name, $0) }
        guard unread.isEmpty else { throw Self.unreadable(name) }
    }

    /// Says that a register cannot be read.
    static func unreadable(_ name: String) -> Diagnostic {
        Diagnostic(
            "the register \"\(name)\" cannot be read, so nothing was judged",
            remedy: "mend the register; until then open alerts stay as they are"
        )
    }
}

/// Hands rows on, and keeps what is wrong with them.
private struct RegisterSink: TableSink {
    let take: (borrowing Row) throws(Diagnostic) -> Void
    var rejects: [Reject] = []

    mutating func accept(_ row: borrowing Row) {
        do throws(Diagnostic) {
            try take(row)
        } catch {
            rejects.append(Reject(.unknownSubject, error))
        }
    }

    mutating func reject(_ reject: Reject) { rejects.append(reject) }
    mutating func finished(_ reading: TableReading) {}
}

extension Feed.Identity {
    /// Where a register has the columns that make subjects known.
    fileprivate func columns(of register: Feed) throws(Diagnostic) -> SubjectRegister.Columns {
        SubjectRegister.Columns(
            code: try register.place(of: registerCode),
            names: try registerNames.map { name throws(Diagnostic) in try register.place(of: name) }
        )
    }

    /// Where a table of aliases has its columns.
    fileprivate func aliasColumns(of register: Feed) throws(Diagnostic) -> SubjectRegister.AliasColumns {
        SubjectRegister.AliasColumns(
            code: try register.place(of: registerCode),
            names: try registerNames.map { name throws(Diagnostic) in try register.place(of: name) },
            from: try register.place(of: "from"),
            until: try register.place(of: "until")
        )
    }
}

extension Feed {
    /// Where the feed has a column; reading the settings saw to it that there is one.
    fileprivate func place(of column: String) throws(Diagnostic) -> Int {
        guard let index = schema.index(of: column) else { throw SubjectRegisters.unreadable(name) }
        return index
    }
}

extension IdentityRule {
    fileprivate init(_ identity: Feed.Identity, _ register: SubjectRegister, of feed: Feed) {
        self.init(
            schema: feed.schema,
            code: identity.code,
            names: identity.names,
            date: identity.date,
            register: register,
            registerName: identity.register,
            aliasesName: identity.aliases
        )
    }
}

extension [String] {
    /// Each text once, in the order in which they stand.
    fileprivate var distinct: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
