// The name of something that another file declares.

import Diagnostics

/// A text of a settings file with its place, to be complained of once everything is read.
struct Reference: Sendable, Hashable {
    let text: String
    let position: Position
    let key: String

    /// A complaint about it, with its place.
    func complaint(_ diagnostic: Diagnostic) -> Diagnostic { diagnostic.located(at: position, key: key) }
}
