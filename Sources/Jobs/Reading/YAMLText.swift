// A text as YAML; what is said when it is none, `YAMLFault` knows.

import Diagnostics
import Yams

/// The text of a YAML file.
struct YAMLText {
    private let text: String
    private let file: String

    init(_ text: String, of file: String) {
        self.text = text
        self.file = file
    }

    /// The file's one document.
    /// - Throws: What keeps it from being read.
    func root() throws(Diagnostic) -> Node {
        let node: Node?
        do {
            // A value is the text that stands there, whatever type YAML would make of it; asking for types costs a dozen
            // regular expressions a key. Naming the encoding spares a look at every environment variable.
            node = try Yams.compose(yaml: text, .basic, .default, .utf8)
        } catch let error as YamlError {
            throw YAMLFault(text, of: file).diagnostic(of: error)
        } catch {
            throw Diagnostic("this is not readable YAML: \(error)")
        }
        guard let node else {
            throw Diagnostic(
                "the file is empty",
                at: Position(file: file, line: 1, column: 1),
                expected: "key: value",
                remedy: "copy it again from what was installed, or remove the file"
            )
        }
        return node
    }
}
