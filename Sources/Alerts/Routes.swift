// Who is told of an alert: the district's routes, the job's own rule, and somebody in any case.

package import Checks

/// The rules by which alerts find their departments.
package struct Routes: Sendable, Hashable {
    /// One rule; of all rules the first that matches counts, and no other.
    package struct Route: Sendable, Hashable {
        package let matcher: AlertMatcher
        /// Takes the place of the job's departments that have to act; `nil` leaves them.
        package let to: [String]?
        /// Takes the place of the job's departments that are informed; `nil` leaves them.
        package let cc: [String]?
        /// Departments that are informed besides.
        package let also: [String]

        package init(matcher: AlertMatcher, to: [String]? = nil, cc: [String]? = nil, also: [String] = []) {
            self.matcher = matcher
            self.to = to
            self.cc = cc
            self.also = also
        }
    }

    package let routes: [Route]
    /// Who acts on an alert for which nobody else is named, so that none is told to nobody.
    package let otherwise: [String]

    package init(_ routes: [Route] = [], otherwise: [String] = []) {
        self.routes = routes
        self.otherwise = otherwise
    }

    /// Who is told of an alert.
    /// - Parameter own: Whom the job itself names.
    package func recipients(of key: AlertKey, _ state: Assessment.State, own: Recipients) -> Recipients {
        let route = routes.first { $0.matcher.matches(key, state) }
        var to = route?.to ?? own.to
        if to.isEmpty { to = otherwise }
        let copies = (route?.cc ?? own.cc) + (route?.also ?? [])
        // Who has to act is not told a second time as somebody who is informed.
        let recipients = Recipients(to: to, cc: copies.filter { !to.contains($0) })
        return Recipients(to: to, cc: Array(recipients.all.dropFirst(Recipients(to: to).all.count)))
    }
}
