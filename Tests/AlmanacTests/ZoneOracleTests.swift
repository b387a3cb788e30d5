// Offsets and names of zones against Python's zoneinfo, which reads the same files.

import Almanac
import TestKit
import Testing

@Suite struct ZoneOracleTests {
    @Test func offsetsAndNamesAreThoseOfZoneinfo() throws {
        var generator = SeededGenerator(seed: 4)
        var questions: [(zone: Zone, instant: Instant)] = []
        for name in try Zone.namesOnMachine() + ["Asia/Chongqing"] {
            let zone = try Zone.machine(name)
            for years in [1850...1920, 1920...1970, 1970...2038, 1970...2038, 2037...2200, 2500...9990] {
                for _ in 0..<20 { questions.append((zone, generator.instant(years: years))) }
            }
        }
        let answers = try Oracle(program: "zone_oracle.py").answers(
            to: questions.map { "\($0.zone.name)\t\($0.instant.seconds)" }
        )
        for (question, answer) in zip(questions, answers) {
            let ours =
                "\(question.zone.utcOffset(at: question.instant))\t\(question.zone.abbreviation(at: question.instant))"
            #expect(ours == answer, "\(question.zone.name) at \(question.instant.seconds)")
        }
    }

    @Test func `every clock change of every zone from 1970 to 2199 is that of zoneinfo`() throws {
        let names = try Zone.namesOnMachine()
        var changes = 0
        for (name, answer) in zip(names, try Oracle(program: "zone_oracle.py").answers(to: names)) {
            let zone = try Zone.machine(name)
            let stretches = answer.split(separator: "\t").map { $0.split(separator: " ") }
            changes += stretches.count - 1
            var wrong: [Instant] = []
            for (index, stretch) in stretches.enumerated() {
                let start = try #require(Int64(stretch[0]))
                let end = index + 1 < stretches.count ? try #require(Int64(stretches[index + 1][0])) : start + 86_400
                for seconds in [start, start + (end - start) / 3, end - 1] {
                    let instant = Instant(seconds: seconds)
                    if String(zone.utcOffset(at: instant)) != stretch[1] { wrong.append(instant) }
                }
                if zone.abbreviation(at: Instant(seconds: start)) != stretch[2] {
                    wrong.append(Instant(seconds: start))
                }
            }
            #expect(wrong.isEmpty, "\(name) at \(wrong.prefix(5))")
        }
        // Half of the zones change their clocks twice in most of these 230 years.
        #expect(changes > 20_000)
    }

    @Test func everyInstantIsFoundAgainFromItsReadingOfTheClocks() throws {
        var generator = SeededGenerator(seed: 5)
        for name in ["Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "Asia/Shanghai"] {
            let zone = try Zone.machine(name)
            for _ in 0..<4_000 {
                let instant = generator.instant(years: generator.pick([1890...1950, 1970...2038, 2030...2500]))
                let isFound =
                    switch zone.mapping(of: zone.civil(at: instant)) {
                    case .one(let found): found == instant
                    case .overlap(let first, let second): first < second && (first == instant || second == instant)
                    case .gap: false
                    }
                #expect(isFound, "\(name) \(zone.rfc3339(instant))")
            }
        }
    }
}
