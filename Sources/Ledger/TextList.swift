// A list of names in one column.

import FoundationEssentials
import JSON

/// Names as a JSON array.
enum TextList {
    static func text(of names: [String]) -> String { JSONValue.array(names.map(JSONValue.string)).text(.line) }

    static func texts(_ text: String) -> [String]? {
        try? JSONDecoder().decode([String].self, from: Data(text.utf8))
    }
}
