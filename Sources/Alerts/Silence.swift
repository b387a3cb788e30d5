// Somebody's wish that alerts are not told for a while.

package import Almanac

/// Alerts that it matches are not told until it ends; what changed meanwhile is told once then.
package struct Silence: Sendable, Hashable {
    /// Counts all silences from 1.
    package let id: Int
    package let matcher: AlertMatcher
    package let author: String
    package let reason: String
    package let from: Instant
    /// Its end, always.
    package internal(set) var until: Instant

    package init(id: Int, matcher: AlertMatcher, author: String, reason: String, from: Instant, until: Instant) {
        self.id = id
        self.matcher = matcher
        self.author = author
        self.reason = reason
        self.from = from
        self.until = until
    }
    /// Whether it reigns at an instant.
    package func reigns(at instant: Instant) -> Bool { from <= instant && instant < until }
}
