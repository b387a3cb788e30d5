// Making a folder with everything above it, for trees that one person keeps below a root of its own.

internal import Glibc

extension Directory {
    /// Makes the folder and those above it that are missing; existing ones stay as they are.
    package static func makePath(_ path: String, mode: UInt32 = 0o750) throws(SystemError) {
        var prefix = path.hasPrefix("/") ? "/" : ""
        for name in path.split(separator: "/") {
            prefix += prefix.isEmpty || prefix.hasSuffix("/") ? String(name) : "/\(name)"
            do {
                try checked("mkdir", prefix) { unsafe mkdir(prefix, mode) }
            } catch  where error.code == SystemError.alreadyExists {
                continue
            }
        }
    }
}
