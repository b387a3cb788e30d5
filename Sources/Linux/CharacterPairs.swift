// The characters of two bytes in GB18030, looked up instead of asked for: nearly all Chinese text consists of them.

internal import Glibc

/// What the C library makes of each pair of bytes, asked once.
struct CharacterPairs: Sendable {
    /// By the first byte's lower seven bits and the second byte: the character, or 0 where the pair is none.
    private let scalars: [UInt16]

    static let gb18030 = CharacterPairs("GB18030")

    private init(_ encoding: String) {
        var scalars = [UInt16](repeating: 0, count: 1 << 15)
        // iconv_open answers with the pointer −1, which Swift imports as one that is never nil.
        if let descriptor = unsafe iconv_open("UTF-16LE", encoding), Int(bitPattern: descriptor) != -1 {
            for first in UInt8(0x81)...0xFE {
                for second in UInt8(0x40)...0xFE {
                    scalars[Self.place(first, second)] = unsafe Self.scalar(first, second, descriptor) ?? 0
                }
            }
            unsafe iconv_close(descriptor)
        }
        self.scalars = scalars
    }

    /// The character that the pair is; 0 when it is none, or not one of two bytes.
    @inline(__always)
    subscript(_ first: UInt8, _ second: UInt8) -> UInt16 { scalars[Self.place(first, second)] }

    @inline(__always)
    private static func place(_ first: UInt8, _ second: UInt8) -> Int { Int(first & 0x7F) << 8 | Int(second) }

    @unsafe
    private static func scalar(_ first: UInt8, _ second: UInt8, _ descriptor: iconv_t) -> UInt16? {
        var pair = (CChar(bitPattern: first), CChar(bitPattern: second))
        var unit: UInt16 = 0
        let isWhole = unsafe withUnsafeMutableBytes(of: &pair) { input in
            unsafe withUnsafeMutableBytes(of: &unit) { output in
                var from = unsafe input.assumingMemoryBound(to: CChar.self).baseAddress
                var to = unsafe output.assumingMemoryBound(to: CChar.self).baseAddress
                var (left, room) = (2, 2)
                let answer = unsafe iconv(descriptor, &from, &left, &to, &room)
                // Whatever was begun must not change what the next pair means.
                _ = unsafe iconv(descriptor, nil, nil, nil, nil)
                return answer == 0 && left == 0 && room == 0
            }
        }
        return isWhole ? UInt16(littleEndian: unit) : nil
    }
}
