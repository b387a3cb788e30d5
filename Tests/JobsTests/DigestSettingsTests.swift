// From how many texts of one run on a department gets one digest.

import Diagnostics
import Jobs
import TestKit
import Testing

@Suite struct DigestSettingsTests {
    @Test(arguments: [(nil, 10), ("1", 1), ("10000", 10_000)])
    func `a number of texts is taken as it stands, ten if none is given`(text: String?, expected: Int) throws {
        var files = SettingsFiles.district
        if let text { files.settings["dutyd.yaml"]?.append("\ndigest-above: \(text)\n") }
        let configuration = try files.read()
        #expect(configuration.problems == [])
        #expect(configuration.settings.digestAbove == expected)
    }

    @Test(arguments: ["0", "-1", "10001", "ten"])
    func `what is no such number is named`(text: String) throws {
        var files = SettingsFiles.district
        files.settings["dutyd.yaml"]?.append("\ndigest-above: \(text)\n")
        let problem = try #require(try files.read().problems.first)
        #expect(problem.key == "digest-above")
        #expect(problem.found == text)
    }
}
