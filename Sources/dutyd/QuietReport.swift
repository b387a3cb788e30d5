// Reports of things that anybody can cause as often as they like.

import Almanac
import Linux
import Synchronization

/// Lets one report a minute through and says how many it kept back, so that nobody can flood the journal.
final class QuietReport: Sendable {
    private struct State {
        var last: Instant?
        var suppressed = 0
    }

    private let clock: WallClock
    private let state = Mutex(State())

    init(clock: WallClock) { self.clock = clock }

    /// Hands a report on, or counts it.
    func report(_ text: String, to log: (String) -> Void) {
        let now = clock.now()
        let due: String? = state.withLock { state in
            if let last = state.last, last <= now, now < last.adding(seconds: 60) {
                state.suppressed += 1
                return nil
            }
            let more = state.suppressed > 0 ? " (and \(state.suppressed) more like it)" : ""
            state = State(last: now)
            return text + more
        }
        if let due { log(due) }
    }
}
