// The port through which the daemon says what it does.

package import Alerts
package import Almanac
package import Diagnostics
package import Records
package import Scheduling

/// What takes the daemon's events, to be found again by job, run, alert or department.
package protocol EventLog: Sendable {
    func record(_ event: DutyEvent)
}

/// Something that happened and that an operator may look for.
package enum DutyEvent: Sendable {
    /// A run ended well.
    case ran(RunReport)
    /// A run could not judge at all.
    case failed(RunOrder, problem: String)
    /// A slot was not run.
    case skipped(SlotRecord)
    /// A row, a cell, a table or a file could not be used by a run.
    case rejected(Diagnostic, RunOrder)
    /// A file of the inbox was received; `department` is whom its feed comes from.
    case received(Reception, department: String?, rejects: [Reject])
    /// Files that were received lie in the inbox no more; `department` is whom their feed comes from.
    case departed([String], feed: String, department: String?)
    /// A notice goes without the message of the Common Alerting Protocol that the department wants.
    case withheld(Notice)
    /// A notice became visible, as these files.
    case delivered(NoticeHead, files: [String])
    /// A department took notices.
    case pickedUp([NoticeHead], department: String)
    /// A department answered a notice.
    case answered(Receipt)
    /// A file that should be an answer is none.
    case answerRefused(department: String, file: String, problem: String)
    /// Room for notices is lacking, or there is room again.
    case spoolRoom(SpoolRoomChange)
    /// An alert changed; `nil` for the run when time or a person caused it.
    case changed(Change, RunOrder?)
    /// Somebody takes care of an alert.
    case acknowledged(Acknowledgement, serial: String)
    /// Somebody wants alerts not to be told for a while.
    case silenced(Silence)
    /// A silence has ended; `author` is who ended it before its time.
    case unsilenced(Silence, author: String?)
    /// A department's notices wait, because its folder cannot be written.
    case waiting(department: String, notices: Int, problem: String)
    /// A department's folder can be written again.
    case recovered(department: String)
    /// Somebody asked for something through the control socket; `refusal` says why it was not done.
    case asked(String, of: ActedOn, uid: UInt32, pid: Int32, refusal: String?)
    /// The configuration was read again; another one is in force unless the files are what they were.
    case reloaded(ScheduleDifference?)
    /// Somebody set the clock, or it was behind when the machine woke up.
    case clockSet(now: Instant)
    /// Somebody set the machine's own time zone, by which nothing is due; `nil` when it is none that is known.
    case localZoneSet(String?)
    /// Something in the configuration is wrong.
    case misconfigured(Diagnostic)
    /// Something of dutyd's own did not work.
    case trouble(String)
}

/// What became of the room for notices.
package enum SpoolRoomChange: Sendable, Hashable {
    /// So many notices wait.
    case lacking(waiting: Int)
    case there
}

/// What somebody asked to act on.
package enum ActedOn: Sendable, Hashable, CustomStringConvertible {
    case job(String)
    /// By the alert's serial.
    case alert(String)
    /// All jobs, the configuration, a silence.
    case other(String)

    package var description: String {
        switch self {
        case .job(let name), .alert(let name), .other(let name): name
        }
    }
}
