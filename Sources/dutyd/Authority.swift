// Who may look through the control socket, and who may act.

import Jobs
import Linux

/// The rights of the control socket's users.
struct Authority {
    let lookGroup: String
    let actGroup: String
    /// The user the daemon runs as; below a root of its own that is the person who started it.
    let ownUser: UInt32
    /// Whether the daemon's own user may act, as on a rehearsal below `--root`.
    let trustsOwnUser: Bool

    func mayAct(_ peer: PeerCredentials) -> Bool {
        peer.uid == 0 || (trustsOwnUser && peer.uid == ownUser)
            || PeerCredentials.isMember(uid: peer.uid, ofGroup: actGroup)
    }

    func mayLook(_ peer: PeerCredentials) -> Bool {
        mayAct(peer) || peer.uid == ownUser || PeerCredentials.isMember(uid: peer.uid, ofGroup: lookGroup)
    }
}
