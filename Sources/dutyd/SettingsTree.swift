// Reads the files of the configuration from disk; what they mean is not decided here.

import Almanac
import Diagnostics
import Jobs
import Linux

/// The settings files below a configuration folder, and the job files of the job folders.
struct SettingsTree {
    /// A settings file larger than that is a mistake.
    private static let sizeLimit = 4 << 20

    private let settings: [SettingsFile]
    private let jobs: [SettingsFile]

    /// Reads all files.
    /// - Throws: `Diagnostic` when the configuration folder itself cannot be read.
    init(_ places: Places) throws(Diagnostic) {
        var settings: [SettingsFile] = []
        let root = places.configuration
        guard let directory = try? Directory.open(path: root) else {
            throw Diagnostic(
                "the configuration folder cannot be opened",
                at: Position(file: root),
                remedy: "name the right folder with --config, or make it readable"
            )
        }
        settings += try Self.files(in: directory, prefix: "", endings: [".yaml"])
        for folder in ["feeds", "standards"] {
            settings += try Self.files(in: directory, below: folder, endings: [".yaml"])
        }
        settings += try Self.files(in: directory, below: "calendars", endings: [".csv"])
        for language in Configuration.languages {
            settings += try Self.files(in: directory, below: "words/\(language)", endings: [".yaml", ".txt"])
        }
        self.settings = settings

        var jobs: [String: SettingsFile] = [:]
        for path in places.jobs {
            guard let directory = try? Directory.open(path: path) else { continue }
            for file in try Self.files(in: directory, prefix: "", endings: [".yaml"]) {
                // An empty file masks the one that an earlier folder has under the same name, as systemd does it.
                jobs[file.stem] = file.bytes.isEmpty ? nil : file
            }
        }
        self.jobs = Array(jobs.values)
    }

    /// What the files say.
    /// - Throws: `Diagnostic` when `dutyd.yaml` cannot be used.
    func configuration(zones: ZoneDatabase) throws(Diagnostic) -> Configuration {
        try Configuration(settings: settings, jobs: jobs) { name throws(Diagnostic) in try zones.zone(named: name) }
    }

    private static func files(
        in directory: Directory,
        below folder: String,
        endings: [String]
    ) throws(Diagnostic) -> [SettingsFile] {
        guard let inner = try? directory.subdirectory(folder) else { return [] }
        return try files(in: inner, prefix: folder + "/", endings: endings)
    }

    private static func files(
        in directory: Directory,
        prefix: String,
        endings: [String]
    ) throws(Diagnostic) -> [SettingsFile] {
        do throws(SystemError) {
            var files: [SettingsFile] = []
            for name in try directory.list() where !name.hasPrefix(".") && endings.contains(where: name.hasSuffix) {
                let bytes = try directory.openFile(name).readAll(limit: sizeLimit)
                files.append(SettingsFile(path: prefix + name, displayName: directory.pathOf(name), bytes: bytes))
            }
            return files
        } catch {
            throw Diagnostic(
                "a settings file cannot be read",
                at: Position(file: error.path ?? directory.path),
                found: "\(error)",
                remedy: "make it readable for the user that runs dutyd"
            )
        }
    }
}
