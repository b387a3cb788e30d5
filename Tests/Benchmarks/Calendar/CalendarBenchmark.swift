// Asks one calendar event for its next elapse after many instants and says what came of it and how long a call took, as
// one JSON line; Tests/Benchmarks/calendar compares that with systemd and croniter.

import Almanac
import JSON
import Linux

@main
enum CalendarBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let count = Int(arguments[3]), let rounds = Int(arguments[4]) else {
            print("usage: benchmark-calendar EVENT ZONE INSTANTS ROUNDS; Tests/Benchmarks/calendar says what for")
            throw SystemError(call: "benchmark-calendar", code: SystemError.invalidArgument)
        }
        let database = ZoneDatabase()
        let event = try CalendarEvent(arguments[1], isKnownZone: database.contains)
        let zone = try database.zone(named: event.zoneName ?? arguments[2])
        let instants = instants(count)

        var sum: UInt64 = 0
        let start = ContinuousClock.now
        for _ in 0..<rounds {
            sum = 0
            for instant in instants {
                let next = event.next(after: instant, in: zone)
                sum &+= next.map { UInt64(bitPattern: $0.microseconds) } ?? 1
            }
        }
        let elapsed = ContinuousClock.now - start
        let report = JSONValue.object([
            "nanoseconds": .double(elapsed / .nanoseconds(1) / Double(count * rounds)),
            "sum": .string(String(sum)),
        ])
        print(report.text(.line))
    }

    /// Instants from 2000 to 2089 without any order, the same in each of the programs that are compared.
    private static func instants(_ count: Int) -> [Instant] {
        var state: UInt64 = 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Instant(microseconds: Int64(946_684_800_000_000 + (state >> 11) % 2_838_240_000_000_000))
        }
    }
}
