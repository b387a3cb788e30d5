// Zones of the machine that runs the tests.

import Almanac
import Foundation

extension Zone {
    static func machine(_ name: String) throws -> Zone {
        let data = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))
        return try Zone(name: name, tzif: Array(data))
    }

    static func isOnMachine(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/\(name)")
    }
}
