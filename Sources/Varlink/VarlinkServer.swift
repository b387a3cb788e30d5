// The server: connections in, calls to interfaces, replies out, all on one queue.

internal import Dispatch
internal import JSON
package import Linux

/// Serves interfaces on a listening socket until it is stopped.
package actor VarlinkServer {
    /// What one client, and all of them together, may take.
    package struct Limits: Sendable {
        package var connections = 64
        package var connectionsPerUser = 16
        /// Users that the two limits on connections do not bind, so that others cannot lock them out.
        package var exemptUsers: Set<UInt32> = []
        /// Bytes of one call.
        package var messageBytes = 1_048_576
        /// Levels of objects and arrays in a call.
        package var nesting = 32
        /// Calls that a client may have read ahead of their answers.
        package var pipelinedCalls = 16
        /// Bytes that may wait for a slow client before its next reply is made.
        package var outputBytes = 262_144
        /// How long a client may be silent, or leave our bytes unread.
        package var idle: Duration = .seconds(600)

        package init() {}
    }

    /// What an administrator may want to know.
    package enum Incident: Sendable, Equatable, CustomStringConvertible {
        case tooManyConnections(PeerCredentials)
        case malformedMessage(PeerCredentials, String)
        case acceptFailed(SystemError)

        package var description: String {
            switch self {
            case .tooManyConnections(let peer):
                "refused a control connection: too many are open (uid \(peer.uid), pid \(peer.pid))"
            case .malformedMessage(let peer, let problem):
                "closed a control connection: \(problem) (uid \(peer.uid), pid \(peer.pid))"
            case .acceptFailed(let error): "cannot accept control connections for a moment: \(error)"
            }
        }
    }

    private final class Listener {
        let descriptor: Descriptor
        init(descriptor: consuming Descriptor) { self.descriptor = descriptor }
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    nonisolated let executor = QueueExecutor(label: "varlink")
    let limits: Limits
    let report: @Sendable (Incident) -> Void
    var connections: [Int: VarlinkConnection] = [:]
    private var listener: Listener?
    private let interfaces: [String: any VarlinkInterface]
    private var accepting: (any DispatchSourceRead)?
    private var idleTimer: (any DispatchSourceTimer)?
    private var nextID = 0
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    /// A server that does not accept yet; `listening` must not block.
    package init(
        listening: consuming Descriptor,
        info: VarlinkServiceInfo,
        interfaces: [any VarlinkInterface],
        limits: Limits = Limits(),
        report: @escaping @Sendable (Incident) -> Void = { _ in }
    ) {
        listener = Listener(descriptor: listening)
        self.limits = limits
        self.report = report
        let service = VarlinkService(info: info, others: interfaces)
        self.interfaces = Dictionary(([service] + interfaces).map { ($0.name, $0) }) { first, _ in first }
    }

    /// Begins to accept; the server lives on until `stop`.
    package func start() {
        guard accepting == nil, let listener else { return }
        let source = DispatchSource.makeReadSource(fileDescriptor: listener.descriptor.raw, queue: executor.queue)
        source.setEventHandler { [weak self] in self?.assumeIsolated { $0.accept() } }
        // Keeps the server alive, and the listening descriptor open until Dispatch has let go of its number.
        source.setCancelHandler { withExtendedLifetime((self, listener)) {} }
        source.activate()
        accepting = source
    }

    /// Closes the listening socket and all connections; calls that are being answered are cancelled.
    package func stop() {
        accepting?.cancel()
        accepting = nil
        listener = nil
        for id in connections.keys { close(id) }
    }

    private func accept() {
        do {
            while let listener, let descriptor = try UnixSocket.accept(listener.descriptor) { try admit(descriptor) }
        } catch {
            // Out of descriptors, most likely. The connection stays in the queue, and the source would spin on it.
            report(.acceptFailed(error))
            accepting?.cancel()
            accepting = nil
            executor.queue.asyncAfter(deadline: .now() + .seconds(1)) { [weak self] in
                self?.assumeIsolated { $0.start() }
            }
        }
    }

    private func admit(_ descriptor: consuming Descriptor) throws(SystemError) {
        let peer = try UnixSocket.peer(descriptor)
        let ofThatUser = connections.values.count { $0.peer.uid == peer.uid }
        let isAdmitted =
            limits.exemptUsers.contains(peer.uid)
            || (connections.count < limits.connections && ofThatUser < limits.connectionsPerUser)
        guard isAdmitted else {
            report(.tooManyConnections(peer))
            return
        }
        nextID += 1
        let id = nextID
        let connection = VarlinkConnection(
            id: id,
            descriptor: descriptor,
            peer: peer,
            messageLimit: limits.messageBytes
        )
        connections[id] = connection
        connection.startReading(on: executor.queue) { [weak self] in self?.assumeIsolated { $0.read(id) } }
        if idleTimer == nil { armIdleTimer(after: limits.idle) }
    }

    /// Reads what there is, up to the calls that a client may have read ahead.
    func read(_ id: Int) {
        guard let connection = connections[id] else { return }
        do {
            // To the very end, because libdispatch tells of a client that sent and left only once.
            while connection.isReading {
                let count = try connection.descriptor.receive(into: &buffer)
                guard count > 0 else { return endOfInput(connection) }
                connection.frames.append(buffer[..<count])
                while let frame = try connection.frames.next() {
                    connection.waiting.append(try VarlinkMessage.Call(parsing: frame, maximumDepth: limits.nesting))
                    connection.lastProgress = .now
                }
                if connection.waiting.count >= limits.pipelinedCalls { connection.pauseReading() }
                answerNext(connection)
            }
        } catch let error as SystemError where error.code == SystemError.wouldBlock {
            return
        } catch is SystemError {
            lost(connection)
        } catch {
            // There is no way to answer what cannot be read, nor to find where the next message begins.
            report(.malformedMessage(connection.peer, "\(error)"))
            close(id)
        }
    }

    private func endOfInput(_ connection: VarlinkConnection) {
        connection.reachedEnd = true
        connection.stopReading()
        if connection.descriptor.isHungUp() { lost(connection) }
        closeIfFinished(connection)
    }

    /// The client is gone: what it ordered is still done, but nobody hears of it, and streams end.
    func lost(_ connection: VarlinkConnection) {
        connection.isGone = true
        connection.stopReading()
        connection.stopWriting()
        connection.output = []
        connection.waiting.removeAll { $0.more }
        if let current = connection.current, current.call.more { current.task.cancel() }
        connection.resumeWaitingToSend()
        closeIfFinished(connection)
    }

    func closeIfFinished(_ connection: VarlinkConnection) {
        if connection.isFinished { close(connection.id) }
    }

    private func close(_ id: Int) {
        guard let connection = connections.removeValue(forKey: id) else { return }
        connection.isGone = true
        connection.stopReading()
        connection.stopWriting()
        connection.current?.task.cancel()
        connection.resumeWaitingToSend()
    }

    private func armIdleTimer(after delay: Duration) {
        let timer = DispatchSource.makeTimerSource(queue: executor.queue)
        let milliseconds = Int(delay / .milliseconds(1)) + 1
        timer.schedule(deadline: .now() + .milliseconds(milliseconds), leeway: .milliseconds(milliseconds / 10))
        timer.setEventHandler { [weak self] in self?.assumeIsolated { $0.closeIdle() } }
        timer.activate()
        idleTimer = timer
    }

    private func closeIdle() {
        idleTimer?.cancel()
        idleTimer = nil
        let now = ContinuousClock.now
        var next = limits.idle
        for connection in connections.values where connection.owesProgress {
            let left = limits.idle - (now - connection.lastProgress)
            if left <= .zero { close(connection.id) } else { next = min(next, left) }
        }
        // Without connections there is nothing to wake up for.
        if !connections.isEmpty { armIdleTimer(after: next) }
    }

    func interface(of method: String) throws(VarlinkError) -> (any VarlinkInterface, method: String) {
        guard let dot = method.lastIndex(of: ".") else { throw .interfaceNotFound(method) }
        let name = String(method[..<dot])
        guard let interface = interfaces[name] else { throw .interfaceNotFound(name) }
        return (interface, String(method[method.index(after: dot)...]))
    }
}
