// Cutting a stream of bytes into messages.

/// Collects bytes and gives out the messages, each of which ended with a zero byte.
package struct VarlinkFrames: Sendable {
    /// Why a stream cannot be read any further.
    package enum Failure: Error, Sendable, Equatable {
        /// A message has more than `limit` bytes.
        case tooLong(limit: Int)
    }

    private let limit: Int
    private var bytes: [UInt8] = []
    private var start = 0
    /// Up to here no zero byte was found, so that a message arriving in crumbs is not searched again and again.
    private var searched = 0

    /// A message may have `limit` bytes without its zero byte.
    package init(limit: Int = 1_048_576) { self.limit = limit }

    /// Takes what arrived.
    package mutating func append(_ arrived: some Sequence<UInt8>) { bytes.append(contentsOf: arrived) }

    /// The next whole message, or `nil` until more arrives.
    package mutating func next() throws(Failure) -> [UInt8]? {
        guard let end = bytes[searched...].firstIndex(of: 0) else {
            searched = bytes.count
            guard bytes.count - start <= limit else { throw .tooLong(limit: limit) }
            bytes.removeSubrange(..<start)
            searched -= start
            start = 0
            return nil
        }
        guard end - start <= limit else { throw .tooLong(limit: limit) }
        let message = Array(bytes[start..<end])
        start = end + 1
        searched = start
        return message
    }
}
