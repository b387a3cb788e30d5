// Decides from a table's first bytes in which encoding it is written.

/// Watches the bytes of a table until it is plain which encoding they are in.
///
/// A byte order mark decides at once. As long as all is ASCII, nothing is decided, since the text reads the same either
/// way. From the first other byte on, a window of `windowBytes` is weighed: without an ill-formed sequence, or with more
/// than eight well-formed ones to each ill-formed one (a UTF-8 file with a few damaged bytes), it is UTF-8, otherwise
/// GB18030. What the decision is does not depend on where the chunks end.
///
/// Strictness settles what has fooled others: 联通 in GBK begins with C1, which no UTF-8 has. Yet some words in GBK are
/// well-formed UTF-8, as 陆 (C2 BD, `½`) is. A file that has nothing but such words in its whole window is taken for
/// UTF-8. It has to be contrived for that: its header in English and a quarter of a mebibyte without any other word.
/// Then such a word is another word, which no register knows, every other Chinese word further on is ill-formed, and
/// cells with it are reported as undecodable.
package struct EncodingDetection: Sendable {
    /// How many bytes are weighed at most, from the first one on that is not ASCII.
    package static let windowBytes = 1 << 18

    /// The encoding, once it is decided.
    package private(set) var encoding: TextEncoding?
    /// Whether what was looked at may read differently once the encoding is decided, so that it must be kept until then.
    package var isOpen: Bool { encoding == nil && (seen < 3 || weighed > 0) }

    /// The table's first bytes, at most three of them.
    private var opening: UInt32 = 0
    private var seen = 0
    private var weighed = 0
    private var wellFormed = 0
    private var illFormed = 0
    private var sequence = SequenceState()

    package init() {}

    /// Looks at the next bytes, as far as that is needed.
    package mutating func look(at bytes: Span<UInt8>) {
        var index = 0
        while encoding == nil, seen < 3, index < bytes.count {
            opening = opening << 8 | UInt32(bytes[index])
            seen += 1
            index += 1
            lookForMark()
            if seen == 3, encoding == nil { weighOpening() }
        }
        while encoding == nil, index < bytes.count {
            if weighed == 0 {
                index = bytes.firstOther(from: index)
                guard index < bytes.count else { return }
            }
            weigh(bytes[index])
            index += 1
        }
    }

    /// Decides at the table's end.
    package mutating func finish() -> TextEncoding {
        if encoding == nil, seen < 3 { weighOpening() }
        if let encoding { return encoding }
        if sequence.isOpen { illFormed += 1 }
        return decide()
    }

    private mutating func lookForMark() {
        if seen == 2, opening == 0xFFFE { encoding = .utf16LittleEndian }
        if seen == 2, opening == 0xFEFF { encoding = .utf16BigEndian }
        if seen == 3, opening == 0xEF_BBBF { encoding = .utf8 }
    }

    /// Weighs the first bytes, when they are no mark.
    private mutating func weighOpening() {
        for place in (0..<seen).reversed() {
            let byte = UInt8(truncatingIfNeeded: opening >> UInt32(place * 8))
            if weighed > 0 || byte >= 0x80 { weigh(byte) }
        }
    }

    private mutating func weigh(_ byte: UInt8) {
        weighed += 1
        switch sequence.take(byte) {
        case .goesOn: break
        case .wellFormed: wellFormed += 1
        case .illFormed: illFormed += 1
        }
        // A sequence that the window cuts is neither.
        if weighed == Self.windowBytes { _ = decide() }
    }

    private mutating func decide() -> TextEncoding {
        let decided: TextEncoding = illFormed == 0 || wellFormed > 8 * illFormed ? .utf8 : .gb18030
        encoding = decided
        return decided
    }
}

/// Where in a UTF-8 sequence of more than one byte a text is (RFC 3629, without surrogates and overlong forms).
private struct SequenceState: Sendable {
    enum Outcome {
        case goesOn, wellFormed, illFormed
    }

    private var missing = 0
    /// What the next byte may be.
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF

    /// Whether a sequence has begun and not ended.
    var isOpen: Bool { missing > 0 }

    /// Takes the next byte; ASCII outside of a sequence counts for nothing.
    mutating func take(_ byte: UInt8) -> Outcome {
        if missing > 0 {
            if allowed.contains(byte) {
                allowed = 0x80...0xBF
                missing -= 1
                return missing == 0 ? .wellFormed : .goesOn
            }
            missing = 0
            // What broke the sequence off may begin another one.
            _ = begin(byte)
            return .illFormed
        }
        return begin(byte)
    }

    private mutating func begin(_ byte: UInt8) -> Outcome {
        allowed = 0x80...0xBF
        switch byte {
        case ..<0x80: return .goesOn
        case 0xC2...0xDF: missing = 1
        case 0xE0...0xEF:
            missing = 2
            if byte == 0xE0 { allowed = 0xA0...0xBF }
            if byte == 0xED { allowed = 0x80...0x9F }
        case 0xF0...0xF4:
            missing = 3
            if byte == 0xF0 { allowed = 0x90...0xBF }
            if byte == 0xF4 { allowed = 0x80...0x8F }
        default: return .illFormed
        }
        return .goesOn
    }
}

extension Span<UInt8> {
    /// The first byte at or after an index that is not ASCII, or `count`.
    fileprivate func firstOther(from index: Int) -> Int {
        var index = index
        while index >= 0, index + 8 <= count {
            // The condition is the proof that all eight lie inside.
            let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            let others = UInt64(littleEndian: word) & 0x8080_8080_8080_8080
            if others != 0 { return index + others.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count, self[index] < 0x80 { index += 1 }
        return index
    }
}
