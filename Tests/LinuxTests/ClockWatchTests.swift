// What a step of the clock comes to, told by an alarm of the test's own: nobody may set this machine's clock.

import Dispatch
import Glibc
import Linux
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct ClockWatchTests {
    /// An alarm that rings when the test says so, and counts how often it was armed.
    private final class Bell: Sendable {
        private let raw: Int32
        private let writer: Int32
        let armings = Mutex(0)
        private let readings = Mutex<[ClockWatch.Reading]>([])

        init() throws {
            var ends: [Int32] = [-1, -1]
            try #require(unsafe pipe(&ends) == 0)
            raw = ends[0]
            writer = ends[1]
        }

        deinit { close(writer) }

        func ring(_ reading: ClockWatch.Reading) {
            readings.withLock { $0.append(reading) }
            var byte: UInt8 = 1
            #expect(unsafe write(writer, &byte, 1) == 1)
        }

        var alarm: ClockWatch.Alarm {
            ClockWatch.Alarm(
                owning: raw,
                arm: { self.armings.withLock { $0 += 1 } },
                read: {
                    var byte: UInt8 = 0
                    _ = unsafe read(self.raw, &byte, 1)
                    return self.readings.withLock { $0.removeFirst() }
                }
            )
        }
    }

    @Test func eachStepIsToldOnceAndTheNextOneToo() async throws {
        let bell = try Bell()
        let (steps, teller) = AsyncStream.makeStream(of: Void.self)
        let watch = try ClockWatch.start(bell.alarm, on: DispatchQueue(label: "test")) { teller.yield() }
        #expect(bell.armings.withLock { $0 } == 1)
        var told = steps.makeAsyncIterator()
        for count in 2...4 {
            bell.ring(.cancelled)
            await told.next()
            #expect(bell.armings.withLock { $0 } == count, "it is armed for the next step")
        }
        withExtendedLifetime(watch) {}
    }

    @Test func whatIsNoStepIsNotToldAndTheWatchGoesOn() async throws {
        let bell = try Bell()
        let queue = DispatchQueue(label: "test")
        let (steps, teller) = AsyncStream.makeStream(of: Int.self)
        let told = Mutex(0)
        let watch = try ClockWatch.start(bell.alarm, on: queue) {
            teller.yield(
                told.withLock {
                    $0 += 1; return $0
                }
            )
        }
        bell.ring(.other)
        while bell.armings.withLock({ $0 }) < 2 { await Task.yield() }
        bell.ring(.cancelled)
        var iterator = steps.makeAsyncIterator()
        #expect(await iterator.next() == 1, "the first thing told is the step")
        withExtendedLifetime(watch) {}
    }

    @Test func theKernelTakesATimerThatIsCancelledWhenTheClockIsSet() throws {
        let alarm = try ClockWatch.Alarm.system()
        try alarm.arm()
        // Nobody sets the clock meanwhile: there is nothing to read.
        if case .cancelled = alarm.read() { Issue.record("a step that nobody made") }
        close(alarm.raw)
    }
}
