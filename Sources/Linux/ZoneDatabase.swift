// Time zones from the system's own database, so that an update of tzdata reaches the daemon without a restart.

package import Almanac
package import Diagnostics
internal import Glibc
internal import Synchronization

/// The zones of a zoneinfo directory, each read once and again when its file changes.
package struct ZoneDatabase: Sendable {
    private struct Entry {
        let zone: Zone
        let file: FileStatus
    }

    private final class Cache: Sendable {
        let entries = Mutex<[String: Entry]>([:])
    }

    private let directory: String
    private let localTime: String
    private let cache = Cache()

    /// Zones under `directory`; `localTime` is the link that names the machine's own zone.
    ///
    /// Without a directory, the one that the variable `TZDIR` of the environment names, as for the C library, else the
    /// system's.
    package init(directory: String? = nil, localTime: String = "/etc/localtime") {
        self.directory = directory ?? Self.environment ?? "/usr/share/zoneinfo"
        self.localTime = localTime
    }

    private static var environment: String? {
        guard let value = unsafe getenv("TZDIR") else { return nil }
        let path = unsafe String(cString: value)
        return path.isEmpty ? nil : path
    }

    /// The zone of that IANA name.
    package func zone(named name: String) throws(Diagnostic) -> Zone {
        guard Self.isSafe(name), let file = open(name), let status = try? file.status() else { throw unknown(name) }
        if let entry = cache.entries.withLock({ $0[name] }), entry.file == status { return entry.zone }
        guard let bytes = Self.contents(of: file, status) else { throw unknown(name) }
        let zone = try Zone(name: name, tzif: bytes)
        cache.entries.withLock { $0[name] = Entry(zone: zone, file: status) }
        return zone
    }

    /// The folders in which the files of zones lie.
    package func folders(of names: some Sequence<String>) -> [String] {
        let folders = names.filter(Self.isSafe).map { name in
            name.lastIndex(of: "/").map { "\(directory)/\(name[..<$0])" } ?? directory
        }
        return Set(folders).sorted()
    }

    /// Whether there is a zone of that name.
    package func contains(_ name: String) -> Bool {
        guard Self.isSafe(name), let file = open(name), let status = try? file.status() else { return false }
        return Self.contents(of: file, status) != nil
    }

    /// The name of the machine's own zone: `UTC` when none is set, `nil` when the setting names no zone of ours.
    package func localZoneName() -> String? {
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = unsafe readlink(localTime, &target, target.count - 1)
        guard length > 0 else { return errno == ENOENT ? "UTC" : nil }
        let path = String(decoding: target[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
        let parts = path.split(separator: "/")
        guard let root = parts.lastIndex(of: "zoneinfo") else { return nil }
        let name = parts[(root + 1)...].joined(separator: "/")
        return contains(name) ? name : nil
    }

    /// The folder in which the setting of the machine's own zone lies.
    var localTimeFolder: String { localTime.lastIndex(of: "/").map { String(localTime[..<$0]) } ?? "." }

    /// Only what IANA names are made of, and nothing that leads out of the directory or to another copy of a zone.
    private static func isSafe(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return name.utf8.count <= 64 && parts.count <= 3
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                            UInt8(ascii: "_"):
                            true
                        default: false
                        }
                    }
            }
            && !["posix", "right"].contains(parts[0]) && !["localtime", "posixrules"].contains(name)
    }

    /// Links are followed here: tzdata itself is made of them, and only the administrator writes there.
    private func open(_ name: String) -> Descriptor? {
        let raw = unsafe Glibc.open("\(directory)/\(name)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        return raw == -1 ? nil : Descriptor(owning: raw)
    }

    private static func contents(of file: borrowing Descriptor, _ status: FileStatus) -> [UInt8]? {
        guard status.kind == .regular, let bytes = try? file.readAll(limit: 1_048_576) else { return nil }
        return bytes.starts(with: "TZif".utf8) ? bytes : nil
    }

    private func unknown(_ name: String) -> Diagnostic {
        let known = knownNames().filter { $0 != name }
        let near = nearestName(to: name, among: known)
        return Diagnostic(
            "no such time zone in \(directory)",
            found: name,
            expected: "an IANA name, for example \"Asia/Shanghai\" or \"UTC\"",
            remedy: near.map { "did you mean \"\($0)\"?" }
                ?? (known.isEmpty ? "is the package tzdata installed?" : "timedatectl list-timezones lists them")
        )
    }

    private func knownNames() -> [String] {
        guard let root = try? Directory.open(path: directory) else { return [] }
        var names: [String] = []
        var waiting: [(directory: Directory, prefix: String)] = [(root, "")]
        while let (directory, prefix) = waiting.popLast() {
            for name in (try? directory.list()) ?? [] where Self.isSafe(prefix + name) {
                if let child = try? directory.subdirectory(name) {
                    waiting.append((child, "\(prefix)\(name)/"))
                } else {
                    names.append(prefix + name)
                }
            }
        }
        return names
    }
}
