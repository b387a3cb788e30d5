// The one clock of the daemon.

package import Almanac
internal import Glibc

/// The system's real-time clock, or the same clock shifted by a fixed amount to rehearse another day.
package struct WallClock: Sendable {
    /// How far this clock is ahead of the system's, in microseconds.
    private let shift: Int64

    package init(shiftedBy microseconds: Int64 = 0) { shift = microseconds }

    /// A clock that shows `instant` now and goes on from there.
    package static func starting(at instant: Instant) -> WallClock {
        WallClock(shiftedBy: instant.microseconds - WallClock().now().microseconds)
    }

    /// Whether it is not the real time that this clock shows.
    package var isShifted: Bool { shift != 0 }

    /// What the clock shows.
    package func now() -> Instant {
        var time = timespec()
        // CLOCK_REALTIME always exists, so there is no error to check.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000 + shift)
    }

    /// What the system's clock shows when this one shows `instant`.
    package func systemInstant(for instant: Instant) -> Instant {
        let (difference, overflow) = instant.microseconds.subtractingReportingOverflow(shift)
        return overflow ? instant : Instant(microseconds: difference)
    }
}
