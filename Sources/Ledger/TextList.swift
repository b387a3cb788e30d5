// A list of names in one column.

import JSON

/// Names as a JSON array.
enum TextList {
    static func text(of names: [String]) -> String { JSONValue.array(names.map(JSONValue.string)).text(.line) }

    static func texts(_ text: String) -> [String]? {
        guard case .array(let values)? = try? JSONValue(parsing: Array(text.utf8), maximumDepth: 2) else { return nil }
        let names = values.compactMap(\.text)
        return names.count == values.count ? names : nil
    }
}
