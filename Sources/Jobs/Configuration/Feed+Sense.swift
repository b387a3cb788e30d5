// Settings of a feed that can be read and cannot be meant.

import Diagnostics
import Records
import Yams

extension Section {
    /// Complains about what no column of that type can have.
    func complain(ofNonsenseIn type: ColumnType, unit: String?, fillsDown: Bool) {
        if unit != nil, !type.isMeasured, type != .integer {
            complain(
                Diagnostic("only numbers have a unit", found: type.rawValue, remedy: "take the unit away"),
                key: "unit"
            )
        }
        if fillsDown, type.isMeasured {
            complain(
                Diagnostic(
                    "a value that was not measured would be taken from the row above",
                    found: type.rawValue,
                    expected: "fill-down with columns that say what a row speaks of",
                    remedy: "take it away; a blank cell of this column then means that there is no value"
                ),
                key: "fill-down"
            )
        }
    }

    /// Complains about a feed of which nothing is ever read, and about rows that name their subjects in circles.
    func complain(ofNonsenseIn schema: TableSchema, _ identities: [Feed.Identity]) {
        if schema.columns.allSatisfy(\.isIgnored) {
            complain(Diagnostic("no column is ever read", remedy: "declare the columns that jobs need"), key: "columns")
        }
        func name(_ index: Int) -> String { schema.columns[index].name }
        for (place, identity) in identities.enumerated() {
            let path = "identity[\(place + 1)]"
            if identity.names.contains(identity.code) {
                complain(
                    Diagnostic(
                        "a column cannot be the code and the name beside it",
                        key: "\(path).names",
                        found: name(identity.code)
                    ),
                    key: "identity"
                )
            }
            if identities[..<place].contains(where: { $0.code == identity.code }) {
                complain(
                    Diagnostic(
                        "this code already says of another subject",
                        key: "\(path).code",
                        found: name(identity.code),
                        remedy: "name each code once"
                    ),
                    key: "identity"
                )
            }
        }
    }

    /// The place of a column by which rows can be known again; complains when the column is none.
    func keyColumn(_ name: String, in schema: TableSchema, mark: Mark?) -> Int? {
        guard let index = schema.index(of: name, for: "key", of: self, mark: mark) else { return nil }
        let type = schema.columns[index].type
        if type.isMeasured {
            complain(
                Diagnostic(
                    "a measured value does not say what a row speaks of, so no correction would ever be known as one",
                    found: "\(name) (\(type.rawValue))",
                    expected: "columns of the types " + Self.keyTypes.joined(separator: ", "),
                    remedy: "name what stays the same when a row is corrected, such as a code and a month"
                ),
                key: "key",
                mark: mark
            )
            return nil
        }
        let earlier = texts("key").prefix { $0.mark?.line != mark?.line || $0.mark?.column != mark?.column }
        if earlier.contains(where: { $0.text == name }) {
            complain(
                Diagnostic("the column stands twice in the key", found: name, remedy: "name it once"),
                key: "key",
                mark: mark
            )
            return nil
        }
        return index
    }

    private static var keyTypes: [String] { ColumnType.allCases.filter { !$0.isMeasured }.map(\.rawValue) }
}

extension ColumnType {
    /// Whether its cells are values, which a correction changes.
    fileprivate var isMeasured: Bool { self == .decimal || self == .measurement }
}
