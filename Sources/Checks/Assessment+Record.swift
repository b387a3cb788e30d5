// The verdict as the ledger keeps it: every value with its type, so that what comes back is what was written.

package import JSON
import Almanac
import Records

extension Assessment {
    /// Everything about the verdict; not for people or scripts, who read `json`.
    package var record: JSONValue {
        .object([
            "subject": .string(subject), "name": .string(name), "period": .string(period.label),
            "indicator": .string(indicator), "state": .string(state.rawValue),
            "sustained": sustained.map { .string($0.rawValue) }, "facts": facts.record,
            "gaps": .array(
                gaps.map { gap in
                    .object([
                        "reason": .string(gap.reason.rawValue), "what": .string(gap.what), "at": gap.at?.record,
                    ])
                }
            ),
            "source": .array(source.map(\.record)),
        ])
    }

    /// The verdict of a record; `nil` when it is none.
    package init?(record: JSONValue) {
        guard let subject = record["subject"]?.text, let name = record["name"]?.text,
            let period = record["period"]?.text.flatMap(Period.init(label:)),
            let indicator = record["indicator"]?.text,
            let state = record["state"]?.text.flatMap(State.init(rawValue:)),
            let facts = record["facts"].flatMap(Facts.init(record:)),
            let gaps = record["gaps"]?.elements(Gap.init(record:)),
            let source = record["source"]?.elements(RowReference.init(record:))
        else { return nil }
        let sustained = record["sustained"]?.text
        let sustainedState = sustained.flatMap(State.init(rawValue:))
        guard (sustained == nil) == (sustainedState == nil) else { return nil }
        self.init(
            subject: subject,
            name: name,
            period: period,
            indicator: indicator,
            state: state,
            sustained: sustainedState,
            facts: facts,
            gaps: gaps,
            source: source
        )
    }
}

extension Facts {
    /// One triple of name, kind and value for each fact, in order.
    fileprivate var record: JSONValue {
        .array(all.map { .array([.string($0.name), .string($0.value.kind.rawValue), $0.value.record]) })
    }

    fileprivate init?(record: JSONValue) {
        guard case .array(let triples) = record else { return nil }
        self.init()
        for triple in triples {
            guard case .array(let parts) = triple, parts.count == 3, let name = parts[0].text, self[name] == nil,
                let kind = parts[1].text.flatMap(Value.Kind.init(rawValue:)), let value = Value(kind, record: parts[2])
            else { return nil }
            self[name] = value
        }
    }
}

extension Facts.Value {
    fileprivate enum Kind: String { case text, decimal, integer, date, flag, list, texts }

    fileprivate var kind: Kind {
        switch self {
        case .text: .text
        case .decimal: .decimal
        case .integer: .integer
        case .date: .date
        case .flag: .flag
        case .list: .list
        case .texts: .texts
        }
    }

    fileprivate var record: JSONValue {
        if case .list(let entries) = self { .array(entries.map(\.record)) } else { json }
    }

    fileprivate init?(_ kind: Kind, record: JSONValue) {
        let value: Facts.Value? =
            switch (kind, record) {
            case (.text, .string(let text)): .text(text)
            case (.decimal, .string(let text)): ExactDecimal(text).map(Self.decimal)
            case (.integer, .integer(let number)): Int(exactly: number).map(Self.integer)
            case (.date, .string(let text)): CivilDate(iso8601: text).map(Self.date)
            case (.flag, .bool(let flag)): .flag(flag)
            case (.list, _): record.elements(Facts.init(record:)).map(Self.list)
            case (.texts, _): record.elements(\.text).map(Self.texts)
            default: nil
            }
        guard let value else { return nil }
        self = value
    }
}

extension Gap {
    fileprivate init?(record: JSONValue) {
        guard let reason = record["reason"]?.text.flatMap(Reason.init(rawValue:)), let what = record["what"]?.text
        else {
            return nil
        }
        guard let place = record["at"] else {
            self.init(reason, what)
            return
        }
        guard let reference = RowReference(record: place) else { return nil }
        self.init(reason, what, at: reference)
    }
}

extension RowReference {
    fileprivate var record: JSONValue {
        .object([
            "file": .string(file), "line": .integer(Int64(line)), "column": column.map { .integer(Int64($0)) },
        ])
    }

    fileprivate init?(record: JSONValue) {
        guard let file = record["file"]?.text, case .integer(let line)? = record["line"] else { return nil }
        switch record["column"] {
        case nil: self.init(file: file, line: Int(line))
        case .integer(let column)?: self.init(file: file, line: Int(line), column: Int(column))
        default: return nil
        }
    }
}

extension JSONValue {
    /// What is made of each element; `nil` unless this is a list and something can be made of all of them.
    fileprivate func elements<Element>(_ make: (JSONValue) -> Element?) -> [Element]? {
        guard case .array(let values) = self else { return nil }
        let elements = values.compactMap(make)
        return elements.count == values.count ? elements : nil
    }
}
