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
    /// `nil` for a notice that tells of no alert.
    init?(_ kind: Kind, _ head: NoticeHead, at instant: Instant) {
        guard case .alert(let serial, _, let key, _) = head.matter else { return nil }
        self.init(kind, serial: serial, key: key, department: head.department, at: instant)
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
