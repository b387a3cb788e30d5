// Tables in the encodings of office programs, and files that are called tables and are none.

import Diagnostics
import Engine
import Foundation
import Intake
import Jobs
import Records
import TestKit
import Testing

@Suite struct TableTextTests {
    private let scratch: ScratchFolder
    private let evidence: FolderEvidence
    private let inbox: Feed

    init() throws {
        scratch = try ScratchFolder()
        evidence = FolderEvidence(inbox: scratch("inbox"), registers: "")
        inbox = try feed(.inbox)
        try scratch.makeFolder("inbox/water-measurements")
    }

    private func read(_ contents: [UInt8]) throws -> (text: String, read: ReadTable) {
        try scratch.put(contents, at: "inbox/water-measurements/a.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        let (bytes, read) = try bytes(of: table, by: evidence)
        return (String(decoding: bytes, as: UTF8.self), read)
    }

    /// 断面 in GBK.
    private static let gbk: [UInt8] = [0xB6, 0xCF, 0xC3, 0xE6]

    private static let texts: [(contents: [UInt8], text: String, encoding: TextEncoding)] = [
        (Array("断面\n".utf8), "断面\n", TextEncoding.utf8),
        ([0xEF, 0xBB, 0xBF] + Array("断面\n".utf8), "\u{FEFF}断面\n", .utf8),
        (gbk + [0x0A], "断面\n", .gb18030),
        ([0xFF, 0xFE, 0xAD, 0x65, 0x09, 0x00], "\u{FEFF}断\t", .utf16LittleEndian),
        ([0xFE, 0xFF, 0x65, 0xAD, 0x00, 0x09], "\u{FEFF}断\t", .utf16BigEndian),
        ([], "", .utf8),
        ([0x61], "a", .utf8),
        ([0xFF], "\u{FFFD}", .gb18030),
        ([0xFF, 0xFE], "\u{FEFF}", .utf16LittleEndian),
        (Array(repeating: 0x61, count: 300_000) + gbk, String(repeating: "a", count: 300_000) + "断面", .gb18030),
        ([0x2C, 0x00, 0x2C], ",\0,", .utf8),
    ]

    @Test(arguments: texts)
    func aTableIsLentAsUTF8WhateverItIsWrittenIn(contents: [UInt8], text: String, encoding: TextEncoding) throws {
        let made = try read(contents)
        #expect(Array(made.text.utf8) == Array(text.utf8))
        #expect(made.read.encoding == encoding)
    }

    @Test func utf8PassesThroughUntouchedEvenWhereItIsDamaged() throws {
        let contents = Array("断面断面断面断面断面断面\n".utf8) + [0xE6, 0x96, 0x0A]
        try scratch.put(contents, at: "inbox/water-measurements/a.csv")
        let made = try bytes(of: try #require(evidence.tables(of: inbox).tables.first), by: evidence)
        #expect(made.bytes == contents)
        #expect(made.read.encoding == .utf8)
    }

    @Test func theFingerprintIsThatOfTheFileAndNotOfItsText() throws {
        let utf8 = try read(Array("断面\n".utf8)).read
        let gbk = try read(Self.gbk + [0x0A]).read
        #expect(utf8.fingerprint != gbk.fingerprint)
        #expect(try read(Self.gbk + [0x0A]).read == gbk)
        var fingerprint = ContentFingerprint()
        fingerprint.add((Self.gbk + [0x0A]).span)
        #expect(gbk.fingerprint == fingerprint.text)
    }

    private static let renamed: [(contents: [UInt8], reason: Reject.Reason, remedy: String)] = [
        (
            Array("PK\u{3}\u{4}".utf8) + Array(repeating: 20, count: 26) + Array("[Content_Types].xml".utf8),
            Reject.Reason.spreadsheet, "CSV UTF-8"
        ),
        (
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 5000), .spreadsheet,
            "CSV UTF-8"
        ),
        (Array("PK\u{3}\u{4}".utf8) + Array(repeating: 20, count: 26) + Array("a.csv".utf8), .archive, "unpack it"),
        (Array("%PDF-1.4\n".utf8), .document, "ask for the table itself"),
        ([0xFF, 0xD8, 0xFF, 0xE0, 0x00], .document, "ask for the table itself"),
        (Array("<html><table>".utf8), .otherFormat, "CSV UTF-8"),
    ]

    @Test(arguments: renamed)
    func aRenamedFileIsAnsweredInOneSentence(contents: [UInt8], reason: Reject.Reason, remedy: String) throws {
        var lent = 0
        try scratch.put(contents, at: "inbox/water-measurements/a.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        let reject = #expect(throws: Reject.self) { try evidence.read(table) { lent += $0.count } }
        #expect(reject?.reason == reason)
        #expect(reject?.diagnostic.found?.hasPrefix("the contents of") == true)
        #expect(reject?.diagnostic.remedy?.contains(remedy) == true)
        // People who read the console's English are not told in Chinese; slips are in both languages.
        #expect(reject?.diagnostic.remedy?.unicodeScalars.allSatisfy(\.isASCII) == true)
        #expect(lent == 0)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
    func tablesThatPythonWroteReadBack() throws {
        let oracle = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Oracles/files.py")
            .path
        let count = 80
        try scratch.makeFolder("made")
        let answer = try run("/usr/bin/python3", oracle, scratch("made"), "5", String(count))
        try #require(answer.status == 0, "\(answer.output)")
        let encodings = answer.output.split(separator: "\n").map(String.init)
        try #require(encodings.count == count)
        #expect(Set(encodings).count == 4)
        for (number, encoding) in encodings.enumerated() {
            try FileManager.default.moveItem(
                atPath: scratch("made/\(number).csv"),
                toPath: scratch("inbox/water-measurements/\(number).csv")
            )
            let table = try #require(evidence.tables(of: inbox).tables.first { $0.name == "\(number).csv" })
            let made = try bytes(of: table, by: evidence)
            try #require(made.read.encoding.rawValue == encoding, "\(number).csv")
            try #require(try made.bytes == scratch.bytes(at: "made/\(number).txt"), "\(number).csv")
        }
    }

    @Test(arguments: [0x2C, 0x00, 0xB6, 0x0A] as [UInt8])
    func aFileOfOneByteOverAndOverIsReadWithoutHoldingIt(byte: UInt8) throws {
        try scratch.put(Array(repeating: byte, count: 8 << 20), at: "inbox/water-measurements/a.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        var largest = 0
        try evidence.read(table) { largest = max(largest, $0.count) }
        #expect(largest <= 1 << 20)
    }
}
