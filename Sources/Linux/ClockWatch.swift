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
    /// What a read of the kernel's timer comes to.
    package enum Reading: Sendable {
        /// Somebody set the clock: `ECANCELED`.
        case cancelled
        /// Nothing happened, or the timer has come.
        case other
    }

    /// The kernel's timer; a test brings its own, since nobody may set a machine's clock for it.
    package struct Alarm: Sendable {
        /// Readable when there is something to read; closed by the watch.
        package let raw: Int32
        /// Makes it tell of the next step: after one, the kernel tells nothing more until then.
        package let arm: @Sendable () throws(SystemError) -> Void
        package let read: @Sendable () -> Reading

        package init(
            owning raw: Int32,
            arm: @escaping @Sendable () throws(SystemError) -> Void,
            read: @escaping @Sendable () -> Reading
        ) {
            self.raw = raw
            self.arm = arm
            self.read = read
        }
    }

    private let source: any DispatchSourceRead

    private init(source: any DispatchSourceRead) { self.source = source }

    deinit { source.cancel() }

    /// Starts watching; the handler runs on the queue, once for each time that the clock was set.
    /// - Throws: `SystemError` when the system gives out no timer.
    package static func start(
        on queue: DispatchQueue,
        handler: @escaping @Sendable () -> Void
    ) throws(SystemError) -> ClockWatch {
        try start(Alarm.system(), on: queue, handler: handler)
    }

    /// Starts watching by that alarm.
    /// - Throws: `SystemError` when it cannot be armed.
    package static func start(
        _ alarm: Alarm,
        on queue: DispatchQueue,
        handler: @escaping @Sendable () -> Void
    ) throws(SystemError) -> ClockWatch {
        do throws(SystemError) {
            try alarm.arm()
        } catch {
            close(alarm.raw)
            throw error
        }
        let source = DispatchSource.makeReadSource(fileDescriptor: alarm.raw, queue: queue)
        source.setEventHandler {
            let reading = alarm.read()
            // Before the handler, so that a step while it runs is told, too.
            try? alarm.arm()
            if case .cancelled = reading { handler() }
        }
        source.setCancelHandler { close(alarm.raw) }
        source.activate()
        return ClockWatch(source: source)
    }
}

extension ClockWatch.Alarm {
    /// A timer of the kernel's that never comes and is cancelled when somebody sets the clock.
    /// - Throws: `SystemError` when the system gives out no timer.
    package static func system() throws(SystemError) -> ClockWatch.Alarm {
        let raw = try checked("timerfd_create") {
            timerfd_create(CLOCK_REALTIME, CLINUX_TFD_NONBLOCK | CLINUX_TFD_CLOEXEC)
        }
        return ClockWatch.Alarm(
            owning: raw,
            arm: { () throws(SystemError) in
                var never = itimerspec()
                // 2100: a timer that fires would be read and armed again like one that was cancelled.
                never.it_value.tv_sec = 4_102_444_800
                _ = try checked("timerfd_settime") {
                    unsafe timerfd_settime(raw, CLINUX_TFD_TIMER_ABSTIME | CLINUX_TFD_TIMER_CANCEL_ON_SET, &never, nil)
                }
            },
            read: {
                var count: UInt64 = 0
                let got = unsafe Glibc.read(raw, &count, 8)
                return got == -1 && errno == ECANCELED ? .cancelled : .other
            }
        )
    }
}
