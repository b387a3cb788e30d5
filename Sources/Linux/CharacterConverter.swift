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
    /// A GB18030 character has four bytes, and so have the pairs of UTF-16.
    private static let longestSequence = 4
    /// Runs of ASCII that are at least as long are copied without a call of the C library.
    private static let worthwhileRun = 8

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
                let other = bytes.firstOther(from: index)
                copy(bytes.extracting(index..<other), body)
                index = other
                end = bytes.endOfCharacters(from: index, beforeRunOf: Self.worthwhileRun)
            }
            let start = index
            while index < end {
                let (next, isIncomplete) = decode(bytes, index..<end, body)
                index = next
                guard index < end else { break }
                if isIncomplete, end == bytes.count, end - index < Self.longestSequence {
                    unsafe bytes.extracting(index..<end).withUnsafeBufferPointer { unsafe pending = Array($0) }
                    return
                }
                // After an error the borders may have shifted, so that the end lies within a character.
                if isIncomplete, end < bytes.count, index > start { break }
                replace(body)
                index += unit
            }
        }
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

extension Span<UInt8> {
    /// The first byte at or after an index that is not ASCII, or `count`.
    fileprivate func firstOther(from index: Int) -> Int {
        var index = index
        while isASCII(from: index, count: 8) { index += 8 }
        while index < count, self[index] < 0x80 { index += 1 }
        return index
    }

    /// The first border of GB18030 characters, at or after the one at an index, behind which so many ASCII bytes follow.
    fileprivate func endOfCharacters(from index: Int, beforeRunOf length: Int) -> Int {
        var index = index
        while index < count {
            guard self[index] >= 0x80 else {
                if isASCII(from: index, count: length) { return index }
                index += 1
                continue
            }
            let isLong = index + 1 < count && (0x30...0x39).contains(self[index + 1])
            index += self[index] == 0x80 || self[index] == 0xFF ? 1 : isLong ? 4 : 2
        }
        return count
    }

    private func isASCII(from index: Int, count length: Int) -> Bool {
        guard index >= 0, index + length <= count else { return false }
        for offset in stride(from: 0, to: length, by: 8) {
            // The condition is the proof that all eight lie inside.
            let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index + offset, as: UInt64.self)
            guard word & 0x8080_8080_8080_8080 == 0 else { return false }
        }
        return true
    }
}
