// A timer for an instant of civil time, as against a length of time.

package import Almanac
package import Dispatch
internal import Glibc

/// A one-shot timer on wall time that follows the clock when somebody sets it.
///
/// It belongs to its queue: `arm` and `disarm` are called there and the handler runs there, so an actor whose executor
/// is that queue writes `{ [weak self] in self?.assumeIsolated { $0.wake() } }`. It never fires early; after a step back
/// of the clock it waits for the instant to come again.
package final class WallTimer {
    private let queue: DispatchQueue
    private let source: any DispatchSourceTimer
    private let handler: () -> Void
    private var pending: (instant: Instant, clock: WallClock)?

    /// Makes a timer that is not armed.
    package init(queue: DispatchQueue, handler: @escaping () -> Void) {
        self.queue = queue
        self.handler = handler
        source = DispatchSource.makeTimerSource(queue: queue)
        source.setEventHandler { [weak self] in self?.fire() }
        source.schedule(wallDeadline: .distantFuture)
        source.activate()
    }

    deinit { source.cancel() }

    /// Fires once when `clock` shows `instant` (at once when it has passed), forgetting any earlier arming.
    package func arm(at instant: Instant, clock: WallClock) {
        dispatchPrecondition(condition: .onQueue(queue))
        pending = (instant, clock)
        schedule(at: clock.systemInstant(for: instant))
    }

    /// Forgets the arming; the handler does not run any more, not even if the source had fired already.
    package func disarm() {
        dispatchPrecondition(condition: .onQueue(queue))
        pending = nil
        source.schedule(wallDeadline: .distantFuture)
    }

    private func fire() {
        guard let (instant, clock) = pending else { return }
        guard clock.now() >= instant else {
            schedule(at: clock.systemInstant(for: instant))
            return
        }
        pending = nil
        handler()
    }

    private func schedule(at instant: Instant) {
        // libdispatch takes the epoch itself and what lies before it for "never", and counts in nanoseconds, which end
        // in 2262: past 2100 the source fires early and `fire` schedules again.
        let microseconds = min(max(1, instant.microseconds), 4_102_444_800_000_000)
        let time = timespec(tv_sec: Int(microseconds / 1_000_000), tv_nsec: Int(microseconds % 1_000_000) * 1000)
        source.schedule(wallDeadline: DispatchWallTime(timespec: time), leeway: .nanoseconds(0))
    }
}
