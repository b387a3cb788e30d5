// The calendar of working days that dutyctl calendar goes by: one that was named, or the installed one.

import Almanac
import ArgumentParser
import Diagnostics
import Jobs
import Linux

enum InstalledCalendars {
    private static let folder = "/etc/dutyd/calendars"
    /// A calendar larger than that is a mistake.
    private static let sizeLimit = 4 << 20

    /// The calendar of a file, or of that name among the installed ones.
    /// - Throws: `Diagnostic` when there is none or it cannot be used.
    static func calendar(_ name: String) throws(Diagnostic) -> WorkingDayCalendar {
        let isFile = name.contains("/") || CalendarFolder.endings.contains(where: name.hasSuffix)
        let read = isFile ? CalendarFolder([file(at: name)]) : CalendarFolder(installed())
        if let calendar = isFile ? read.calendars.values.first : read.calendars[name] { return calendar }
        if let problem = read.problems.first(where: { $0.severity == .error }), isFile || read.unusable.contains(name) {
            throw problem
        }
        throw Diagnostic(
            "there is no such calendar of working days",
            found: name,
            expected: "a file, or the name of a calendar in \(folder)",
            remedy: suggestion(for: name, among: read.calendars.keys)
        )
    }

    /// The only calendar that is installed; `nil` when there is none, or several.
    static func only() -> WorkingDayCalendar? {
        let read = CalendarFolder(installed())
        return read.calendars.count == 1 && read.unusable.isEmpty ? read.calendars.values.first : nil
    }

    private static func installed() -> [SettingsFile] {
        let names = (try? Directory.open(path: folder).list()) ?? []
        return names.filter { !$0.hasPrefix(".") }.flatMap { name -> [SettingsFile] in
            if CalendarFolder.endings.contains(where: name.hasSuffix) {
                return [file(at: "\(folder)/\(name)", as: "calendars/\(name)")]
            }
            let inner = (try? Directory.open(path: "\(folder)/\(name)").list()) ?? []
            return inner.filter { inner in
                !inner.hasPrefix(".") && CalendarFolder.endings.contains(where: inner.hasSuffix)
            }.map { file(at: "\(folder)/\(name)/\($0)", as: "calendars/\(name)/\($0)") }
        }
    }

    private static func file(at path: String, as place: String? = nil) -> SettingsFile {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let name = String(parts.last ?? "")
        let parent = parts.dropLast().joined(separator: "/")
        do throws(SystemError) {
            let directory = try Directory.open(path: parent.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : parent)
            let bytes = try directory.openTrusted(name).readAll(limit: sizeLimit)
            return SettingsFile(path: place ?? "calendars/\(name)", displayName: path, bytes: bytes)
        } catch {
            let problem = Diagnostic("the file cannot be read", at: Position(file: path), found: "\(error)")
            return SettingsFile(path: place ?? "calendars/\(name)", displayName: path, unreadable: problem)
        }
    }
}
