// What a server offers, and what it is asked.

package import JSON
package import Linux

/// One interface: its description in the interface language and the answers to its calls.
package protocol VarlinkInterface: Sendable {
    /// The reverse domain name: `io.dutyd.Control`.
    var name: String { get }
    /// The text of the interface in the Varlink interface language, with the comments that explain it.
    var description: String { get }

    /// Answers a call with an object.
    ///
    /// It runs on the server's queue up to its first suspension, so what takes long belongs on another actor.
    func call(_ call: VarlinkCall) async throws(VarlinkError) -> JSONValue
}

/// One call as an interface sees it.
package struct VarlinkCall: Sendable {
    /// The method without its interface: `Status`.
    package let method: String
    /// An object.
    package let parameters: JSONValue
    /// Whether the client takes any number of replies.
    package let more: Bool
    /// Who calls.
    package let peer: PeerCredentials
    private let sendReply: @Sendable (JSONValue) async throws(VarlinkError) -> Void

    package init(
        method: String,
        parameters: JSONValue,
        more: Bool,
        peer: PeerCredentials,
        send: @escaping @Sendable (JSONValue) async throws(VarlinkError) -> Void
    ) {
        self.method = method
        self.parameters = parameters
        self.more = more
        self.peer = peer
        sendReply = send
    }

    /// Sends one reply after which others follow; what `call` returns is the last one.
    ///
    /// It waits while the client is slow to read, and throws when the client is gone or wants only one reply. The task
    /// of a streaming call is cancelled when its client goes away.
    package func send(_ parameters: JSONValue) async throws(VarlinkError) {
        guard more else { throw .expectedMore }
        try await sendReply(parameters)
    }
}
