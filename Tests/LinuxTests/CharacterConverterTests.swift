// Characters from other encodings, against Python's codecs, and wherever the pieces end.

import Foundation
import Linux
import Testing

@Suite struct CharacterConverterTests {
    private struct OracleText: Decodable {
        let encoding: String
        let bytes: String
        let text: String

        var source: CharacterConverter.Source {
            ["gb18030": .gb18030, "utf-16-le": .utf16LittleEndian, "utf-16-be": .utf16BigEndian][encoding] ?? .gb18030
        }

        var contents: [UInt8] {
            let digits = Array(bytes.utf8)
            return stride(from: 0, to: digits.count, by: 2).compactMap { index in
                UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16)
            }
        }
    }

    /// The text of bytes that come in pieces of the given sizes, the last one as long as need be.
    private func convert(
        _ bytes: [UInt8],
        from source: CharacterConverter.Source,
        pieces: [Int] = []
    ) throws -> (bytes: [UInt8], undecodable: Int, largest: Int) {
        var converter = try CharacterConverter(from: source)
        var result: [UInt8] = []
        var largest = 0
        func keep(_ piece: Span<UInt8>) {
            largest = max(largest, piece.count)
            for index in piece.indices { result.append(piece[index]) }
        }
        var start = 0
        for size in pieces + [bytes.count] {
            let end = min(start + size, bytes.count)
            converter.convert(bytes.span.extracting(start..<end), keep)
            start = end
        }
        converter.finish(keep)
        return (result, converter.undecodableCount, largest)
    }

    private static let samples: [(source: CharacterConverter.Source, bytes: [UInt8], text: String, undecodable: Int)] =
        [
            (CharacterConverter.Source.gb18030, [0xB6, 0xCF, 0xC3, 0xE6, 0x2C, 0x31], "断面,1", 0),
            (.gb18030, [0x84, 0x31, 0x95, 0x33, 0x61], "\u{FEFF}a", 0),
            (.gb18030, [0x94, 0x39, 0xDA, 0x33], "\u{1F4A9}", 0),
            // The second byte of a pair may be an ASCII letter, and those of a four-byte form are digits.
            (.gb18030, [0x81, 0x40, 0x40, 0x81, 0x30, 0x81, 0x30, 0x30], "\u{4E02}@\u{80}0", 0),
            (.gb18030, [0xB6, 0x2C, 0xC3, 0xE6, 0x0A], "\u{FFFD},面\n", 1),
            (.gb18030, [0x80, 0xFF, 0x22], "\u{FFFD}\u{FFFD}\"", 2),
            (.gb18030, [0x61, 0xB6], "a\u{FFFD}", 1),
            (.gb18030, [0x61, 0x81, 0x30, 0x81], "a\u{FFFD}0\u{FFFD}", 2),
            (.gb18030, [0x81, 0x30, 0x0A, 0x31], "\u{FFFD}0\n1", 1),
            (.utf16LittleEndian, [0xAD, 0x65, 0x2C, 0x00], "断,", 0),
            (.utf16BigEndian, [0x65, 0xAD, 0x00, 0x2C, 0xD8, 0x3C, 0xDF, 0x0A], "断,\u{1F30A}", 0),
            (.utf16LittleEndian, [0x3C, 0xD8, 0x2C, 0x00], "\u{FFFD},", 1),
            (.utf16LittleEndian, [0x0A, 0xDF, 0x2C, 0x00, 0x61], "\u{FFFD},\u{FFFD}", 2),
            (.gb18030, [], "", 0),
        ]

    @Test(arguments: samples)
    func `characters come out as they are meant, and what is none as U+FFFD`(
        source: CharacterConverter.Source,
        bytes: [UInt8],
        text: String,
        undecodable: Int
    ) throws {
        for pieces in [[], Array(repeating: 1, count: bytes.count), [2], [3], [1, 2, 1]] {
            let made = try convert(bytes, from: source, pieces: pieces)
            #expect(String(decoding: made.bytes, as: UTF8.self) == text)
            #expect(Array(text.utf8) == made.bytes)
            #expect(made.undecodable == undecodable)
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
    func `every character of GB18030 and random texts of all encodings are what Python says`() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Oracles")
        process.arguments = [folder.appending(path: "characters.py").path, "11", "3000"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        try #require(lines.count > 3000)
        for (number, line) in lines.enumerated() {
            let oracle = try JSONDecoder().decode(OracleText.self, from: Data(line.utf8))
            let bytes = oracle.contents
            let pieces = (0..<min(bytes.count, 40)).map { 1 + ($0 * $0 * 5 + $0 + number) % 9 }
            for pieces in [[], pieces] {
                let made = try convert(bytes, from: oracle.source, pieces: pieces)
                try #require(made.bytes == Array(oracle.text.utf8), "\(oracle.encoding) \(oracle.bytes) in \(pieces)")
                let marks = oracle.text.unicodeScalars.count { $0 == "\u{FFFD}" }
                // The mark itself can be written in each encoding, too.
                try #require(made.undecodable <= marks)
            }
        }
    }

    @Test(arguments: CharacterConverter.Source.allCases)
    func `a text of any size comes in pieces of at most 64 KiB`(source: CharacterConverter.Source) throws {
        let row = Array(
            repeating: [0xB6, 0xCF, 0xC3, 0xE6, 0x2C, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37] as [UInt8],
            count: 40_000
        )
        let made = try convert(row.flatMap(\.self), from: source, pieces: [262_144])
        #expect((60_000...65_536).contains(made.largest))
        #expect(made.bytes.count > 480_000)
        if source == .gb18030 {
            #expect(String(decoding: made.bytes, as: UTF8.self) == String(repeating: "断面,1234567", count: 40_000))
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [[0xFF], [0x80], [0x81, 0x20], [0x81, 0x30, 0x20], [0xFE, 0xFE, 0xFF]] as [[UInt8]]
    )
    func `bytes that are nothing but damage are gone through in one go`(damage: [UInt8]) throws {
        let bytes = Array(repeating: damage, count: 400_000 / damage.count).flatMap(\.self)
        let made = try convert(bytes, from: .gb18030, pieces: [131_072, 131_072])
        #expect(made.undecodable >= 400_000 / 3)
    }
}
