// What became of notices: delivered and picked up, by which clocks start and steps of escalation are answered.

package import Almanac

/// Something that became of a notice of an alert at one department.
package struct Handling: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        /// It is visible in the department's folder.
        case delivered
        /// The department, or a machine of it, has taken it from there.
        case pickedUp = "picked-up"
    }

    package let kind: Kind
    package let serial: String
    package let key: AlertKey
    package let department: String
    package let at: Instant

    package init(_ kind: Kind, serial: String, key: AlertKey, department: String, at: Instant) {
        self.kind = kind
        self.serial = serial
        self.key = key
        self.department = department
        self.at = at
    }

    /// What became of each alert that a notice tells of; none for a return slip.
    package static func all(
        _ kind: Kind,
        of matter: Notice.Matter,
        department: String,
        at instant: Instant
    ) -> [Handling] {
        matter.told.map { Handling(kind, serial: $0.serial, key: $0.key, department: department, at: instant) }
    }
}

extension AlertBook {
    /// Notes what became of notices; the first of its kind counts, and what belongs to no open alert does not.
    package mutating func note(_ handlings: [Handling], rules: Rules, at instant: Instant) -> [Change] {
        turn(rules: rules, at: instant) { book, _, moment in
            for handling in handlings {
                // Its job may have got another name since the notice was written.
                let key =
                    book.open[handling.key]?.serial == handling.serial
                    ? handling.key : book.alert(handling.serial)?.key
                guard let key, var alert = book.open[key] else { continue }
                let time = min(handling.at, instant)
                var standing = alert.standings[handling.department] ?? Standing()
                standing.delivered = standing.delivered ?? time
                if handling.kind == .pickedUp { standing.pickedUp = standing.pickedUp ?? time }
                guard standing != alert.standings[handling.department] else { continue }
                alert.standings[handling.department] = standing
                if alert.recipients.to.contains(handling.department) { alert.startWaiting(since: time, moment) }
                book.open[key] = alert
            }
        }
    }
}
