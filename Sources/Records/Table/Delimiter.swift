// What stands between the cells of a table.

/// A character that separates cells.
enum Delimiter: CaseIterable {
    case comma, semicolon, tab
    /// `，`, which input methods for Chinese write.
    case wideComma

    /// The byte that the scanner looks for.
    var byte: UInt8 {
        switch self {
        case .comma: .comma
        case .semicolon: 0x3B
        case .tab: 0x09
        case .wideComma: WideCommaFolding.separator
        }
    }
}

/// Replaces full-width commas outside quotes by one byte, so that the scanner need only look for single bytes.
struct WideCommaFolding {
    /// The unit separator of ASCII, which nobody types.
    static let separator: UInt8 = 0x1F

    private enum State {
        case cellStart, plain, quoted
    }

    private var state = State.cellStart
    /// How many bytes of a full-width comma, EF BC 8C, ended the last chunk.
    private var matched = 0

    /// The bytes with their full-width commas folded; a comma cut by the chunk's end comes out with the next one.
    mutating func fold(_ chunk: Span<UInt8>) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(chunk.count + 2)
        for index in chunk.indices { fold(chunk[index], into: &folded) }
        return folded
    }

    /// The bytes held back when the table ends.
    mutating func finish() -> [UInt8] {
        var folded: [UInt8] = []
        release(into: &folded)
        return folded
    }

    private mutating func fold(_ byte: UInt8, into folded: inout [UInt8]) {
        if state != .quoted {
            switch (matched, byte) {
            case (0, 0xEF), (1, 0xBC):
                matched += 1
                return
            case (2, 0x8C):
                matched = 0
                folded.append(Self.separator)
                state = .cellStart
                return
            default: release(into: &folded)
            }
        }
        if byte == 0xEF, state != .quoted {
            matched = 1
            return
        }
        folded.append(byte)
        switch state {
        case .cellStart where byte == .quote: state = .quoted
        case .cellStart where byte == .newline: break
        // A doubled quote closes and opens again, which comes to the same.
        case .quoted: if byte == .quote { state = .cellStart }
        default: state = byte == .newline ? .cellStart : .plain
        }
    }

    private mutating func release(into folded: inout [UInt8]) {
        guard matched > 0 else { return }
        folded.append(0xEF)
        if matched == 2 { folded.append(0xBC) }
        matched = 0
        state = .plain
    }
}
