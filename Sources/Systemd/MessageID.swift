// The kinds of journal entries, by the number under which the journal's catalog explains them.

/// What kind of event an entry tells of; the raw value is its `MESSAGE_ID`, which never changes.
package enum MessageID: String, Sendable, CaseIterable {
    /// The daemon is ready.
    case started = "1008c9e8924d47208fed421c1f2ad0a1"
    /// The daemon ended as it was asked to.
    case stopped = "7d2c07a1ff96436bb00e95fea205c07f"
    /// A run ended well.
    case ran = "e96e6050e4834adea0c49cb62d554bfd"
    /// A run could not judge.
    case failed = "64f604d07b19422998c1ad4099d5ec98"
    /// A slot was not run.
    case skipped = "d13a209a74c848a9bdc892fa00447f22"
    /// Input could not be used.
    case rejected = "c2560e904cfc4eb3be619126224ae91d"
    /// A file of the inbox was received.
    case received = "47eb6241aa5c47d09ba76337705d49c4"
    /// Files that were received lie in the inbox no more.
    case departed = "9b1f6c3e52d84d0e8a7d4c2f61e03b95"
    /// An alert changed.
    case changed = "884120b140434dbaa123182db8048b41"
    /// A notice goes without a message that its department wants.
    case withheld = "5d0e6a1cb1f1436f8c0a7b7de3f9c2a4"
    /// Somebody takes care of an alert.
    case acknowledged = "5b0f3f5a94c34d21a6bb0c57a2e7d0f4"
    /// Alerts are not told for a while.
    case silenced = "c8d7e1f06a234f9b8e41b7d95c36a0e2"
    /// A silence has ended.
    case unsilenced = "0e94b2a7d3c84c6fb15f6d28e7a91c43"
    /// A notice became visible.
    case delivered = "8419259652fd4e82be3d135a4907dc7e"
    /// A department's notices wait.
    case waiting = "ef466dd96f9b4897ba5dbad20698baa3"
    /// A department's folder can be written again.
    case recovered = "3c58b573756a4951a3abbfbf88c13439"
    /// A department took notices.
    case pickedUp = "b7d9a5f2c1e84f6c9d03c8e24a715f60"
    /// A department answered a notice, or a file that should be an answer is none.
    case answered = "5f0c3ad84b7e4c1fa6b2de9170c4e583"
    /// The spool has too little room.
    case spoolFull = "d41c07e96a2b4f3d8e75b1a09c62f3d4"
    /// The spool has room again.
    case spoolRoom = "0a9e5c72f8d14b63b7c41e6d2f80a59b"
    /// Something in the configuration is wrong.
    case misconfigured = "c1c2165a0d134b0ab1eb3fbd3ccbc7a6"
    /// Another configuration is in force.
    case reloaded = "8ba0ea5a3d4c4b1fa8f0c5ac8b2f7d10"
    /// The clock was set.
    case clockSet = "e2a6c3d97a1b4a40a3e1f2f0c4d95b68"
    /// The machine's own time zone was set.
    case localZoneSet = "5a0c2f7be1c94a0f9d3e68b1c4f7a926"
    /// Something of dutyd's own did not work.
    case trouble = "f14cc8d8243f4b2bb02a4f4986f32056"
    /// Somebody asked for something through the control socket.
    case asked = "2262ed8299fb4f80a0e24a07c6c86f15"
}
