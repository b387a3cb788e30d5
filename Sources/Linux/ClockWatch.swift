// Notice that somebody set the clock.

package import Dispatch
internal import CLinux
internal import Glibc

/// Watches the system's real-time clock until it is let go, and costs nothing as long as nobody sets it.
///
/// libdispatch follows a clock that was set but tells nobody, so a timer that waits for the earliest of several things
/// would not know that another of them is the earliest now. The kernel tells whoever has a timer armed with
/// `TFD_TIMER_CANCEL_ON_SET`, as systemd has for its own.
package final class ClockWatch {
    private let source: any DispatchSourceRead

    private init(source: any DispatchSourceRead) { self.source = source }

    deinit { source.cancel() }

    /// Starts watching; the handler runs on the queue, once for each time that the clock was set.
    /// - Throws: `SystemError` when the system gives out no timer.
    package static func start(
        on queue: DispatchQueue,
        handler: @escaping @Sendable () -> Void
    ) throws(SystemError) -> ClockWatch {
        let raw = try checked("timerfd_create") {
            timerfd_create(CLOCK_REALTIME, CLINUX_TFD_NONBLOCK | CLINUX_TFD_CLOEXEC)
        }
        do throws(SystemError) {
            try arm(raw)
        } catch {
            close(raw)
            throw error
        }
        let source = DispatchSource.makeReadSource(fileDescriptor: raw, queue: queue)
        source.setEventHandler {
            var count: UInt64 = 0
            let got = unsafe read(raw, &count, 8)
            let isSet = got == -1 && errno == ECANCELED
            // Until it is armed again the kernel tells nothing more.
            try? arm(raw)
            if isSet { handler() }
        }
        source.setCancelHandler { close(raw) }
        source.activate()
        return ClockWatch(source: source)
    }

    private static func arm(_ raw: Int32) throws(SystemError) {
        var never = itimerspec()
        // 2100: a timer that fires would be read and armed again like one that was cancelled.
        never.it_value.tv_sec = 4_102_444_800
        _ = try checked("timerfd_settime") {
            unsafe timerfd_settime(raw, CLINUX_TFD_TIMER_ABSTIME | CLINUX_TFD_TIMER_CANCEL_ON_SET, &never, nil)
        }
    }
}
