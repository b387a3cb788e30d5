// Which encoding a table is taken to be in.

import Records
import TestKit
import Testing

@Suite struct EncodingDetectionTests {
    private func encoding(of bytes: [UInt8], pieces: [Int] = []) -> TextEncoding {
        var detection = EncodingDetection()
        var start = 0
        for size in pieces + [bytes.count] {
            let end = min(start + size, bytes.count)
            detection.look(at: bytes.span.extracting(start..<end))
            start = end
        }
        return detection.finish()
    }

    private static let utf8 = Array("断面,月份\n江场河,2024-02\n".utf8)
    /// 断面,月份 in GBK.
    private static let gbk: [UInt8] = [0xB6, 0xCF, 0xC3, 0xE6, 0x2C, 0xD4, 0xC2, 0xB7, 0xDD, 0x0A]

    private static let samples: [(bytes: [UInt8], expected: TextEncoding)] = [
        ([], TextEncoding.utf8),
        (Array("section,month\n".utf8), .utf8),
        ([0x61], .utf8),
        ([0xEF, 0xBB, 0xBF], .utf8),
        // After the mark it is UTF-8 whatever follows.
        ([0xEF, 0xBB, 0xBF] + gbk, .utf8),
        ([0xFF, 0xFE], .utf16LittleEndian),
        ([0xFF, 0xFE, 0xAD, 0x65], .utf16LittleEndian),
        ([0xFE, 0xFF], .utf16BigEndian),
        ([0xFE, 0xFF, 0x65, 0xAD], .utf16BigEndian),
        ([0xFF], .gb18030),
        ([0xEF, 0xBB], .gb18030),
        ([0xEF, 0xBB, 0x2C], .gb18030),
        (utf8, .utf8),
        (gbk, .gb18030),
        (Array("section,".utf8) + gbk, .gb18030),
        // 联通, by which an old editor took a whole file for UTF-8.
        ([0xC1, 0xAA, 0xCD, 0xA8], .gb18030),
        // 陆 is the one sort of word that passes for UTF-8, unless another word stands beside it.
        ([0xC2, 0xBD], .utf8),
        ([0xC2, 0xBD, 0x2C] + gbk, .gb18030),
        // GB18030's own mark.
        ([0x84, 0x31, 0x95, 0x33, 0x61], .gb18030),
        // Eight whole characters to each damaged one are not enough, nine are.
        (Array("断面断面断面断面".utf8) + [0xFF], .gb18030),
        (Array("断面断面断面断面断".utf8) + [0xFF], .utf8),
        ([0xFF] + Array("断面断面断面断面断".utf8), .utf8),
        // A file that was cut off within its last character.
        (utf8 + [0xE6, 0x96], .gb18030),
        (utf8 + utf8 + [0xE6, 0x96], .utf8),
        // Overlong forms, surrogates and what lies beyond Unicode are no UTF-8.
        ([0xC0, 0xAF], .gb18030), ([0xE0, 0x80, 0xAF], .gb18030), ([0xED, 0xA0, 0x80], .gb18030),
        ([0xF4, 0x90, 0x80, 0x80], .gb18030), ([0xF5, 0x80, 0x80, 0x80], .gb18030),
        ([0xF0, 0x9F, 0x8C, 0x8A], .utf8), ([0xF4, 0x8F, 0xBF, 0xBF], .utf8), ([0xED, 0x9F, 0xBF], .utf8),
    ]

    @Test(arguments: samples)
    func `marks count first, then what the bytes can be`(bytes: [UInt8], expected: TextEncoding) {
        for pieces in [[], Array(repeating: 1, count: bytes.count), [2], [3], [1, 2, 4], [0, 5]] {
            #expect(encoding(of: bytes, pieces: pieces) == expected, "\(bytes) in \(pieces)")
        }
    }

    @Test func `nothing is decided while all is ASCII`() {
        var detection = EncodingDetection()
        let ascii = Array(repeating: UInt8(ascii: "a"), count: 1 << 19)
        detection.look(at: ascii.span)
        #expect(detection.encoding == nil)
        #expect(!detection.isOpen)
        detection.look(at: Self.gbk.span)
        #expect(detection.encoding == nil)
        #expect(detection.isOpen)
        #expect(detection.finish() == .gb18030)
    }

    @Test func `a window is weighed and no more`() {
        let window = EncodingDetection.windowBytes
        let text = Array(Array(repeating: Array("断".utf8), count: window).joined().prefix(window))
        var detection = EncodingDetection()
        detection.look(at: text.span.extracting(first: window - 1))
        #expect(detection.encoding == nil)
        detection.look(at: text.span.extracting(last: 1))
        // Its last character is cut, which is no error.
        #expect(detection.encoding == .utf8)
        for _ in 0..<100 { detection.look(at: Self.gbk.span) }
        #expect(detection.finish() == .utf8)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `where the pieces end changes nothing`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let words: [[UInt8]] = [
            Self.utf8, Self.gbk, [0xC2, 0xBD], [0xFF], [0xFE], [0xEF, 0xBB], [0xBF], Array("a,b\n".utf8),
            Array("断面断面断面断面断面断面".utf8), [0xE6], [0xF0, 0x9F],
        ]
        for _ in 0..<400 {
            let bytes = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in random.pick(words) }
            let whole = encoding(of: bytes)
            for _ in 0..<4 {
                let pieces = (0..<12).map { _ in Int.random(in: 0...5, using: &random) }
                #expect(encoding(of: bytes, pieces: pieces) == whole, "\(bytes) in \(pieces)")
            }
        }
    }
}

@Suite struct ForeignFormatTests {
    private static func zip(_ name: String) -> [UInt8] {
        Array("PK\u{3}\u{4}".utf8) + Array(repeating: 20, count: 26) + Array(name.utf8)
    }

    private static let foreign: [(bytes: [UInt8], format: ForeignFormat)] = [
        (zip("[Content_Types].xml"), ForeignFormat.workbook), (zip("xl/workbook.xml"), .workbook),
        (zip("mimetypeapplication/vnd.oasis"), .workbook), (zip("2024-02.csv"), .archive),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], .oldWorkbook),
        (Array("%PDF-1.7\n".utf8), .pdf), (Array("{\\rtf1\\ansi".utf8), .richText),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .picture), ([0xFF, 0xD8, 0xFF, 0xE0], .picture),
        (Array("GIF89a".utf8), .picture), ([0x42, 0x4D, 1, 2, 3, 4, 0, 0, 0, 0], .picture),
        (Array("RIFF".utf8) + [1, 2, 3, 4] + Array("WEBPVP8".utf8), .picture),
        ([0, 0, 0, 24] + Array("ftypheic".utf8), .picture), ([0x1F, 0x8B, 8], .archive),
        (Array("Rar!\u{1A}\u{7}\u{1}".utf8), .archive), ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .archive),
        (Array("\u{FEFF}\r\n <HTML xmlns:x=".utf8), .webPage), (Array("<!DOCTYPE html>".utf8), .webPage),
        (Array("<?xml version=".utf8), .webPage), (Array("<table border=1>".utf8), .webPage),
    ]

    @Test(arguments: foreign)
    func `what is no table is known by its first bytes`(bytes: [UInt8], format: ForeignFormat) {
        #expect(ForeignFormat(opening: bytes.span) == format)
    }

    @Test(arguments: [
        "", "P", "PK,断面\n", "BM25,BM26,BM27\n", "section,month\n", "断面,月份\n", "<5,ND\n", "%PDF", "GIF8,a\n",
        "RIFF,WEBP\n",
        "\u{FEFF}断面\n", "Rar,x\n", "{\"a\":1}\n",
    ])
    func `a table may begin with much that looks alike`(text: String) {
        let bytes = Array(text.utf8)
        #expect(ForeignFormat(opening: bytes.span) == nil)
    }

    @Test(arguments: [[0xB6, 0xCF, 0xC3, 0xE6], [0xFF, 0xFE, 0xAD, 0x65], [0xFE, 0xFF, 0x65, 0xAD]] as [[UInt8]])
    func `so may tables in other encodings`(bytes: [UInt8]) {
        #expect(ForeignFormat(opening: bytes.span) == nil)
    }
}

@Suite struct UndecodableCellTests {
    @Test(arguments: ["\u{FFFD}", "江场\u{FFFD}河", "江\u{FFFD}", "\u{FFFD}A"])
    func `a text cell that holds what could not be decoded is unreadable`(name: String) throws {
        let sink = try read("断面,月份,氨氮\n\(name),2024-02,0.5\n江场河,2024-02,0.5\n")
        #expect(sink.rows.map { $0.cells[0] } == [.unreadable, .text])
        #expect(sink.rejects.count == 1)
    }

    @Test func `characters written with similar bytes are text`() throws {
        // U+FFFC, U+FF3D, U+FB9D and U+FFEE share two of the three bytes.
        let sink = try read("断面,月份,氨氮\n\u{FFFC}\u{FF3D}\u{FB9D}\u{FFEE},2024-02,0.5\n")
        #expect(sink.rejects == [])
        #expect(sink.texts == [["\u{FFFC}\u{FF3D}\u{FB9D}\u{FFEE}", "2024-02", "0.5", "–", "–"]])
    }
}
