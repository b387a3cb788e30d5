// How the spool and the departments' folders are, for whoever looks after dutyd.

import Alerts
import Almanac
import Jobs

/// What stands in the way of notices.
package struct SpoolStanding: Sendable, Hashable {
    /// The department that looks after dutyd itself.
    static let operators = "operators"

    /// One department's folders.
    package struct Department: Sendable, Hashable {
        /// Why its notices cannot be delivered, when that was tried several times.
        package var problem: String?
        /// Files in `new/`, which nobody has taken.
        package var untakenFiles = 0
        package var untakenBytes: Int64 = 0
        /// Whether it leaves so much lying that it gets no more reminders.
        package var isAtLimit = false
        /// Files in `cur/` that were claimed long ago.
        package var staleClaims = 0
        package var oldestClaim: String?

        package init() {}

        /// Whether the operators should hear of the difference; a few files more are none.
        func calls(differentlyFrom other: Department?) -> Bool {
            problem != other?.problem || isAtLimit != other?.isAtLimit ?? false
                || (staleClaims > 0) != (other?.staleClaims ?? 0 > 0)
        }
    }

    /// Whether there is too little room for notices.
    package let isFull: Bool
    package let departments: [String: Department]
}

/// How much a department may leave lying.
package struct UntakenLimits: Sendable, Hashable {
    package let files: Int
    package let bytes: Int64

    package init(files: Int, bytes: Int64) {
        self.files = files
        self.bytes = bytes
    }

    func areReached(files: Int, bytes: Int64) -> Bool { files >= self.files || bytes >= self.bytes }
}

extension NoticeHead {
    /// Whether it says again what was said before.
    var isReminder: Bool {
        !matter.told.isEmpty && matter.told.allSatisfy { $0.change == .reminder }
    }

    /// Whether it tells the operators how the spool is.
    var isAboutTheSpool: Bool {
        matter.told.contains { $0.key.job == Job.delivery }
    }
}
