// What the sentences and the machine's copy of a return slip may say of one thing that was not used.

import Checks
import Diagnostics
import JSON
import Records

extension Reject {
    /// The header of the column that it is about: the one to be written, or the one that stands there when that is
    /// unknown.
    func header(in language: String) -> String? {
        if let column { return column.heading(in: language) }
        return diagnostic.position?.column == nil ? nil : diagnostic.key
    }

    /// What a sentence in a language may say of it; `file` is the one that was handed in.
    func facts(file: String, in language: String, _ words: SlipWords) -> Facts {
        let header = header(in: language)
        let facts = Facts([
            "file": .text(oneLine(file)), "line": diagnostic.position?.line.map(Facts.Value.integer),
            "column": diagnostic.position?.column.map { .text(columnLetters($0)) },
            "header": header.map { .text(oneLine($0)) },
            "hasPlace": .flag(diagnostic.position?.line != nil || header != nil),
            "value": diagnostic.found.map { .text(oneLine($0)) },
            "unit": column?.unit.map { .text(oneLine($0)) },
            "atLeast": column?.atLeast.map { .text($0.description) },
            "atMost": column?.atMost.map { .text($0.description) }, "costsRow": .flag(costsRow),
            "accepted": column.flatMap { words.accepted[$0.type] }.map(Facts.Value.text),
            "nearest": nearest.map { .text(oneLine($0)) },
        ])
        return detail.map { facts.merging($0.facts(file: file, in: language)) } ?? facts
    }
}

extension Reject.Detail {
    fileprivate func facts(file: String, in language: String) -> Facts {
        switch self {
        case .row(let other):
            Facts([
                "otherLine": .integer(other.line), "otherColumn": other.column.map { .text(columnLetters($0)) },
                "otherFile": other.file == file ? nil : .text(oneLine(other.file)),
            ])
        case .words(let words): Facts(["words": .texts(words.map(oneLine))])
        case .rows(let other, let count): Facts(["otherFile": .text(oneLine(other)), "moreRows": .integer(count)])
        case .subject(let code, let name, let bearers):
            Facts([
                "code": .text(oneLine(code)), "registered": .text(oneLine(name)),
                "bearers": .texts(bearers.map(oneLine)),
            ])
        case .headers(let headers):
            Facts([
                "foundHeaders": .texts(headers.found.map(oneLine)), "hasMoreHeaders": .flag(headers.hasMore),
                "requiredHeaders": .texts(
                    (headers.required.map { $0.heading(in: language) } + headers.own).map(oneLine)
                ),
                "otherHeaders": .texts(headers.others.map { oneLine($0.heading(in: language)) }),
                "wanted": .text(headers.wanted.rawValue), "seeming": headers.seeming.map { .text($0.rawValue) },
            ])
        }
    }

    /// The same for machines.
    var json: JSONValue {
        func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
        return switch self {
        case .row(let other):
            .object([
                "file": .string(other.file), "line": .integer(Int64(other.line)),
                "column": other.column.map { .integer(Int64($0)) } ?? .null,
            ])
        case .rows(let file, let count): .object(["file": .string(file), "count": .integer(Int64(count))])
        case .subject(let code, let name, let bearers):
            .object(["code": .string(code), "name": .string(name), "bearers": texts(bearers)])
        case .words(let words): texts(words)
        case .headers(let headers):
            .object([
                "found": texts(headers.found), "required": texts(headers.required.map(\.name) + headers.own),
                "others": texts(headers.others.map(\.name)), "wanted": .string(headers.wanted.rawValue),
                "seeming": headers.seeming.map { .string($0.rawValue) } ?? .null,
            ])
        }
    }
}

extension Column {
    fileprivate func heading(in language: String) -> String { language == "en" ? headingEn : heading }
}

/// What somebody wrote, on one line and no longer than a reader needs to find it again.
func oneLine(_ text: String) -> String { printable(text, limit: 120) }

/// The letters by which a spreadsheet names a column that is counted from 1.
func columnLetters(_ number: Int) -> String {
    var letters = ""
    var rest = number
    while rest > 0 {
        letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
        rest = (rest - 1) / 26
    }
    return letters
}
