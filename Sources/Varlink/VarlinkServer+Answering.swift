// From a call to its reply: one call of a connection at a time, in the order in which they came.

internal import JSON
internal import Linux

extension VarlinkServer {
    /// Begins the next waiting call unless one is being answered.
    func answerNext(_ connection: VarlinkConnection) {
        guard connection.current == nil, !connection.waiting.isEmpty else { return }
        let call = connection.waiting.removeFirst()
        let id = connection.id
        connection.current = (call, Task { await self.answer(call, on: id) })
        if connection.isReadingPaused, connection.waiting.count < limits.pipelinedCalls {
            connection.resumeReading()
            read(id)
        }
    }

    private func answer(_ call: VarlinkMessage.Call, on id: Int) async {
        guard let peer = connections[id]?.peer else { return }
        var reply: VarlinkMessage.Reply
        do throws(VarlinkError) {
            guard !call.upgrade else { throw .methodNotImplemented(call.method) }
            let (interface, method) = try interface(of: call.method)
            let result = try await interface.call(
                VarlinkCall(method: method, parameters: call.parameters, more: call.more, peer: peer) {
                    [weak self] parameters throws(VarlinkError) in
                    guard let self else { throw .disconnected }
                    try await self.stream(parameters, on: id)
                }
            )
            reply = VarlinkMessage.Reply(parameters: result)
        } catch {
            reply = VarlinkMessage.Reply(parameters: error.parameters, error: error.name)
        }
        guard let connection = connections[id] else { return }
        if !call.oneway { send(reply, to: connection) }
        await waitForRoom(on: connection)
        connection.current = nil
        connection.lastProgress = .now
        answerNext(connection)
        closeIfFinished(connection)
    }

    private func stream(_ parameters: JSONValue, on id: Int) async throws(VarlinkError) {
        guard let connection = connections[id], !connection.isGone else { throw .disconnected }
        send(VarlinkMessage.Reply(parameters: parameters, continues: true), to: connection)
        await waitForRoom(on: connection)
        if connection.isGone { throw .disconnected }
    }

    /// Waits while more bytes wait for a slow client than it may make us keep.
    private func waitForRoom(on connection: VarlinkConnection) async {
        guard connection.output.count > limits.outputBytes else { return }
        await withCheckedContinuation { connection.waitingToSend.append($0) }
    }

    private func send(_ reply: VarlinkMessage.Reply, to connection: VarlinkConnection) {
        guard !connection.isGone else { return }
        if connection.output.isEmpty { connection.lastProgress = .now }
        connection.output += reply.bytes
        flush(connection)
    }

    private func flush(_ connection: VarlinkConnection) {
        do {
            while !connection.output.isEmpty {
                let count = try connection.descriptor.send(connection.output)
                connection.output = connection.output.dropFirst(count)
                connection.lastProgress = .now
            }
            // A slice that was eaten up still holds its buffer.
            connection.output = []
            connection.stopWriting()
        } catch  where error.code == SystemError.wouldBlock {
            let id = connection.id
            connection.startWriting(on: executor.queue) { [weak self] in self?.assumeIsolated { $0.flush(id) } }
        } catch {
            return lost(connection)
        }
        if connection.output.count <= limits.outputBytes { connection.resumeWaitingToSend() }
    }

    private func flush(_ id: Int) {
        guard let connection = connections[id] else { return }
        flush(connection)
        closeIfFinished(connection)
    }
}
