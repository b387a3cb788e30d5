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
        let position = Position(file: row.file, line: row.line)
        let reject = reject(finding, rule.mention(in: row), rule, at: position)
        budget.reject(into: &sink) { reject }
    }

    private mutating func reject(
        _ finding: SubjectRegister.Finding,
        _ mention: SubjectRegister.Mention,
        _ rule: IdentityRule,
        at position: Position
    ) -> Reject {
        let name = SubjectRegister.printed(mention.names.map { $0 ?? "" })
        let nameColumn = rule.nameColumns.last ?? rule.codeColumn
        switch finding {
        case .codeAndNameDiffer(let subject):
            return differing(subject, name, rule, nameColumn, at: position)
        case .unknownCode(let bearers):
            let code = mention.code ?? ""
            let near = nearestCode(to: code, bearers: bearers, rule)
            return unknown(
                "nobody in \(rule.registerName) has this code, so the row is not used",
                code,
                rule.codeColumn,
                near,
                at: position
            )
        case .unknownName, .subject:
            let near = nearestName(to: name, on: mention, rule)
            return unknown(
                "nobody in \(rule.registerName) bears this name, so the row is not used",
                name,
                nameColumn,
                near,
                at: position
            )
        case .ambiguous(let subjects):
            let codes = subjects.prefix(8).map { rule.register.code(of: $0) }.joined(separator: ", ")
            return Reject(
                .ambiguousSubject,
                Diagnostic(
                    "several in \(rule.registerName) bear this name, so the row is not used",
                    at: position,
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
                    at: position,
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
        _ rule: IdentityRule,
        _ column: Column,
        at position: Position
    ) -> Reject {
        let code = rule.register.code(of: subject)
        let registered = rule.register.name(of: subject)
        let entry = rule.aliasesName.map { ", or enter the name in \($0)" } ?? ""
        return Reject(
            .codeAndNameDiffer,
            Diagnostic(
                "\(code) has another name in \(rule.registerName), so the row is not used",
                at: position,
                key: column.name,
                found: name.excerpt,
                expected: registered,
                remedy: "correct the code or the name" + entry
            ),
            column: column,
            nearest: registered
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
