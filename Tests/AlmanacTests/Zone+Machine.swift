// Zones of the machine that runs the tests.

import Almanac
import Foundation
import TestKit

extension Zone {
    static func machine(_ name: String) throws -> Zone {
        let data = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))
        return try Zone(name: name, tzif: Array(data))
    }

    /// The names of all zones of the database, without their other names.
    static func namesOnMachine() throws -> [String] {
        let table = try String(contentsOfFile: "/usr/share/zoneinfo/tzdata.zi", encoding: .utf8)
        let names = table.split(separator: "\n").filter { $0.hasPrefix("Z ") }.map {
            String($0.split(separator: " ")[1])
        }
        guard names.count > 200 else { throw Oracle.Failure(description: "tzdata.zi names \(names.count) zones") }
        return names
    }

    static func isOnMachine(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/\(name)")
    }
}
