// Files read again, with what an earlier reading found: the outcome must be the one of reading all of them anew.

import Almanac
import Diagnostics
import Jobs
import Scheduling
import TestKit
import Testing

@Suite struct RereadingTests {
    /// The district with eight jobs.
    private static func district() throws -> SettingsFiles {
        var files = SettingsFiles.district
        let text = try #require(files.jobs["river.yaml"])
        files.jobs["river.yaml"] = nil
        for number in 0..<8 {
            files.jobs["river-\(number).yaml"] = text.replacing("job: river", with: "job: river-\(number)")
        }
        return files
    }

    private static func expectSame(_ again: Configuration, as anew: Configuration, _ change: String) {
        #expect(again.jobs == anew.jobs, "\(change)")
        #expect(again.problems == anew.problems, "\(change)")
        #expect(again.brokenJobs == anew.brokenJobs, "\(change)")
        #expect(again.feeds == anew.feeds && again.departments == anew.departments, "\(change)")
        #expect(again.settings == anew.settings, "\(change)")
        #expect(again.zones == anew.zones, "\(change)")
        // What is said later of a schedule has its place, too.
        let late = Instant(seconds: 7_200_000_000)
        #expect(again.scheduleProblems(from: late) == anew.scheduleProblems(from: late), "\(change)")
    }

    /// What somebody may do to the files; each says what it did.
    private static func change(_ files: inout SettingsFiles, by chance: inout SeededGenerator) throws -> String {
        let whole = try district()
        let name = "river-\(Int.random(in: 0..<8, using: &chance)).yaml"
        let text = try #require(whole.jobs[name])
        func replace(_ piece: String, _ replacement: String) {
            files.jobs[name] = text.replacing(piece, with: replacement)
        }
        switch Int.random(in: 0..<12, using: &chance) {
        case 0: files.jobs[name] = nil
        case 1: files.jobs[name] = text
        case 2: replace("*-*-05 09:00", "*-*-\(Int.random(in: 10..<28, using: &chance)) 09:00")
        case 3: replace("*-*-05 09:00", "*-*-05 09:00 Europe/Berlin")
        case 4: replace("to: [water]", "to: [wter]")
        case 5: replace("*-*-05 09:00", "2024-01-01")
        case 6: replace("*-*-05 09:00", "*:*:0/10")
        case 7: files.jobs[name] = "job: [river"
        case 8: files.settings["departments.yaml"] = whole.settings["departments.yaml"]
        case 9:
            files.settings["departments.yaml"] = whole.settings["departments.yaml"]?.replacing("office:", with: "hall:")
        case 10:
            let feed = try #require(whole.settings["feeds/water.yaml"])
            files.settings["feeds/water.yaml"] = Bool.random(using: &chance) ? feed : feed + "broken"
        default:
            let words = "words/en/section-compliance.yaml"
            files.settings[words] = files.settings[words] == nil ? whole.settings[words] : nil
        }
        return "\(name) and others"
    }

    @Test(arguments: 1...20)
    func `reading what changed comes to the same as reading everything`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        var files = try Self.district()
        var configuration = try files.read()
        for step in 1...15 {
            let change = try Self.change(&files, by: &chance)
            configuration = try files.read(earlier: configuration)
            Self.expectSame(configuration, as: try files.read(), "seed \(seed), step \(step): \(change)")
        }
    }

    @Test func `a zone whose clocks have changed reaches the jobs whose files have not`() throws {
        var files = try Self.district()
        files.jobs["river-3.yaml"] = files.jobs["river-3.yaml"]?.replacing("09:00", with: "09:00 Europe/Berlin")
        let configuration = try files.read()
        let newer = try SettingsFiles.zone(named: "Europe/Rome")
        let again = try files.read(earlier: configuration) { name throws(Diagnostic) in
            name == "Europe/Berlin" ? newer : try SettingsFiles.zone(named: name)
        }
        #expect(again.job(named: "river-3")?.schedule.occurrences.map(\.zone) == [newer])
        #expect(again.job(named: "river-2") == configuration.job(named: "river-2"))
    }

    @Test func `a name that stands in many files is looked up once`() throws {
        var files = try Self.district()
        for (name, text) in files.jobs { files.jobs[name] = text.replacing("09:00", with: "09:00 Europe/Berln") }
        var asked: [String] = []
        let configuration = try files.read { name throws(Diagnostic) in
            asked.append(name)
            return try SettingsFiles.zone(named: name)
        }
        #expect(configuration.brokenJobs.count == 8)
        #expect(asked.sorted() == ["Europe/Berln", "UTC"])
    }

    @Test func `a file under another name is read anew`() throws {
        // A job that moves from the installed folder to the administrator's is spoken of by its new place.
        func read(_ displayName: String, _ earlier: Configuration?) throws -> Configuration {
            var files = SettingsFiles.district
            let text = try #require(files.jobs["river.yaml"])
            files.jobs["river.yaml"] = nil
            let old = text.replacing("*-*-05 09:00", with: "2024-01-01")
            return try Configuration(
                settings: files.settings.sorted { $0.key < $1.key }.map {
                    SettingsFile(path: $0.key, displayName: $0.key, bytes: Array($0.value.utf8))
                },
                jobs: [SettingsFile(path: "river.yaml", displayName: displayName, bytes: Array(old.utf8))],
                earlier: earlier,
                zone: SettingsFiles.zone
            )
        }
        let again = try read("/etc/river.yaml", try read("/usr/river.yaml", nil))
        let problems = again.scheduleProblems(from: Instant(seconds: 2_000_000_000))
        #expect(problems.map { $0.position?.file } == ["/etc/river.yaml"])
    }
}
