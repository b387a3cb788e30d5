// Jobs that somebody does not want to run for a while.

import Jobs
import Linux
package import Scheduling

extension DutyEngine {
    /// Runs no slot of a job, or of any, until somebody resumes it; the slots that come are recorded as paused.
    ///
    /// What is handed in meanwhile is received and waits for the job to go on. Whoever asks for a run gets one.
    /// - Throws: `Refusal`.
    package func pause(job: String?, author: String, note: String) async throws(Refusal) {
        try requireKnown(job)
        do {
            try await desk.pause(Pause(job: job, since: clock.now(), author: author, note: note))
        } catch {
            throw .failed("\(error)")
        }
        scheduler.pause(job)
    }

    /// Lets a job go on, or all, also those that were paused one by one.
    /// - Throws: `Refusal`.
    package func resume(job: String?) async throws(Refusal) {
        try requireKnown(job)
        do {
            try await desk.resume(job)
        } catch {
            throw .failed("\(error)")
        }
        // Slots that have come until now were paused.
        wake()
        scheduler.resume(job)
        startOnData()
    }

    /// The pauses that are in force.
    package var pauses: [Pause] { get async { await desk.pausedJobs } }

    private func requireKnown(_ job: String?) throws(Refusal) {
        guard let job, configuration.job(named: job) == nil else { return }
        throw .absence(of: job, in: configuration)
    }
}
