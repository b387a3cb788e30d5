// Names and numbers of users and groups, as the system's databases have them.

internal import Glibc

/// Looks up users and groups; a name or number that the system does not know is `nil`, never an error.
package enum UserDatabase {
    /// The number of the group with that name.
    package static func groupID(of name: String) -> UInt32? {
        unsafe lookUp { buffer, size in
            var entry = unsafe group()
            var found: UnsafeMutablePointer<group>?
            let code = unsafe getgrnam_r(name, &entry, buffer, size, &found)
            return (code, unsafe found.map { unsafe $0.pointee.gr_gid })
        }
    }

    /// The group's name, or the number when nobody has it.
    package static func groupName(_ gid: UInt32) -> String {
        let name: String? = unsafe lookUp { buffer, size in
            var entry = unsafe group()
            var found: UnsafeMutablePointer<group>?
            let code = unsafe getgrgid_r(gid, &entry, buffer, size, &found)
            return (code, unsafe found?.pointee.gr_name.map { unsafe String(cString: $0) })
        }
        return name ?? String(gid)
    }

    /// The user's name, or the number when nobody has it.
    package static func userName(_ uid: UInt32) -> String { user(uid)?.name ?? String(uid) }

    static func user(_ uid: UInt32) -> (name: String, group: gid_t)? {
        unsafe lookUp { buffer, size in
            var entry = unsafe passwd()
            var found: UnsafeMutablePointer<passwd>?
            let code = unsafe getpwuid_r(uid, &entry, buffer, size, &found)
            guard let user = unsafe found?.pointee, let name = unsafe user.pw_name else { return (code, nil) }
            return (code, (unsafe String(cString: name), unsafe user.pw_gid))
        }
    }

    /// Repeats a look-up with a larger buffer as long as the entry does not fit.
    private static func lookUp<Value>(
        _ body: (UnsafeMutablePointer<CChar>, Int) -> (code: Int32, value: Value?)
    ) -> Value? {
        var buffer = [CChar](repeating: 0, count: 4096)
        while true {
            let (code, value) = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return (code: ERANGE, value: Value?.none) }
                return unsafe body(start, buffer.count)
            }
            guard code == ERANGE, buffer.count < 1_048_576 else { return value }
            buffer = [CChar](repeating: 0, count: buffer.count * 4)
        }
    }
}
