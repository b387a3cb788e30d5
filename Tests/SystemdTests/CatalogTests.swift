// The journal's catalog against the kinds of entries that there are.

import Foundation
import Systemd
import Testing

@Suite struct CatalogTests {
    /// The catalog's entries by message identifier.
    private let entries: [String: [Substring]]

    init() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../systemd/dutyd.catalog")
        let text = try String(contentsOf: file, encoding: .utf8)
        var entries: [String: [Substring]] = [:]
        var identifier: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("-- ") {
                identifier = String(line.dropFirst(3).prefix(32))
            } else if let identifier {
                entries[identifier, default: []].append(line)
            }
        }
        self.entries = entries
    }

    @Test(arguments: MessageID.allCases)
    func eachKindOfEntryIsExplained(kind: MessageID) throws {
        let lines = try #require(entries[kind.rawValue], "systemd/dutyd.catalog lacks -- \(kind.rawValue)")
        #expect(lines.first?.hasPrefix("Subject: ") == true)
        let explanation = try #require(lines.firstIndex(of: "")).advanced(by: 1)
        #expect(lines[explanation...].contains { !$0.isEmpty }, "nothing stands below the headers")
    }

    @Test func nothingElseIsExplained() {
        #expect(Set(entries.keys) == Set(MessageID.allCases.map(\.rawValue)))
    }
}
