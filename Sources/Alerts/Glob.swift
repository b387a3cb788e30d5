// Patterns of names, as shells write them: `river-*`, `JA-0?`.

/// A name, or a pattern in which `*` stands for any run of characters and `?` for one.
package struct Glob: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as it was written.
    package let description: String

    package init(_ pattern: String) { description = pattern }

    /// Whether it can match more than one name.
    package var isPattern: Bool { description.contains { $0 == "*" || $0 == "?" } }

    /// Whether the whole of a name matches.
    package func matches(_ name: String) -> Bool {
        let pattern = Array(description.unicodeScalars)
        let name = Array(name.unicodeScalars)
        var place = 0
        var position = 0
        // Where the last star stands, and up to where it has swallowed the name: only the last one is ever reconsidered,
        // so a hostile pattern costs the product of the lengths at most.
        var star: (place: Int, position: Int)?
        while position < name.count {
            if place < pattern.count, pattern[place] == "*" {
                star = (place, position)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == name[position] {
                place += 1
                position += 1
            } else if let last = star {
                star = (last.place, last.position + 1)
                place = last.place + 1
                position = last.position + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
