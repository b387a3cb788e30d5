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
        guard let group = UserDatabase.groupID(of: name), let user = UserDatabase.user(uid) else { return false }
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
}
