// The machine's own zone, set as administrators set it.

import Dispatch
import Foundation
import Linux
import Testing

@Suite(.timeLimit(.minutes(1))) struct LocalZoneWatchTests {
    @Test func eachZoneThatIsSetIsToldOnceHoweverItIsSet() async throws {
        let scratch = try Scratch()
        let link = "\(scratch.path)/localtime"
        let files = FileManager.default
        func point(to zone: String, at path: String) throws {
            try files.createSymbolicLink(atPath: path, withDestinationPath: "/usr/share/zoneinfo/\(zone)")
        }
        try point(to: "Asia/Shanghai", at: link)
        let (names, teller) = AsyncStream.makeStream(of: String?.self)
        let watch = try LocalZoneWatch.start(ZoneDatabase(localTime: link), on: DispatchQueue(label: "test")) { name in
            teller.yield(name)
        }
        var told = names.makeAsyncIterator()
        // Renamed over the old one, as timedatectl and ln -sf do.
        try point(to: "Europe/Berlin", at: "\(link).new")
        #expect(unsafe rename("\(link).new", link) == 0)
        #expect(await told.next() == "Europe/Berlin")
        // What else happens in the folder, or sets the same zone again, is told to nobody.
        try Data().write(to: URL(fileURLWithPath: "\(scratch.path)/other"))
        try point(to: "Europe/Berlin", at: "\(link).new")
        #expect(unsafe rename("\(link).new", link) == 0)
        try files.removeItem(atPath: link)
        #expect(await told.next() == "UTC")
        try point(to: "No/Where", at: link)
        #expect(await told.next() == .some(nil))
        withExtendedLifetime(watch) {}
    }
}
