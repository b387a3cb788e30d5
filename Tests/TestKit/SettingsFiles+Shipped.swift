// The settings that are shipped, as the daemon reads them.

package import Alerts
import Diagnostics
import Foundation
package import Jobs

extension SettingsFiles {
    /// The files below `Config/` and `Jobs/`.
    package static func shipped() throws -> SettingsFiles {
        let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardized
        func texts(below folder: String) throws -> [String: String] {
            let names = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
            var texts: [String: String] = [:]
            for name in names where name.hasSuffix(".yaml") || name.hasSuffix(".txt") || name.hasSuffix(".csv") {
                texts[name] = try String(contentsOf: root.appending(path: "\(folder)/\(name)"), encoding: .utf8)
            }
            return texts
        }
        return SettingsFiles(settings: try texts(below: "Config"), jobs: try texts(below: "Jobs"))
    }
}

extension Configuration {
    /// What the shipped files say, read once for all tests that change nothing of them.
    package static func shipped() throws -> Configuration { try readOnce.get() }

    private static let readOnce = Result { try SettingsFiles.shipped().read() }
}

extension Words {
    /// The words below `Config/words/`, in the order in which a text gives the languages.
    package static func shipped() throws -> [Words] { try Configuration.shipped().words }
}
