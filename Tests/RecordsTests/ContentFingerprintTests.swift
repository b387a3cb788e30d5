// Fingerprints: what they are by definition, and that they tell contents apart.

import Records
import TestKit
import Testing

@Suite struct ContentFingerprintTests {
    private func fingerprint(_ bytes: [UInt8], pieces: [Int] = []) -> String {
        var fingerprint = ContentFingerprint()
        var start = 0
        for size in pieces + [bytes.count] {
            let end = min(start + size, bytes.count)
            fingerprint.add(bytes.span.extracting(start..<end))
            start = end
        }
        return fingerprint.text
    }

    @Test(.enabled(if: oracleIsExpected)) func `they are as they are defined, wherever the pieces end`() throws {
        let lines = try oracle("fingerprints.py", "3")
        #expect(lines.count == 130)
        var random = SeededGenerator(seed: 3)
        for line in lines {
            let fields = line.split(separator: " ")
            let digits = fields[0] == "-" ? [] : Array(fields[0].utf8)
            let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { index in
                UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16)
            }
            try #require(fingerprint(bytes) == fields[1])
            try #require(fingerprint(bytes, pieces: Array(repeating: 1, count: bytes.count)) == fields[1])
            let pieces = (0..<20).map { _ in Int.random(in: 0...40, using: &random) }
            try #require(fingerprint(bytes, pieces: pieces) == fields[1], "\(pieces)")
        }
    }

    @Test func `a ledger's fingerprints stay what they are`() {
        #expect(fingerprint(Array("section,month\nJA-01,2024-02\n".utf8)) == "55444ed27c53f0575802dc0c3ffc6b3a")
    }

    @Test func `one bit, one byte more and two words changed places make another`() {
        var bytes = (1...100).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        var seen: Set = [fingerprint(bytes)]
        var expected = 1
        for index in bytes.indices {
            for bit in 0..<8 {
                bytes[index] ^= 1 << UInt8(bit)
                seen.insert(fingerprint(bytes))
                expected += 1
                bytes[index] ^= 1 << UInt8(bit)
            }
        }
        for count in 0..<100 {
            seen.insert(fingerprint(Array(bytes.prefix(count))))
            seen.insert(fingerprint(Array(repeating: 0, count: count)))
            expected += count == 0 ? 1 : 2
        }
        let swapped = Array(bytes[8..<16]) + Array(bytes[0..<8]) + Array(bytes[16...])
        seen.insert(fingerprint(swapped))
        #expect(seen.count == expected + 1)
    }

    @Test func `half of the digits' bits turn over with one bit of the contents`() throws {
        let bytes = Array("静安区,2024-02,0.59\n".utf8)
        let before = try words(of: fingerprint(bytes))
        var turned = 0
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            let after = try words(of: fingerprint(other))
            turned += zip(before, after).map { ($0 ^ $1).nonzeroBitCount }.reduce(0, +)
        }
        let share = Double(turned) / Double(bytes.count * 128)
        #expect((0.45...0.55).contains(share))
    }

    private func words(of text: String) throws -> [UInt64] {
        [try #require(UInt64(text.prefix(16), radix: 16)), try #require(UInt64(text.suffix(16), radix: 16))]
    }
}
