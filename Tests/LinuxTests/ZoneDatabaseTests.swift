// Zones by name from files that an administrator may update under us.

import Almanac
import Diagnostics
import Foundation
import Linux
import Testing

@Suite struct ZoneDatabaseTests {
    @Test(arguments: ["Asia/Shanghai", "UTC", "America/Argentina/Ushuaia", "Etc/GMT+8", "America/Port-au-Prince"])
    func systemZonesAreFound(name: String) throws {
        let zones = ZoneDatabase()
        #expect(zones.contains(name))
        #expect(try zones.zone(named: name).name == name)
    }

    @Test(
        arguments: [
            "", "/etc/passwd", "../../../etc/passwd", "Asia/../UTC", "Asia", "zone.tab", "tzdata.zi", "localtime",
            "posix/UTC", "right/UTC", "Asia//Shanghai", "Asia/Shanghai/", "Asia/Atlantis",
        ]
    )
    func whatIsNoZoneIsRefused(name: String) {
        let zones = ZoneDatabase()
        #expect(!zones.contains(name))
        let error = #expect(throws: Diagnostic.self) { _ = try zones.zone(named: name) }
        #expect(error?.found == name)
    }

    @Test func aSlipOfTheFingerIsAnsweredWithTheName() {
        let error = #expect(throws: Diagnostic.self) { _ = try ZoneDatabase().zone(named: "Asia/Shangai") }
        #expect(error?.remedy == "did you mean \"Asia/Shanghai\"?")
    }

    @Test func anUpdateOfTheDatabaseIsSeenWithoutARestart() throws {
        let scratch = try Scratch()
        let zones = ZoneDatabase(directory: scratch.path)
        let zone = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/Asia/Tokyo"))
        let file = URL(fileURLWithPath: "\(scratch.path)/Here")
        try zone.write(to: file)
        #expect(try zones.zone(named: "Here").name == "Here")
        try scratch.put("no zone any more", at: "Here")
        #expect(throws: Diagnostic.self) { _ = try zones.zone(named: "Here") }
        try zone.write(to: file)
        #expect(try zones.zone(named: "Here").name == "Here")
        try FileManager.default.removeItem(at: file)
        #expect(throws: Diagnostic.self) { _ = try zones.zone(named: "Here") }
    }

    @Test(
        arguments: [
            ("/usr/share/zoneinfo/Asia/Shanghai", "Asia/Shanghai"),
            ("../usr/share/zoneinfo/Europe/Zurich", "Europe/Zurich"),
            ("/usr/share/zoneinfo/No/Where", nil),
            ("/somewhere/else", nil),
        ]
    )
    func theMachinesZoneIsReadFromItsLink(target: String, name: String?) throws {
        let scratch = try Scratch()
        let link = "\(scratch.path)/localtime"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        #expect(ZoneDatabase(localTime: link).localZoneName() == name)
    }

    @Test func aMachineWithoutASettingIsInUTC() throws {
        let scratch = try Scratch()
        #expect(ZoneDatabase(localTime: "\(scratch.path)/nothing").localZoneName() == "UTC")
    }
}
