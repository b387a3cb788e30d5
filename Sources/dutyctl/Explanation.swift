// Refusals in words that say what to do.

import Control
import JSON
import Varlink

enum Explanation {
    /// One or more lines for the person at the terminal.
    static func of(_ error: VarlinkClientError) -> String {
        guard case .refused(let refusal) = error else {
            if case .notReachable(let cause) = error {
                return "the daemon is not reachable (\(cause)); is it running? systemctl status dutyd"
            }
            return error.description
        }
        let job = refusal.parameters["job"]?.text ?? ""
        func list(_ name: String) -> [String] {
            guard case .array(let values)? = refusal.parameters[name] else { return [] }
            return values.compactMap(\.text)
        }
        switch refusal.name {
        case "org.varlink.service.PermissionDenied":
            return "not permitted: join the group dutyd to look, dutyd-operators to act, or become root"
        case "org.varlink.service.InvalidParameter":
            let name = refusal.parameters["parameter"]?.text ?? ""
            return "the value of \(name) is not understood"
                + (["asOf", "knownAt"].contains(name)
                    ? "; write 2024-03-05T09:00:00+08:00, or 2024-03-05 for the end of that day" : "")
        case ControlInterface.error("UnknownJob"):
            return "unknown job \"\(job)\"; there are: " + list("known").joined(separator: ", ")
        case ControlInterface.error("UnknownFeed"):
            let feed = refusal.parameters["feed"]?.text ?? ""
            return "no feed \"\(feed)\" is handed in; there are: " + list("known").joined(separator: ", ")
        case ControlInterface.error("UnknownAlert"):
            return "there is no open alert \(refusal.parameters["alert"]?.text ?? ""); see: dutyctl alerts"
        case ControlInterface.error("UnknownSilence"):
            return "there is no such silence; see: dutyctl silences"
        case ControlInterface.error("UnknownDepartment"):
            let department = refusal.parameters["department"]?.text ?? ""
            return "unknown department \"\(department)\"; there are: " + list("known").joined(separator: ", ")
        case ControlInterface.error("Unfit"):
            return refusal.parameters["problem"]?.text ?? "this cannot be meant"
        case ControlInterface.error("BrokenJob"):
            return "the file of job \"\(job)\" cannot be used:\n  " + list("problems").joined(separator: "\n  ")
        case ControlInterface.error("AlreadyRunning"):
            return "job \"\(job)\" is running already; try again when it has ended"
        case ControlInterface.error("LooksBack"):
            return "job \"\(job)\" was already judged as of \(refusal.parameters["last"]?.text ?? "a later time"); "
                + "add --dry-run to look back"
        case ControlInterface.error("InTheFuture"):
            return "that time has not come yet (it is \(refusal.parameters["now"]?.text ?? "earlier")); "
                + "add --dry-run to look ahead"
        case ControlInterface.error("BrokenConfiguration"):
            return "nothing has changed, because the files have errors:\n  "
                + list("problems").joined(separator: "\n  ")
        case ControlInterface.error("Stopping"): return "the daemon is stopping"
        case ControlInterface.error("RunFailed"), ControlInterface.error("LedgerFailed"):
            return "it failed: \(refusal.parameters["problem"]?.text ?? "unknown problem")"
        default: return refusal.description
        }
    }
}
