// What departments do with notices, as the alerts have to know it.

package import Alerts
import Almanac

/// Something that a department did, or that was done for it.
package enum DepartmentEvent: Sendable {
    /// Notices became visible in its folder, or it took them.
    case handled([Handling])
    /// It answered.
    case answered(Receipt)
}

extension Handling {
    /// What became of each alert that a notice tells of; none for a return slip.
    static func all(_ kind: Kind, of head: NoticeHead, at instant: Instant) -> [Handling] {
        all(kind, of: head.matter, department: head.department, at: instant)
    }
}

extension Receipt {
    /// Whether the department takes the matter on, so that nobody need press it for the time being.
    var takesOn: Bool { answer != .misdirected }

    /// What it said, in one line.
    var remark: String {
        ([answer.rawValue] + [reason, evidence, approver.map { "granted by \($0)" }].compactMap(\.self))
            .joined(separator: ": ")
    }
}
