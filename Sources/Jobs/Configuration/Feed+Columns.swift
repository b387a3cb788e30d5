// How a feed declares its columns.

import Diagnostics
import Records
import Yams

extension TableSchema {
    /// Reads `columns`; what keeps them from standing beside each other is a complaint of `root`.
    init?(_ section: Section, of root: Section) {
        let columns = section.keys.compactMap { name in section.section(name).flatMap { Column(name, $0) } }
        guard columns.count == section.keys.count else { return nil }
        do throws(Diagnostic) {
            try self.init(columns: columns)
        } catch {
            root.complain(error, key: "columns")
            return nil
        }
    }

    /// The place of a declared column that is read and has one of these types; complains when there is none.
    func index(
        of name: String,
        types: [ColumnType] = ColumnType.allCases,
        for key: String,
        of section: Section,
        mark: Mark? = nil
    ) -> Int? {
        do throws(Diagnostic) {
            return try index(of: name, types: types)
        } catch {
            section.complain(error, key: key, mark: mark)
            return nil
        }
    }

    /// The place of a declared column that is read and has one of these types.
    /// - Throws: What keeps the column from being used.
    func index(of name: String, types: [ColumnType] = ColumnType.allCases) throws(Diagnostic) -> Int {
        guard let index = index(of: name) else {
            let known = columns.filter { !$0.isIgnored }.map(\.name)
            throw Diagnostic(
                "there is no such column",
                found: name,
                remedy: suggestion(for: name, among: known) ?? "declare it under columns"
            )
        }
        guard !columns[index].isIgnored else {
            throw Diagnostic("the column is never read", found: name, remedy: "take \"use: ignored\" from it")
        }
        guard types.contains(columns[index].type) else {
            throw Diagnostic(
                "the column \"\(name)\" has the wrong type",
                found: columns[index].type.rawValue,
                expected: types.map(\.rawValue).joined(separator: " or ")
            )
        }
        return index
    }
}

extension [ColumnType] {
    /// What can hold a code or a name.
    static let names: [ColumnType] = [.text, .code]
    /// What says on which days a row is about.
    static let days: [ColumnType] = [.date, .month, .expiry]
}

extension Column {
    /// Whether a table must have the column, may have it, or is never read for it.
    private enum Use: String, CaseIterable {
        case required, optional, ignored
    }

    fileprivate init?(_ name: String, _ section: Section) {
        let type = section.choice("type", of: ColumnType.self)
        let zh = section.text("zh")
        let en = section.text("en")
        let aliases = section.texts("aliases").map(\.text)
        let use = section.has("use") ? section.choice("use", of: Use.self) : .optional
        let unit = section.optionalText("unit")
        let missing = section.texts("missing").map(\.text)
        let fillsDown = section.has("fill-down") ? section.choice("fill-down", of: Answer.self) : .no
        let firstBadDay = section.texts("first-bad-day").map(\.text)
        if let type, !firstBadDay.isEmpty, type != .expiry {
            section.complain(
                Diagnostic(
                    "only an expiry has a first bad day",
                    found: type.rawValue,
                    expected: "type: \(ColumnType.expiry.rawValue)"
                ),
                key: "first-bad-day"
            )
        }
        if let type { section.complain(ofNonsenseIn: type, unit: unit, fillsDown: fillsDown == .yes) }
        let atLeast = section.optionallyParsed("at-least", Self.bound)
        let atMost = section.optionallyParsed("at-most", Self.bound)
        Self.checkBounds(atLeast, atMost, type, section)
        let yearsAhead = section.optionallyParsed("years-ahead", Self.years)
        if let type, yearsAhead != nil, type != .date, type != .expiry {
            section.complain(
                Diagnostic("only days lie ahead", found: type.rawValue, expected: "type: date or expiry"),
                key: "years-ahead"
            )
        }
        let words = Self.words(section, type)
        section.close()
        guard let type, let zh, let en, let use, let fillsDown else { return nil }
        self.init(
            name: name,
            titleZh: zh,
            titleEn: en,
            aliases: aliases,
            type: type,
            isRequired: use == .required,
            isIgnored: use == .ignored,
            unit: unit,
            missingCodes: missing,
            fillsDown: fillsDown == .yes,
            firstBadDayHeaders: firstBadDay,
            atLeast: atLeast,
            atMost: atMost,
            yearsAhead: yearsAhead,
            words: words
        )
    }

    /// The words that may stand in the column, by what they mean.
    private static func words(_ section: Section, _ type: ColumnType?) -> [ColumnWord] {
        guard section.has("words"), let meanings = section.section("words") else { return [] }
        let words = meanings.keys.map { ColumnWord($0, written: meanings.texts($0).map(\.text)) }
        meanings.close()
        if let type, type != .text {
            section.complain(
                Diagnostic("only a text is one of some words", found: type.rawValue, expected: "type: text"),
                key: "words"
            )
        }
        var known: Set<String> = []
        for written in words.flatMap(\.written) where !known.insert(written.lowercased()).inserted {
            section.complain(
                Diagnostic("the word stands there twice, so it is uncertain what it means", found: written),
                key: "words"
            )
        }
        return words
    }

    private static func bound(_ text: String) throws(Diagnostic) -> ExactDecimal {
        guard let number = ExactDecimal(text) else {
            throw Diagnostic("this is no number", found: text, expected: "a number such as 0 or 14")
        }
        return number
    }

    private static func years(_ text: String) throws(Diagnostic) -> Int {
        guard let years = Int(text), (1...100).contains(years) else {
            throw Diagnostic("this is no number of years", found: text, expected: "a number from 1 to 100")
        }
        return years
    }

    private static func checkBounds(
        _ atLeast: ExactDecimal?,
        _ atMost: ExactDecimal?,
        _ type: ColumnType?,
        _ section: Section
    ) {
        guard let bound = atLeast.map({ (key: "at-least", $0) }) ?? atMost.map({ (key: "at-most", $0) }) else { return }
        if let type, !type.isNumber {
            section.complain(
                Diagnostic(
                    "only numbers have bounds",
                    found: type.rawValue,
                    expected: ColumnType.allCases.filter(\.isNumber).map(\.rawValue).joined(separator: ", ")
                ),
                key: bound.key
            )
        }
        if let atLeast, let atMost, atLeast > atMost {
            section.complain(
                Diagnostic(
                    "no number can be meant",
                    found: "at least \(atLeast), at most \(atMost)",
                    remedy: "exchange the two"
                ),
                key: "at-least"
            )
        }
    }
}
