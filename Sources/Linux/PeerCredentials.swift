// Who sits at the other end of a socket.

internal import Glibc

/// The process that connected, as the kernel saw it at that moment.
package struct PeerCredentials: Sendable, Hashable {
    package let pid: Int32
    package let uid: UInt32
    package let gid: UInt32

    package init(pid: Int32, uid: UInt32, gid: UInt32) {
        self.pid = pid
        self.uid = uid
        self.gid = gid
    }

    /// Whether the user has the group as primary or supplementary group, by the system's user database.
    ///
    /// A user or a group that the database does not know is a member of nothing.
    package static func isMember(uid: UInt32, ofGroup name: String) -> Bool {
        guard let group = groupID(of: name), let user = user(uid) else { return false }
        var groups = [gid_t](repeating: 0, count: 64)
        while true {
            var count = Int32(groups.count)
            if unsafe getgrouplist(user.name, user.group, &groups, &count) >= 0 {
                return groups.prefix(Int(count)).contains(group)
            }
            // Users in thousands of groups exist; in more than the kernel allows (65536) they do not.
            guard groups.count < 65_536 else { return false }
            groups = [gid_t](repeating: 0, count: max(Int(count), groups.count * 2))
        }
    }

    private static func groupID(of name: String) -> gid_t? {
        unsafe lookUp { buffer, size in
            var entry = unsafe group()
            var found: UnsafeMutablePointer<group>?
            let code = unsafe getgrnam_r(name, &entry, buffer, size, &found)
            return (code, unsafe found.map { unsafe $0.pointee.gr_gid })
        }
    }

    private static func user(_ uid: UInt32) -> (name: String, group: gid_t)? {
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
