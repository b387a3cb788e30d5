// Tells one content from another without keeping either.

/// A fingerprint of 128 bits over the bytes of a file, whatever the borders of the chunks are.
///
/// It is made for speed and tells contents apart that differ by chance or by people's work; somebody who wants two files
/// of one fingerprint can make them. The bytes are taken sixteen at a time as two little-endian words x and y, the last
/// ones filled up with zeros. Two lanes each fold them in, where fold(p, q) is the exclusive or of the high and the low
/// half of p × q:
///
///     first  ← fold(x ^ A, y ^ first)  ^ rotate(first, 29)
///     second ← fold(y ^ B, x ^ second) ^ rotate(second, 37)
///
/// The rotation keeps a lane from forgetting what it knew when a product is zero. At the end each lane folds the length
/// and the other lane in. A to D are the fractional parts of the square roots of 2, 3, 5 and 7; the lanes begin as C
/// and D. The written form must stay as it is, since ledgers hold it.
package struct ContentFingerprint: Sendable {
    private static let a: UInt64 = 0x6A09_E667_F3BC_C908
    private static let b: UInt64 = 0xBB67_AE85_84CA_A73B
    private static let c: UInt64 = 0x3C6E_F372_FE94_F82B
    private static let d: UInt64 = 0xA54F_F53A_5F1D_36F1

    private var first = Self.c
    private var second = Self.d
    /// How many bytes were taken.
    private var length = 0
    /// The bytes of a block that is not complete, the first one lowest.
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    package init() {}

    /// Takes the next bytes.
    package mutating func add(_ bytes: Span<UInt8>) {
        var index = 0
        while index < bytes.count, length & 15 != 0 {
            add(bytes[index])
            index += 1
        }
        while index >= 0, index + 16 <= bytes.count {
            // The condition is the proof that all sixteen lie inside.
            let x = unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            let y = unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index + 8, as: UInt64.self)
            take(UInt64(littleEndian: x), UInt64(littleEndian: y))
            length += 16
            index += 16
        }
        while index < bytes.count {
            add(bytes[index])
            index += 1
        }
    }

    /// A finished fingerprint, in writing 32 hexadecimal digits.
    package struct Value: Sendable, Hashable, CustomStringConvertible {
        fileprivate let first: UInt64
        fileprivate let second: UInt64

        package var description: String { ContentFingerprint.digits(first) + ContentFingerprint.digits(second) }
    }

    /// The fingerprint of all bytes so far.
    package var value: Value {
        var whole = self
        if length & 15 != 0 { whole.take(low, high) }
        let count = UInt64(length)
        return Value(
            first: Self.fold(whole.first ^ Self.a ^ count, whole.second ^ Self.b),
            second: Self.fold(whole.second ^ Self.c ^ count, whole.first ^ Self.d)
        )
    }

    /// The fingerprint of all bytes so far: 32 hexadecimal digits.
    package var text: String { value.description }

    private mutating func add(_ byte: UInt8) {
        let place = length & 15
        if place < 8 {
            low |= UInt64(byte) << UInt64(place * 8)
        } else {
            high |= UInt64(byte) << UInt64((place - 8) * 8)
        }
        length += 1
        guard place == 15 else { return }
        take(low, high)
        low = 0
        high = 0
    }

    @inline(__always)
    private mutating func take(_ x: UInt64, _ y: UInt64) {
        first = Self.fold(x ^ Self.a, y ^ first) ^ (first << 29 | first >> 35)
        second = Self.fold(y ^ Self.b, x ^ second) ^ (second << 37 | second >> 27)
    }

    @inline(__always)
    private static func fold(_ p: UInt64, _ q: UInt64) -> UInt64 {
        let product = p.multipliedFullWidth(by: q)
        return product.high ^ product.low
    }

    private static func digits(_ lane: UInt64) -> String {
        let text = String(lane, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
}
