// Reads the files of the configuration from disk; what they mean is not decided here.

import Almanac
import Diagnostics
import Jobs
import Linux
import Records

/// The settings files below a configuration folder, and the job files of the job folders.
struct SettingsTree {
    /// A settings file larger than that is a mistake.
    private static let sizeLimit = 4 << 20

    private let settings: [SettingsFile]
    private let jobs: [SettingsFile]

    /// Reads all files.
    /// - Throws: `Diagnostic` when a folder that has to be there cannot be read.
    init(_ places: Places) throws(Diagnostic) {
        let root = places.configuration
        var settings = try Self.files(in: root, prefix: "", endings: [".yaml"], isOptional: false)
        for (folder, endings) in [("feeds", [".yaml"]), ("standards", [".yaml", ".csv"])] {
            settings += try Self.files(in: "\(root)/\(folder)", prefix: "\(folder)/", endings: endings)
        }
        settings += try Self.calendarFiles(in: "\(root)/calendars")
        for folder in Configuration.languages.map({ "words/\($0)" }) {
            settings += try Self.files(in: "\(root)/\(folder)", prefix: "\(folder)/", endings: [".yaml", ".txt"])
        }
        self.settings = settings

        var jobs: [String: SettingsFile] = [:]
        for folder in places.jobs {
            let files = try Self.files(in: folder, prefix: "", endings: [".yaml"], isOptional: places.jobs.count > 1)
            // An empty file masks the one that an earlier folder has under the same name, as systemd does it.
            for file in files { jobs[file.stem] = file.isEmpty ? nil : file }
        }
        self.jobs = Array(jobs.values)
    }

    /// Tells one state of the files from another.
    var fingerprint: ContentFingerprint.Value { SettingsFile.fingerprint(of: settings + jobs) }

    /// The files of the calendars, and those in the folders beside them.
    private static func calendarFiles(in root: String) throws(Diagnostic) -> [SettingsFile] {
        var files = try files(in: root, prefix: "calendars/", endings: CalendarFolder.endings)
        let names = (try? Directory.open(path: root).list()) ?? []
        for name in names where !name.hasPrefix(".") && isFolder("\(root)/\(name)") {
            files += try Self.files(
                in: "\(root)/\(name)",
                prefix: "calendars/\(name)/",
                endings: CalendarFolder.endings
            )
        }
        return files
    }

    /// Whether a name stands for a folder, or for something that has to be complained about as one.
    private static func isFolder(_ path: String) -> Bool {
        do throws(SystemError) {
            _ = try Directory.open(path: path)
            return true
        } catch {
            return error.code != SystemError.notADirectory && error.code != SystemError.doesNotExist
        }
    }

    /// What the files say; what an earlier reading found in files that are still the same is taken over.
    /// - Throws: `Diagnostic` when `dutyd.yaml` cannot be used.
    func configuration(zones: ZoneDatabase, earlier: Configuration? = nil) throws(Diagnostic) -> Configuration {
        try Configuration(settings: settings, jobs: jobs, earlier: earlier) { name throws(Diagnostic) in
            try zones.zone(named: name)
        }
    }

    /// The files of one folder; the administrator's own symbolic links are followed.
    private static func files(
        in path: String,
        prefix: String,
        endings: [String],
        isOptional: Bool = true
    ) throws(Diagnostic) -> [SettingsFile] {
        let directory: Directory
        let names: [String]
        do throws(SystemError) {
            directory = try Directory.open(path: path)
            names = try directory.list()
        } catch {
            if isOptional, error.code == SystemError.doesNotExist { return [] }
            throw Diagnostic(
                "a folder of the configuration cannot be read",
                at: Position(file: path),
                found: "\(error)",
                remedy:
                    "name the right folder with --config or --jobs, or make it readable for the user that runs dutyd"
            )
        }
        return names.filter { name in !name.hasPrefix(".") && endings.contains(where: name.hasSuffix) }.map { name in
            let displayName = directory.pathOf(name)
            do throws(SystemError) {
                let bytes = try directory.openTrusted(name).readAll(limit: sizeLimit)
                return SettingsFile(path: prefix + name, displayName: displayName, bytes: bytes)
            } catch {
                let problem = Diagnostic(
                    "the file cannot be read",
                    found: "\(error)",
                    remedy: "make it readable for the user that runs dutyd"
                )
                return SettingsFile(path: prefix + name, displayName: displayName, unreadable: problem)
            }
        }
    }
}
