// Named values that a verdict rests on, in the order in which a reader wants them.

package import Almanac
package import JSON
package import Records

/// An ordered set of named values.
package struct Facts: Sendable, Hashable {
    /// One named value.
    package struct Fact: Sendable, Hashable {
        package let name: String
        package let value: Value
    }

    /// What a fact can be.
    package enum Value: Sendable, Hashable {
        case text(String)
        case decimal(ExactDecimal)
        case integer(Int)
        case date(CivilDate)
        case flag(Bool)
        case list([Facts])
        case texts([String])
    }

    package private(set) var all: [Fact] = []

    /// - Parameter members: Each name once.
    package init(_ members: KeyValuePairs<String, Value?> = [:]) {
        all.reserveCapacity(members.count)
        for case (let name, let value?) in members {
            // There are dozens for each of thousands of verdicts, so release builds do not look for the name.
            assert(self[name] == nil, "the fact \(name) stands there twice")
            all.append(Fact(name: name, value: value))
        }
    }

    /// The fact of that name; setting `nil` removes it, setting a known one keeps its place.
    package subscript(name: String) -> Value? {
        get { place(of: name).map { all[$0].value } }
        set {
            let index = place(of: name)
            switch (index, newValue) {
            case (let index?, let value?): all[index] = Fact(name: name, value: value)
            case (let index?, nil): all.remove(at: index)
            case (nil, let value?): all.append(Fact(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Names of different lengths differ, which is known without a look at their bytes.
    private func place(of name: String) -> Int? {
        let length = name.utf8.count
        return all.firstIndex { $0.name.utf8.count == length && $0.name == name }
    }

    /// These facts followed by others; the others win where both know a name.
    package consuming func merging(_ others: Facts) -> Facts {
        var result = self
        result.all.reserveCapacity(result.all.count + others.all.count)
        for fact in others.all { result[fact.name] = fact.value }
        return result
    }
}

extension ExactDecimal {
    /// The number as a fact.
    var fact: Facts.Value { .decimal(self) }
}

extension Facts.Value {
    /// Decimals and dates become strings, so that no reader's binary arithmetic changes them.
    package var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .decimal(let number): .string(number.description)
        case .integer(let number): .integer(Int64(number))
        case .date(let date): .string(date.description)
        case .flag(let flag): .bool(flag)
        case .list(let entries): .array(entries.map(\.json))
        case .texts(let texts): .array(texts.map(JSONValue.string))
        }
    }
}

extension Facts {
    package var json: JSONValue { .object(all.map { JSONValue.Member($0.name, $0.value.json) }) }
}
