// One client of the server: what arrived, what waits for its answer, and what waits to be sent.

internal import Dispatch
internal import JSON
internal import Linux

/// The state of one connection; it lives on the server's queue and only the server touches it.
final class VarlinkConnection {
    let id: Int
    let descriptor: Descriptor
    let peer: PeerCredentials
    var frames: VarlinkFrames
    /// Calls that were read and not yet begun, in the order in which they must be answered.
    var waiting: [VarlinkMessage.Call] = []
    /// The call that is being answered.
    var current: (call: VarlinkMessage.Call, task: Task<Void, Never>)?
    /// Bytes that the socket did not take yet.
    var output: ArraySlice<UInt8> = []
    /// The client sends nothing more, but may still read.
    var reachedEnd = false
    /// Nobody reads the replies any more.
    var isGone = false
    /// The last time that a whole message arrived or the client took some of our bytes.
    var lastProgress = ContinuousClock.now
    /// Streaming replies that wait until the client has read earlier ones.
    var waitingToSend: [CheckedContinuation<Void, Never>] = []

    private var reading: (any DispatchSourceRead)?
    private var writing: (any DispatchSourceWrite)?
    private(set) var isReadingPaused = false

    init(id: Int, descriptor: consuming Descriptor, peer: PeerCredentials, messageLimit: Int) {
        self.id = id
        self.descriptor = descriptor
        self.peer = peer
        frames = VarlinkFrames(limit: messageLimit)
    }

    /// Whether nothing is left to do for a client that sends nothing more.
    var isFinished: Bool { (reachedEnd || isGone) && waiting.isEmpty && current == nil && output.isEmpty }

    /// Whether the time since the last progress counts: our own slowness is not the client's idleness.
    var owesProgress: Bool { current == nil || !output.isEmpty }

    func startReading(on queue: DispatchQueue, _ handler: @escaping () -> Void) {
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor.raw, queue: queue)
        source.setEventHandler(handler: handler)
        // Holds the descriptor open until Dispatch has let go of its number.
        source.setCancelHandler { withExtendedLifetime(self) {} }
        source.activate()
        reading = source
    }

    /// Whether more may be read now.
    var isReading: Bool { reading != nil && !isReadingPaused }

    func pauseReading() {
        guard let reading, !isReadingPaused else { return }
        isReadingPaused = true
        reading.suspend()
    }

    func resumeReading() {
        guard let reading, isReadingPaused else { return }
        isReadingPaused = false
        reading.resume()
    }

    func stopReading() {
        // A suspended source would never run its cancel handler.
        resumeReading()
        reading?.cancel()
        reading = nil
    }

    func startWriting(on queue: DispatchQueue, _ handler: @escaping () -> Void) {
        guard writing == nil else { return }
        let source = DispatchSource.makeWriteSource(fileDescriptor: descriptor.raw, queue: queue)
        source.setEventHandler(handler: handler)
        source.setCancelHandler { withExtendedLifetime(self) {} }
        source.activate()
        writing = source
    }

    func stopWriting() {
        writing?.cancel()
        writing = nil
    }

    func resumeWaitingToSend() {
        let waiting = waitingToSend
        waitingToSend = []
        for continuation in waiting { continuation.resume() }
    }
}
