// How the rows of a feed say whom they speak of, with the register that knows everybody.

import Almanac

/// One identity of a feed: the columns that name a subject, and the subjects there are.
package struct IdentityRule: Sendable {
    let code: Int
    let names: [Int]
    private let date: Int?
    let register: SubjectRegister
    /// What messages call the register, and the table of its aliases.
    let registerName: String
    let aliasesName: String?
    let codeColumn: Column
    let nameColumns: [Column]

    /// Makes a rule of places in the feed's schema and the register that knows the subjects.
    package init(
        schema: TableSchema,
        code: Int,
        names: [Int],
        date: Int?,
        register: SubjectRegister,
        registerName: String,
        aliasesName: String? = nil
    ) {
        self.code = code
        self.names = names
        self.date = date
        self.register = register
        self.registerName = registerName
        self.aliasesName = aliasesName
        codeColumn = schema.columns[code]
        nameColumns = names.map { schema.columns[$0] }
    }

    /// Whom a row speaks of, as it is written there; what cannot be read is not stated.
    func mention(in row: borrowing Row) -> SubjectRegister.Mention {
        let days: ClosedRange<CivilDate>? =
            switch date.map({ row[$0] }) {
            case .date(let date)?: date...date
            case .month(let month)?: month.firstDay...month.lastDay
            default: nil
            }
        return SubjectRegister.Mention(code: row.text(code), names: names.map { row.text($0) }, days: days)
    }
}

/// Looks rows up in one register, and remembers how a code and a name were written when nothing but they decided.
struct SubjectReader {
    /// What is to be done with a row.
    enum Answer {
        /// It states the code as the register does.
        case plain
        /// It gets that subject's code.
        case code(Int)
        case refused(SubjectRegister.Finding)
    }

    private struct Known {
        var spelling: Fingerprint?
        /// The subject whose code the row needs; -1 when it has it.
        var subject: Int32 = -1
    }

    let rule: IdentityRule
    /// The codes' bytes, by subject.
    private let codes: [[UInt8]]
    /// Spellings by the last bits of their fingerprints; a new one takes the place of another.
    private var known: [Known]

    /// How many spellings are remembered for so many subjects: a table names them by turns, month after month.
    private static func room(for subjects: Int) -> Int {
        var room = 1024
        while room < subjects * 4, room < 1 << 16 { room *= 2 }
        return room
    }

    init(_ rule: IdentityRule) {
        self.rule = rule
        codes = rule.register.subjects.map { Array($0.code.utf8) }
        known = Array(repeating: Known(), count: Self.room(for: codes.count))
    }

    func code(of subject: Int) -> [UInt8] { codes[subject] }

    @inline(__always)
    mutating func answer(_ row: borrowing Row) -> Answer {
        var maker = FingerprintMaker()
        maker.take(rule.code, of: row)
        for index in rule.names { maker.take(index, of: row) }
        let spelling = maker.fingerprint
        let place = Int(truncatingIfNeeded: spelling.low) & (known.count - 1)
        if known[place].spelling == spelling {
            let subject = known[place].subject
            return subject < 0 ? .plain : .code(Int(subject))
        }
        return find(row, spelling: spelling, place: place)
    }

    @inline(never)
    private mutating func find(_ row: borrowing Row, spelling: Fingerprint, place: Int) -> Answer {
        let finding = rule.register.find(rule.mention(in: row))
        guard case .subject(let subject, let byAlias) = finding else { return .refused(finding) }
        let code = codes[subject]
        let isPlain = row.withBytes(rule.code) { written in written.isEqual(to: code) }
        // What an alias means depends on the row's date too.
        if !byAlias { known[place] = Known(spelling: spelling, subject: isPlain ? -1 : Int32(subject)) }
        return isPlain ? .plain : .code(subject)
    }
}

extension Span<UInt8> {
    /// Whether both hold the same bytes.
    fileprivate func isEqual(to other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count where self[index] != other[index] { return false }
        return true
    }
}
