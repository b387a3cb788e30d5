// What is said about rows whose subject is not known for certain.

import Almanac
import Diagnostics

/// The complaints about one table's subjects, bounded in number and in the time that looking for near names takes.
struct SubjectComplaints {
    private typealias Finding = SubjectRegister.Finding

    /// Names compared at most for one table, and the longest name that is looked for.
    private static let mostComparisons = 300_000
    private static let longestName = 100

    private let file: String
    private var budget: RejectBudget
    private var comparisons = 0
    /// What was found near names that stood there before.
    private var nearest: [String: String?] = [:]

    init(file: String, limit: Int) {
        self.file = file
        budget = RejectBudget(limit: limit)
    }

    func finish(into sink: inout some RowSink) { budget.finish(file: file, into: &sink) }

    /// Complains about a row.
    mutating func complain(
        _ finding: SubjectRegister.Finding,
        about row: borrowing Row,
        _ rule: IdentityRule,
        into sink: inout some RowSink
    ) {
        guard budget.isOpen else { return budget.withhold() }
        let mention = rule.mention(in: row)
        // Of a name in several columns the last one that says something tells most.
        let last = mention.names.lastIndex { $0 != nil } ?? rule.names.count - 1
        let name = last < 0 ? rule.code : rule.names[last]
        let places = (code: row.position(of: rule.code), name: row.position(of: name))
        let reject = reject(finding, mention, rule, last < 0 ? rule.codeColumn : rule.nameColumns[last], at: places)
        budget.reject(into: &sink) { reject }
    }

    private mutating func reject(
        _ finding: SubjectRegister.Finding,
        _ mention: SubjectRegister.Mention,
        _ rule: IdentityRule,
        _ nameColumn: Column,
        at places: (code: Position, name: Position)
    ) -> Reject {
        let name = SubjectRegister.printed(mention.names.map { $0 ?? "" })
        switch finding {
        case .codeAndNameDiffer(let subject, let bearers):
            return differing(subject, name, bearers: bearers, rule, nameColumn, at: places.name)
        case .unknownCode(let bearers):
            let code = mention.code ?? ""
            let near = nearestCode(to: code, bearers: bearers, rule)
            return unknown(
                "nobody in \(rule.registerName) has this code, so the row is not used",
                code,
                rule.codeColumn,
                near,
                at: places.code
            )
        case .unknownName, .subject:
            let near = nearestName(to: name, on: mention, rule)
            return unknown(
                "nobody in \(rule.registerName) bears this name, so the row is not used",
                name,
                nameColumn,
                near,
                at: places.name
            )
        case .ambiguous(let subjects):
            let codes = subjects.prefix(8).map { rule.register.code(of: $0) }.joined(separator: ", ")
            return Reject(
                .ambiguousSubject,
                Diagnostic(
                    "several in \(rule.registerName) bear this name, so the row is not used",
                    at: places.name,
                    key: nameColumn.name,
                    found: name.excerpt,
                    expected: "one of the codes \(codes)\(subjects.count > 8 ? ", …" : "")",
                    remedy: "state the code in the column \"\(rule.codeColumn.titleZh)\""
                ),
                column: nameColumn
            )
        case .nameless:
            let titles = ([rule.codeColumn] + rule.nameColumns).map { "\"\($0.titleZh)\"" }
            return Reject(
                .unknownSubject,
                Diagnostic(
                    "the row does not say whom it speaks of, so it is not used",
                    at: places.code,
                    key: rule.codeColumn.name,
                    expected: "a code, or else a whole name: " + titles.joined(separator: ", ")
                ),
                column: rule.codeColumn
            )
        }
    }

    private func differing(
        _ subject: Int,
        _ name: String,
        bearers: [Int],
        _ rule: IdentityRule,
        _ column: Column,
        at position: Position
    ) -> Reject {
        let code = rule.register.code(of: subject)
        let registered = rule.register.name(of: subject)
        let others = bearers.prefix(8).map { rule.register.code(of: $0) }
        // Where the name is another subject's own, nobody can say which of the two is the slip.
        let remedy =
            others.isEmpty
            ? "correct the code or the name" + (rule.aliasesName.map { ", or enter the name in \($0)" } ?? "")
            : "the name is that of \(others.joined(separator: ", ")): either the code is wrong or the name"
        return Reject(
            .codeAndNameDiffer,
            Diagnostic(
                "\(code) has another name in \(rule.registerName), so the row is not used",
                at: position,
                key: column.name,
                found: name.excerpt,
                expected: registered,
                remedy: remedy
            ),
            column: column,
            nearest: others.isEmpty ? registered : nil,
            detail: .subject(code: code, name: registered, bearers: others)
        )
    }

    private func unknown(
        _ problem: String,
        _ found: String,
        _ column: Column,
        _ nearest: String?,
        at position: Position
    ) -> Reject {
        Reject(
            .unknownSubject,
            Diagnostic(
                problem,
                at: position,
                key: column.name,
                found: found.excerpt,
                remedy: nearest.map { "did you mean \"\($0)\"?" } ?? "register it, or correct the row"
            ),
            column: column,
            nearest: nearest
        )
    }

    /// The code that was probably meant: the one of the subject whose name stands beside it, or the nearest one.
    private mutating func nearestCode(to code: String, bearers: [Int], _ rule: IdentityRule) -> String? {
        if bearers.count == 1 { return rule.register.code(of: bearers[0]) }
        return near(code, count: rule.register.subjects.count, key: rule.registerName + " code") {
            rule.register.subjects.map(\.code)
        }
    }

    /// The nearest name that is in use on the row's days.
    private mutating func nearestName(
        to name: String,
        on mention: SubjectRegister.Mention,
        _ rule: IdentityRule
    ) -> String? {
        near(name, count: rule.register.subjects.count + rule.register.aliases.count, key: rule.registerName) {
            rule.register.knownNames(on: mention.days)
        }
    }

    private mutating func near(_ wanted: String, count: Int, key: String, among known: () -> [String]) -> String? {
        let question = "\(key) \(wanted)"
        if let answer = nearest[question] { return answer }
        guard wanted.utf8.count <= Self.longestName, comparisons + count <= Self.mostComparisons else { return nil }
        comparisons += count
        let answer = Diagnostics.nearestName(to: wanted, among: known())
        nearest[question] = .some(answer)
        return answer
    }
}

extension SubjectRegister {
    /// Every name that somebody bears on one of these days, as it is written.
    fileprivate func knownNames(on days: ClosedRange<CivilDate>?) -> [String] {
        let borne = aliases.values.flatMap { $0.filter { $0.isValid(on: days) } }.map { Self.printed($0.written) }
        return subjects.flatMap(\.names).map(Self.printed) + borne
    }
}
