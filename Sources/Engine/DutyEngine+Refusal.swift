// Why the engine does not do what it is asked to.

package import Alerts
package import Jobs

extension DutyEngine {
    /// Why a request was not carried out.
    package enum Refusal: Error, Sendable, Equatable, CustomStringConvertible {
        case unknownJob
        case brokenJob
        case alreadyRunning
        /// The job was already judged as of a later instant; only a dry run may look back.
        case behind(last: String)
        /// The instant has not come yet.
        case inTheFuture(now: String)
        /// What is asked of alerts or silences cannot be.
        case unfit(AlertBook.Refusal)
        case stopping
        case failed(String)

        /// Why a job that is not in use cannot be had.
        package static func absence(of job: String, in configuration: Configuration) -> Refusal {
            configuration.brokenJobs[job] == nil ? .unknownJob : .brokenJob
        }

        package var description: String {
            switch self {
            case .unknownJob: "there is no such job"
            case .brokenJob: "the job's file cannot be used"
            case .alreadyRunning: "the job is running"
            case .behind(let last): "the job was already judged as of \(last)"
            case .inTheFuture: "the time asked for has not come yet"
            case .unfit(let refusal): refusal.description
            case .stopping: "the daemon is stopping"
            case .failed(let problem): problem
            }
        }
    }
}
