// Who is known: the subjects of a register with their codes and names, and the names that they bear or bore elsewhere.

package import Almanac

/// The subjects that a register lists, to be found by code or by name.
package struct SubjectRegister: Sendable {
    /// What a row says about whom it speaks of.
    package struct Mention: Sendable, Hashable {
        /// The code as written; `nil` when the row states none.
        package let code: String?
        /// What each column of the name says; `nil` where a column says nothing.
        package let names: [String?]
        /// The days that the row is about; `nil` when it does not say so legibly.
        package let days: ClosedRange<CivilDate>?

        package init(code: String?, names: [String?], days: ClosedRange<CivilDate>? = nil) {
            self.code = code
            self.names = names
            self.days = days
        }
    }

    /// Whom a mention means.
    package enum Finding: Sendable, Hashable {
        /// That subject; `byAlias` when a name decided that is somebody's only at times, so that other days may give
        /// another answer.
        case subject(Int, byAlias: Bool)
        /// The code is that subject's, the name is not; the subjects that bear the name, if any.
        case codeAndNameDiffer(Int, bearers: [Int])
        /// Nobody has the code; the subjects that bear the name, if any.
        case unknownCode(bearers: [Int])
        /// Nobody bears the name on these days.
        case unknownName
        /// Several subjects bear the name.
        case ambiguous([Int])
        /// Neither a code nor a name is stated.
        case nameless
    }

    /// A name under which a subject is known beside its registered one.
    struct Alias: Sendable {
        let written: [String]
        let name: SubjectName
        let subject: Int
        /// First day on which it is the subject's name; `nil` when it always was.
        let from: CivilDate?
        /// Last day on which it is; `nil` when it still is.
        let until: CivilDate?

        /// Whether it is in use on one of the days; on unknown days each alias may be.
        func isValid(on days: ClosedRange<CivilDate>?) -> Bool {
            guard let days else { return true }
            return (from.map { $0 <= days.upperBound } ?? true) && (until.map { $0 >= days.lowerBound } ?? true)
        }
    }

    /// One subject.
    struct Subject: Sendable {
        /// The code as the register writes it, which is how checks know it.
        let code: String
        /// The registered names as written; several when the register's rows of one code differ.
        fileprivate(set) var names: [[String]] = []
        fileprivate var compared: [SubjectName] = []
        fileprivate var aliases: [Alias] = []
    }

    /// What may stand at the end of a name without belonging to it, such as 断面.
    let endings: [String]
    private(set) var subjects: [Subject] = []
    private var byCode: [String: Int] = [:]
    private var byName: [SubjectName: [Int]] = [:]
    private(set) var aliases: [SubjectName: [Alias]] = [:]

    package init(endings: [String] = []) { self.endings = endings }

    /// Whether nobody is registered, so that nobody can be unknown.
    package var isEmpty: Bool { subjects.isEmpty }

    /// The code of a subject that was found.
    package func code(of subject: Int) -> String { subjects[subject].code }

    /// The registered name of a subject that was found; empty when it has none.
    package func name(of subject: Int) -> String { subjects[subject].names.first.map(Self.printed) ?? "" }

    /// The subject that has the code.
    package func subject(code: String) -> Int? { byCode[comparedCode(code)] }

    /// Enters a subject; further rows of the same code add their names.
    package mutating func add(code: String, names: [String?]) {
        let key = comparedCode(code)
        let index = byCode[key] ?? subjects.count
        if index == subjects.count {
            byCode[key] = index
            subjects.append(Subject(code: code))
        }
        let name = SubjectName(names, endings: endings)
        guard !name.isEmpty, !subjects[index].compared.contains(name) else { return }
        subjects[index].names.append(names.map { $0 ?? "" })
        subjects[index].compared.append(name)
        byName[name, default: []].append(index)
    }

    /// Enters a further name of a subject, valid from one day to another, both included; the registered name stands
    /// where `names` says nothing.
    package mutating func addAlias(names: [String?], of subject: Int, from: CivilDate? = nil, until: CivilDate? = nil) {
        let registered = subjects[subject].names
        for base in registered.isEmpty ? [names.map { $0 ?? "" }] : registered {
            let written = zip(names, base).map { $0 ?? $1 }
            let name = SubjectName(written, endings: endings)
            let alias = Alias(written: written, name: name, subject: subject, from: from, until: until)
            subjects[subject].aliases.append(alias)
            aliases[name, default: []].append(alias)
        }
    }

    /// Finds out whom a row speaks of: the code decides and the name is a check on it; without a code, the name decides.
    package func find(_ mention: Mention) -> Finding {
        let name = SubjectName(mention.names, endings: endings)
        guard let code = mention.code else {
            guard !name.isEmpty else { return .nameless }
            let bearers = bearers(of: name, on: mention.days)
            return switch bearers.count {
            case 0: .unknownName
            case 1: .subject(bearers[0], byAlias: aliases[name] != nil)
            default: .ambiguous(bearers)
            }
        }
        guard let index = subject(code: code) else {
            return .unknownCode(bearers: name.isEmpty ? [] : bearers(of: name, on: mention.days))
        }
        let subject = subjects[index]
        // Without a name on either side there is nothing to check.
        if name.isEmpty || subject.compared.isEmpty || subject.compared.contains(where: { $0.agrees(with: name) }) {
            return .subject(index, byAlias: false)
        }
        let isAlias = subject.aliases.contains { $0.isValid(on: mention.days) && $0.name.agrees(with: name) }
        guard !isAlias else { return .subject(index, byAlias: true) }
        return .codeAndNameDiffer(index, bearers: bearers(of: name, on: mention.days))
    }

    /// The subjects that bear a name on one of these days, each once.
    private func bearers(of name: SubjectName, on days: ClosedRange<CivilDate>?) -> [Int] {
        var found = byName[name] ?? []
        for alias in aliases[name] ?? [] where alias.isValid(on: days) && !found.contains(alias.subject) {
            found.append(alias.subject)
        }
        return found
    }

    /// The parts of a name as one text.
    static func printed(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: " ") }
}
