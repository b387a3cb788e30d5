// Offsets and names of zones against Python's zoneinfo, which reads the same files.

import Almanac
import Foundation
import TestKit
import Testing

@Suite struct ZoneOracleTests {
    @Test func offsetsAndNamesAreThoseOfZoneinfo() throws {
        var generator = SeededGenerator(seed: 4)
        let table = try String(contentsOfFile: "/usr/share/zoneinfo/tzdata.zi", encoding: .utf8)
        let linked = table.split(separator: "\n").filter { $0.hasPrefix("Z ") }.map {
            String($0.split(separator: " ")[1])
        }
        try #require(linked.count > 200)
        var questions: [(zone: Zone, instant: Instant)] = []
        for name in linked + ["Asia/Chongqing", "Europe/Dublin"] {
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
