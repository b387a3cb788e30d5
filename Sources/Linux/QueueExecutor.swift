// An actor executor on a Dispatch queue: the one bridge between actors and Dispatch sources.

package import Dispatch

/// Runs an actor on a serial queue, so that the handlers of sources on that queue already are inside the actor.
///
/// A handler on any other queue would abort the process when it touches the actor (`checkIsolated`). The handler says
/// that it knows where it runs: `source.setEventHandler { [weak self] in self?.assumeIsolated { $0.tick() } }`.
package final class QueueExecutor: SerialExecutor {
    /// The queue on which the actor's sources must deliver.
    package let queue: DispatchQueue

    /// Makes an executor with its own queue; the label shows in debuggers and thread lists.
    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    package func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
