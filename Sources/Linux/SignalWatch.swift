// Signals as events on a queue.

package import Dispatch

/// Watches for signals until it is let go.
package final class SignalWatch {
    private let sources: [any DispatchSourceSignal]

    private init(sources: [any DispatchSourceSignal]) { self.sources = sources }

    deinit {
        for source in sources { source.cancel() }
    }

    /// Starts watching, and returns only when a signal sent from now on reaches the handler, which runs on the queue.
    ///
    /// It waits for a moment, so it must not be called on that queue. libdispatch takes the signals over itself: ignoring
    /// them with `signal(…, SIG_IGN)` afterwards would lose them.
    package static func start(
        _ signals: [Int32],
        on queue: DispatchQueue,
        handler: @escaping @Sendable (Int32) -> Void
    ) -> SignalWatch {
        dispatchPrecondition(condition: .notOnQueue(queue))
        let registered = DispatchSemaphore(value: 0)
        let sources = signals.map { signal in
            let source = DispatchSource.makeSignalSource(signal: signal, queue: queue)
            source.setEventHandler { handler(signal) }
            source.setRegistrationHandler { @Sendable in registered.signal() }
            source.activate()
            return source
        }
        for _ in sources { registered.wait() }
        return SignalWatch(sources: sources)
    }
}
