// Whether a department has handed in the table it owes: all of it, some of it, nothing, or never anything yet.

import Almanac
package import Records

/// Judges one feed's table for one period against its due day and grace.
package struct Submission: Check {
    /// What a feed's settings state.
    package struct Parameters: Sendable, Hashable {
        package let feed: String
        package let titleZh: String
        package let titleEn: String
        package let term: SubmissionTerm
        /// The column that says which period a row belongs to.
        package let datedBy: String
        /// Its type: a month or a date.
        package let datedByType: ColumnType
        /// Whom the table has to speak of; `nil` when any row of the period suffices.
        package let every: SubjectKeys?
        /// The paper that sets the due day; `nil` when the district does.
        package let basis: String?

        package init(
            feed: String,
            titleZh: String,
            titleEn: String,
            term: SubmissionTerm,
            datedBy: String,
            datedByType: ColumnType,
            every: SubjectKeys?,
            basis: String?
        ) {
            self.feed = feed
            self.titleZh = titleZh
            self.titleEn = titleEn
            self.term = term
            self.datedBy = datedBy
            self.datedByType = datedByType
            self.every = every
            self.basis = basis
        }
    }

    /// How the rows of a table and those of a register are matched.
    package struct SubjectKeys: Sendable, Hashable {
        package let column: String
        package let registerColumn: String
        /// Columns of the same names in both, which together match rows that have no key.
        package let otherwise: [String]
        /// The register's column with the names for people; `nil` for the other columns together, else the key.
        package let namedBy: String?
        /// What the subjects are called, such as 断面; `nil` for the words' own name of them.
        package let calledZh: String?
        package let calledEn: String?

        package init(
            column: String,
            registerColumn: String,
            otherwise: [String] = [],
            namedBy: String? = nil,
            calledZh: String? = nil,
            calledEn: String? = nil
        ) {
            self.column = column
            self.registerColumn = registerColumn
            self.otherwise = otherwise
            self.namedBy = namedBy
            self.calledZh = calledZh
            self.calledEn = calledEn
        }
    }

    /// How far a submission has come.
    enum Stage: String {
        case complete, partial, late
        /// Incomplete, and nobody is pressed yet.
        case notDue = "not-due"
        /// Nothing was ever handed in for this period or an earlier one.
        case awaitingFirstFile = "awaiting-first-file"

        var state: Assessment.State {
            switch self {
            case .complete: .ok
            case .partial: .warning
            case .late: .critical
            case .notDue, .awaitingFirstFile: .unknown
            }
        }
    }

    /// So many names and rows are listed one by one.
    private static let listed = 20

    /// The roles, the register first when there is one.
    static func roles(_ parameters: Parameters) -> [TableRole] {
        let dated = TableRole.Need(parameters.datedBy, parameters.datedByType)
        guard let every = parameters.every else {
            return [TableRole(name: "table", needs: [dated], datedBy: parameters.datedBy)]
        }
        let others = every.otherwise.map { TableRole.Need($0, .text) }
        let names = [every.namedBy].compactMap(\.self).map { TableRole.Need($0, .text) }
        return [
            TableRole(name: "register", needs: [.init(every.registerColumn, .text)] + others + names, datedBy: nil),
            TableRole(name: "table", needs: [dated, .init(every.column, .text)] + others, datedBy: parameters.datedBy),
        ]
    }

    private let parameters: Parameters
    private let table: ColumnMap
    private let period: Period
    private let asOf: CivilDate
    private var subjects: ExpectedSubjects?
    /// The period's rows: how many, and the first of each file.
    private var rows = 0
    private var firstRows: [RowReference] = []
    /// The latest day or month before the period that there is a row for.
    private var last: (date: CivilDate, text: String)?
    /// Rows of which nobody can say which period they belong to.
    private var undated: [Gap] = []
    private var undatedCount = 0
    package private(set) var complaints = RowComplaints()

    /// - Parameter maps: Where the roles' columns stand, in the order of the roles.
    init(_ parameters: Parameters, maps: [ColumnMap], period: Period, asOf: CivilDate) {
        self.parameters = parameters
        self.period = period
        self.asOf = asOf
        table = maps[maps.count - 1]
        subjects = parameters.every.map { ExpectedSubjects($0, register: maps[0], table: maps[1]) }
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        if role == 0, subjects != nil {
            subjects?.expect(row, complaints: &complaints)
            return
        }
        let cell = table.cell(parameters.datedBy, of: row)
        let date: CivilDate
        switch cell {
        case .date(let day): date = day
        case .month(let month): date = month.firstDay
        default:
            undatedCount += 1
            if undated.count < Self.listed {
                undated.append(Gap(cell.isRejected ? .unreadable : .blank, parameters.datedBy, at: row.reference))
            }
            return
        }
        if date < period.first, last.map({ $0.date < date }) ?? true {
            last = (date, table.text(parameters.datedBy, of: row) ?? date.description)
        }
        // A row that nobody can use hands nothing in.
        guard period.contains(date), !row.isRejected else { return }
        rows += 1
        if firstRows.count < Self.listed, !firstRows.contains(where: { $0.file == row.file }) {
            firstRows.append(row.reference)
        }
        subjects?.see(row)
    }

    package mutating func finish() -> [Assessment] {
        guard let deadline = parameters.term.deadline(of: period) else { return [] }
        let missing = subjects?.missing ?? []
        let stage = stage(missing: missing, isLate: asOf >= deadline.lateFrom)
        var gaps: [Gap] = []
        if stage == .awaitingFirstFile { gaps.append(Gap(.awaitingFirstFile, parameters.feed)) }
        // A bad verdict tells of these rows as a fact; its gaps are left to files that cannot be read.
        if stage.state == .unknown { gaps += undated }
        return [
            Assessment(
                subject: parameters.feed,
                name: parameters.titleZh,
                period: period,
                indicator: "submission",
                state: stage.state,
                facts: facts(stage, deadline, missing: missing),
                gaps: gaps,
                source: firstRows
            )
        ]
    }

    private func stage(missing: [String], isLate: Bool) -> Stage {
        // A register that names nobody asks for nobody.
        if rows > 0, missing.isEmpty { return .complete }
        // Who never handed anything in has not begun; the first table settles from when it is owed.
        if rows == 0, last == nil { return .awaitingFirstFile }
        guard isLate else { return .notDue }
        return subjects.map { $0.seen > 0 } ?? false ? .partial : .late
    }

    private func facts(_ stage: Stage, _ deadline: SubmissionTerm.Deadline, missing: [String]) -> Facts {
        let term = parameters.term
        let due = deadline.due
        let expected = subjects.flatMap { $0.count > 0 ? $0.count : nil }
        let strangers = subjects?.strangerNames ?? []
        return Facts([
            "titleZh": .text(parameters.titleZh), "titleEn": .text(parameters.titleEn),
            "stage": .text(stage.rawValue), "due": .date(due.to),
            "planned": due.isMoved ? .date(due.from) : nil, "holiday": due.holiday.map(Facts.Value.text),
            "grace": term.grace > 0 ? .integer(term.grace) : nil, "graceUntil": .date(deadline.graceUntil),
            "lateFrom": .date(deadline.lateFrom), "provisional": deadline.isProvisional ? .flag(true) : nil,
            "daysLate": stage.state.isBad ? .integer(due.to.days(to: asOf)) : nil,
            "workingDaysLate": stage.state.isBad
                ? .integer(term.calendar.workingDays(after: due.to, through: asOf).value) : nil,
            "rowCount": .integer(rows), "seen": expected == nil ? nil : .integer(subjects?.seen ?? 0),
            "expected": expected.map(Facts.Value.integer),
            "missing": missing.isEmpty ? nil : .texts(Array(missing.prefix(Self.listed))),
            "moreMissing": missing.count > Self.listed ? .integer(missing.count - Self.listed) : nil,
            "strangers": strangers.isEmpty ? nil : .texts(Array(strangers.prefix(Self.listed))),
            "moreStrangers": strangers.count > Self.listed ? .integer(strangers.count - Self.listed) : nil,
            "calledZh": (parameters.every?.calledZh).map(Facts.Value.text),
            "calledEn": (parameters.every?.calledEn).map(Facts.Value.text),
            "undated": undatedCount > 0 ? .integer(undatedCount) : nil, "last": last.map { .text($0.text) },
            "basis": parameters.basis.map(Facts.Value.text),
        ])
    }
}
