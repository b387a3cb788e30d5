// Actors, timers and signals on one queue: a handler that were on the wrong queue would abort the whole test run.

import Almanac
import Dispatch
import Foundation
import Linux
import Testing

private actor Bell {
    nonisolated let executor = QueueExecutor(label: "bell")
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    private let rings: AsyncStream<Instant>.Continuation
    private let clock: WallClock
    private var timer: WallTimer?
    private var watch: SignalWatch?

    init(_ rings: AsyncStream<Instant>.Continuation, clock: WallClock = WallClock()) {
        self.rings = rings
        self.clock = clock
    }

    func ring() { rings.yield(clock.now()) }

    func arm(at instants: Instant?...) {
        let timer = timer ?? WallTimer(queue: executor.queue) { [weak self] in self?.assumeIsolated { $0.ring() } }
        self.timer = timer
        for instant in instants {
            if let instant { timer.arm(at: instant, clock: clock) } else { timer.disarm() }
        }
    }

    /// Called from elsewhere, because starting waits for the queue.
    nonisolated func listen(for signal: Int32) async {
        let watch = SignalWatch.start([signal], on: executor.queue) { [weak self] _ in
            self?.assumeIsolated { $0.ring() }
        }
        await keep(watch)
    }

    private func keep(_ watch: sending SignalWatch) { self.watch = watch }
}

@Suite(.timeLimit(.minutes(1))) struct QueueExecutorTests {
    private let rings: AsyncStream<Instant>
    private let continuation: AsyncStream<Instant>.Continuation

    init() { (rings, continuation) = AsyncStream<Instant>.makeStream() }

    private func firstRing() async -> Instant? {
        for await ring in rings { return ring }
        return nil
    }

    @Test func actorsRunOnTheirQueue() async {
        let bell = Bell(continuation)
        await bell.ring()
        #expect(await firstRing() != nil)
        // Aborts unless the queue is the actor's executor.
        bell.executor.queue.sync { bell.assumeIsolated { $0.ring() } }
    }

    @Test func aTimerFiresAtItsInstantAndNotBefore() async throws {
        let bell = Bell(continuation)
        let due = Instant(microseconds: WallClock().now().microseconds + 50_000)
        await bell.arm(at: due)
        let rang = try #require(await firstRing())
        #expect(rang >= due)
    }

    @Test(arguments: [-1_000_000, 0, 978_307_200])
    func anInstantThatHasPassedFiresAtOnce(seconds: Int64) async throws {
        let bell = Bell(continuation)
        await bell.arm(at: Instant(seconds: seconds))
        #expect(await firstRing() != nil)
    }

    @Test func theLastArmingCounts() async throws {
        let bell = Bell(continuation)
        let now = WallClock().now()
        let due = Instant(microseconds: now.microseconds + 30_000)
        await bell.arm(at: now.adding(seconds: 3600), nil, Instant(microseconds: now.microseconds + 1), nil, due)
        let rang = try #require(await firstRing())
        #expect(rang >= due)
    }

    @Test func aShiftedClockRingsInItsOwnTime() async throws {
        let start = Instant(seconds: 1_893_456_000)
        let clock = WallClock.starting(at: start)
        let bell = Bell(continuation, clock: clock)
        let due = Instant(microseconds: clock.now().microseconds + 20_000)
        await bell.arm(at: due)
        let rang = try #require(await firstRing())
        #expect(rang >= due)
        #expect(rang < start.adding(seconds: 60))
    }

    @Test func aSignalSentRightAfterTheStartIsNotLost() async {
        let bell = Bell(continuation)
        await bell.listen(for: SIGUSR2)
        kill(getpid(), SIGUSR2)
        #expect(await firstRing() != nil)
    }
}

@Suite struct WallClockTests {
    @Test func theSystemsClockIsNotShifted() {
        let clock = WallClock()
        #expect(!clock.isShifted)
        #expect(abs(Double(clock.now().microseconds) / 1e6 - Date().timeIntervalSince1970) < 5)
        #expect(clock.systemInstant(for: Instant(seconds: 5)) == Instant(seconds: 5))
    }

    @Test func aShiftedClockMapsBackToTheSystems() {
        let clock = WallClock(shiftedBy: 7_000_000)
        #expect(clock.isShifted)
        #expect(clock.systemInstant(for: Instant(seconds: 10)) == Instant(seconds: 3))
    }
}
