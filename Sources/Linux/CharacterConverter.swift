// Characters in another encoding as UTF-8, by the tables that the C library has.

internal import Glibc

/// Turns a text into UTF-8 piece by piece, with the same outcome wherever the pieces end.
///
/// What cannot be decoded becomes U+FFFD: one for the first byte of the sequence (in UTF-16, its first two), after which
/// decoding goes on with the next one. In GB18030 no comma, quote or line feed is ever part of a longer sequence, so
/// damage does not reach beyond its cell.
@safe
package struct CharacterConverter: ~Copyable {
    /// What it can turn into UTF-8, by the C library's name.
    package enum Source: String, Sendable, CaseIterable {
        case gb18030 = "GB18030"
        case utf16LittleEndian = "UTF-16LE"
        case utf16BigEndian = "UTF-16BE"
    }

    private static let outputBytes = 65_536
    /// Room for a word of ASCII and a character behind it.
    private static let spare = 16
    /// A GB18030 character has four bytes, and so have the pairs of UTF-16.
    private static let longestSequence = 4

    private let source: Source
    private let descriptor: iconv_t
    /// The begun sequence at the end of the last piece.
    private var pending: [UInt8] = []
    private var output = [UInt8](repeating: 0, count: Self.outputBytes)
    private var outputCount = 0
    /// How many sequences could not be decoded so far.
    package private(set) var undecodableCount = 0

    /// - Throws: `SystemError.invalidArgument` when the C library came without the table for that encoding.
    package init(from source: Source) throws(SystemError) {
        // iconv_open answers with the pointer −1, which Swift imports as one that is never nil.
        guard let descriptor = unsafe iconv_open("UTF-8", source.rawValue), Int(bitPattern: descriptor) != -1
        else {
            throw SystemError(call: "iconv_open", path: source.rawValue, code: errno)
        }
        self.source = source
        unsafe self.descriptor = descriptor
    }

    deinit { _ = unsafe iconv_close(descriptor) }

    /// Converts the next piece and lends what came out, in pieces of at most 64 KiB.
    package mutating func convert(_ bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        if pending.isEmpty {
            convertAll(bytes, body)
        } else {
            var whole: [UInt8] = []
            swap(&whole, &pending)
            unsafe bytes.withUnsafeBufferPointer { unsafe whole.append(contentsOf: $0) }
            convertAll(whole.span, body)
        }
        flush(body)
    }

    /// Ends the text: what is still incomplete cannot be decoded any more.
    package mutating func finish(_ body: (Span<UInt8>) -> Void) {
        while !pending.isEmpty {
            var rest: [UInt8] = []
            swap(&rest, &pending)
            replace(body)
            convertAll(rest.span.extracting(droppingFirst: min(unit, rest.count)), body)
        }
        flush(body)
    }

    /// How many bytes are passed over at a sequence that cannot be decoded.
    private var unit: Int { source == .gb18030 ? 1 : 2 }

    private mutating func convertAll(_ bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        // Always a character's first byte.
        var index = 0
        while index < bytes.count {
            var end = bytes.count
            if source == .gb18030 {
                index = convertPlain(bytes, from: index, body)
                // What is neither ASCII nor a pair is four bytes long, or none.
                end = min(index + Self.longestSequence, bytes.count)
            }
            let (next, isIncomplete) = decode(bytes, index..<end, body)
            index = next
            guard index < end else { continue }
            if isIncomplete, end == bytes.count, end - index < Self.longestSequence {
                unsafe bytes.extracting(index..<end).withUnsafeBufferPointer { unsafe pending = Array($0) }
                return
            }
            replace(body)
            index += unit
        }
    }

    /// Converts ASCII and pairs of GB18030, and gives where something else begins.
    private mutating func convertPlain(
        _ bytes: Span<UInt8>,
        from start: Int,
        _ body: (Span<UInt8>) -> Void
    ) -> Int {
        var index = start
        while true {
            index = fill(with: bytes, from: index)
            guard output.count - outputCount < Self.spare else { return index }
            flush(body)
        }
    }

    private mutating func fill(with bytes: Span<UInt8>, from start: Int) -> Int {
        // Moved to a local, so that the output can be written while the converter is read.
        var made: [UInt8] = []
        swap(&made, &output)
        defer { swap(&made, &output) }
        let (index, count) = Self.fill(&made, after: outputCount, with: bytes, from: start)
        outputCount = count
        return index
    }

    /// Converts ASCII and pairs of GB18030 until something else begins or less than `spare` bytes of room are left; gives
    /// where that is, and how many bytes of the output there are then.
    private static func fill(
        _ output: inout [UInt8],
        after count: Int,
        with bytes: Span<UInt8>,
        from start: Int
    ) -> (index: Int, count: Int) {
        let pairs = CharacterPairs.gb18030
        var made = output.mutableSpan
        // Any bytes are valid in an array of bytes.
        var room = unsafe made.mutableBytes
        let end = room.byteCount - spare
        var place = count
        var index = start
        while place <= end, index < bytes.count {
            let ascii: Int
            if index >= 0, index + 8 <= bytes.count {
                // The condition is the proof that all eight lie inside. What is no ASCII among them is overwritten.
                let word = UInt64(
                    littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(
                        fromUncheckedByteOffset: index,
                        as: UInt64.self
                    )
                )
                room.storeBytes(of: word.littleEndian, toByteOffset: place, as: UInt64.self)
                ascii = (word & 0x8080_8080_8080_8080).trailingZeroBitCount / 8
            } else {
                ascii = bytes[index] < 0x80 ? 1 : 0
                room.storeBytes(of: bytes[index], toByteOffset: place, as: UInt8.self)
            }
            index += ascii
            place += ascii
            while index < bytes.count, bytes[index] >= 0x80, place <= end {
                guard index + 1 < bytes.count else { return (index, place) }
                let scalar = UInt32(pairs[bytes[index], bytes[index + 1]])
                guard scalar > 0 else { return (index, place) }
                place += room.storeUTF8(of: scalar, toByteOffset: place)
                index += 2
            }
        }
        return (index, place)
    }

    /// Decodes a range, and gives where it stopped: at the end or at the first sequence that is bad or incomplete.
    private mutating func decode(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        _ body: (Span<UInt8>) -> Void
    ) -> (index: Int, isIncomplete: Bool) {
        var index = range.lowerBound
        while index < range.upperBound {
            let answer = decodeOnce(bytes.extracting(index..<range.upperBound))
            index += answer.taken
            guard answer.code == E2BIG else { return (index, answer.code == EINVAL) }
            flush(body)
        }
        return (index, false)
    }

    /// Calls the C library once; the code is 0 when all was taken.
    private mutating func decodeOnce(_ bytes: Span<UInt8>) -> (taken: Int, code: Int32) {
        let descriptor = unsafe self.descriptor
        let start = outputCount
        let (taken, made, code) = unsafe bytes.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBytes { output -> (Int, Int, Int32) in
                guard let from = input.baseAddress, let to = output.baseAddress else { return (0, 0, EILSEQ) }
                // iconv takes a pointer to mutable bytes and does not change them.
                var next: UnsafeMutablePointer<CChar>? = unsafe UnsafeMutableRawPointer(mutating: from)
                    .assumingMemoryBound(to: CChar.self)
                var left = input.count
                var room = output.count - start
                var place: UnsafeMutablePointer<CChar>? = unsafe to.advanced(by: start)
                    .assumingMemoryBound(to: CChar.self)
                let before = room
                let answer = unsafe iconv(descriptor, &next, &left, &place, &room)
                return (input.count - left, before - room, answer == -1 ? errno : 0)
            }
        }
        outputCount += made
        return (taken, code)
    }

    private mutating func replace(_ body: (Span<UInt8>) -> Void) {
        undecodableCount += 1
        let mark: [UInt8] = [0xEF, 0xBF, 0xBD]
        copy(mark.span, body)
    }

    private mutating func copy(_ bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        var rest = bytes
        while !rest.isEmpty {
            if outputCount == output.count { flush(body) }
            let count = min(rest.count, output.count - outputCount)
            let start = outputCount
            let piece = rest.extracting(first: count)
            unsafe piece.withUnsafeBytes { from in
                unsafe output.withUnsafeMutableBytes { to in
                    unsafe UnsafeMutableRawBufferPointer(rebasing: to[start..<start + count]).copyMemory(from: from)
                }
            }
            outputCount += count
            rest = rest.extracting(droppingFirst: count)
        }
    }

    private mutating func flush(_ body: (Span<UInt8>) -> Void) {
        guard outputCount > 0 else { return }
        body(output.span.extracting(first: outputCount))
        outputCount = 0
    }
}

extension MutableRawSpan {
    /// Stores a character of the basic plane that is no ASCII, and gives how many bytes it takes.
    @inline(__always)
    fileprivate mutating func storeUTF8(of scalar: UInt32, toByteOffset place: Int) -> Int {
        if scalar < 0x800 {
            let bytes = 0x80C0 | scalar >> 6 | (scalar & 0x3F) << 8
            storeBytes(of: UInt16(truncatingIfNeeded: bytes).littleEndian, toByteOffset: place, as: UInt16.self)
            return 2
        }
        // The fourth byte is overwritten.
        let bytes = 0x80_80E0 | scalar >> 12 | (scalar >> 6 & 0x3F) << 8 | (scalar & 0x3F) << 16
        storeBytes(of: bytes.littleEndian, toByteOffset: place, as: UInt32.self)
        return 3
    }
}
