// What the daemon said, for a test to look at and to wait for.

package import Engine
import Synchronization

/// Keeps all events, and hands them on as they come.
package final class CapturedEvents: EventLog {
    private let events = Mutex<[DutyEvent]>([])
    private let stream: AsyncStream<DutyEvent>
    private let continuation: AsyncStream<DutyEvent>.Continuation

    package init() { (stream, continuation) = AsyncStream.makeStream() }

    /// Everything said so far.
    package var all: [DutyEvent] { events.withLock { $0 } }

    package func record(_ event: DutyEvent) {
        events.withLock { $0.append(event) }
        continuation.yield(event)
    }

    /// Waits for the first event, among those not yet waited for, of which `choose` makes something.
    package func next<Value>(_ choose: (DutyEvent) -> Value?) async -> Value? {
        for await event in stream {
            if let value = choose(event) { return value }
        }
        return nil
    }
}
