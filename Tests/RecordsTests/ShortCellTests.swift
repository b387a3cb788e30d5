// Short cells, which are read eight bytes at once: the same as byte by byte, wherever in their row they stand.

import Almanac
import Records
import TestKit
import Testing

@Suite struct ShortCellTests {
    /// What columns of three types make of the same texts: alone in its row, after a cell, and behind a long one.
    private static func read(_ written: [String], _ type: ColumnType) throws -> [[KeptRow]] {
        let columns = ["long", "first", "last"].map { name in
            Column(name: name, titleZh: "", titleEn: "", type: name == "long" ? .text : type)
        }
        let schema = try TableSchema(columns: columns)
        return written.map { text in
            ["first,last\n\(text),\(text)\n", "last,long\n\(text),x\n", "long,first\nxxxxxxxxxx,\(text)\n"].flatMap {
                RecordsTests.read(Array($0.utf8), schema: schema).sink.rows
            }
        }
    }

    private static func texts(of pieces: [String], longest: Int, seed: UInt64, count: Int) -> [String] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            (0..<Int.random(in: 1...longest, using: &random))
                .map { _ in pieces.randomElement(using: &random) ?? "" }
                .joined()
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `digits with a point or none are the number that they make`(seed: UInt64) throws {
        // The neighbours of the digits in ASCII are the ones that a wrong test would take for digits.
        let pieces = ["0", "1", "2", "9", "5", "12", "00", ".", "/", ":", "-", "+"]
        let written = Self.texts(of: pieces, longest: 9, seed: seed, count: 1500)
        for (text, rows) in zip(written, try Self.read(written, .decimal)) {
            guard let number = ExactDecimal(text) else { continue }
            for row in rows {
                for case .decimal(let cell) in row.cells {
                    try #require(cell.coefficient == number.coefficient && cell.scale == number.scale, "\(text)")
                }
                try #require(row.cells.contains { if case .decimal = $0 { true } else { false } }, "\(text)")
            }
        }
    }

    @Test(arguments: 1...2 as ClosedRange<UInt64>)
    func `what is no number is none because it is short`(seed: UInt64) throws {
        let pieces = ["0", "7", "1", ".", "/", ":", "a", "¹"]
        let written = Self.texts(of: pieces, longest: 7, seed: seed, count: 800).filter { text in
            text.contains { "a:/".contains($0) } || text.count { $0 == "." } > 1
        }
        for (text, rows) in zip(written, try Self.read(written, .decimal)) where text.utf8.count > 4 {
            for row in rows {
                let isNumber = row.cells.contains { if case .decimal = $0 { true } else { false } }
                try #require(!isNumber, "\(text)")
            }
        }
    }

    @Test func `each month of a century reads, and none beside them`() throws {
        let months = (1950...2050).flatMap { year in (1...12).map { CivilMonth(year: year, month: $0) } }
        for (month, rows) in zip(months, try Self.read(months.map(\.description), .month)) {
            try #require(rows.allSatisfy { $0.cells.contains(.month(month)) }, "\(month)")
        }
        let wrong = ["2024-00", "2024-13", "0000-01", "2024-1/", "2024-:1", "202-401", "20-2401", "2024--1"]
        for (text, rows) in zip(wrong, try Self.read(wrong, .month)) {
            try #require(
                rows.allSatisfy { row in !row.cells.contains { if case .month = $0 { true } else { false } } },
                "\(text)"
            )
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `texts in Chinese, in Latin and damaged ones are told apart`(seed: UInt64) throws {
        let pieces = ["彭", "越", "浦", "河", "一", "龥", "鿿", "㐀", "a", "7", "é", "𝟙", "\u{FFFD}", "\u{0}", "—", "Ａ"]
        let written = Self.texts(of: pieces, longest: 6, seed: seed, count: 1000)
        for (text, rows) in zip(written, try Self.read(written, .text)) {
            let isText = !text.unicodeScalars.contains { $0 == "\u{FFFD}" || $0 == "\u{0}" }
            // Dashes alone stand for no text.
            guard text.contains(where: { $0 != "—" }) else { continue }
            for row in rows {
                for (cell, kept) in zip(row.cells, row.texts) {
                    guard cell != .absent, kept != "x", kept != "xxxxxxxxxx" else { continue }
                    try #require(cell == (isText ? .text : .unreadable), "\(text)")
                    if isText { try #require(kept == text) }
                }
            }
        }
    }

    @Test func `bytes that are no UTF-8 make a text unreadable, at each place of it`() throws {
        let schema = try TableSchema(columns: [Column(name: "a", titleZh: "", titleEn: "", type: .text)])
        let whole = Array("彭越浦汶水路桥".utf8)
        for place in whole.indices {
            for byte: UInt8 in [0x80, 0xC0, 0xE0, 0xF5, 0xFF] where byte != whole[place] {
                var damaged = whole
                damaged[place] = byte
                let row = try #require(RecordsTests.read(Array("a\n".utf8) + damaged, schema: schema).sink.rows.first)
                let isText = String(validating: damaged, as: UTF8.self) != nil
                try #require(row.cells == [isText ? .text : .unreadable], "\(place) \(byte)")
            }
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `a code is kept in capitals, and Excel's numbers are none`(seed: UInt64) throws {
        let pieces = ["S", "H", "0", "1", "9", "a", "z", "-", "_", "`", "{", "@", "[", "Z", "~", "E", "+", "."]
        let written = Self.texts(of: pieces, longest: 20, seed: seed, count: 1000)
        for (text, rows) in zip(written, try Self.read(written, .code)) {
            // Marks alone stand for no code, and dates and exponents of Excel are none; both begin like this.
            guard text.first?.isLetter == true, !text.contains("-"), !text.contains(".") else { continue }
            for row in rows {
                try #require(row.texts.contains(text.uppercased()), "\(text): \(row.texts)")
            }
        }
        for text in ["1E+05", "1.2E+11", "1.00E-05"] {
            let rows = try Self.read([text], .code)[0]
            #expect(rows.allSatisfy { $0.cells.contains(.unreadable) }, "\(text)")
        }
    }
}
