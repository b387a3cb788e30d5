// What helps to keep much of many rows in little room: windows on their days, places, and texts told apart.

import Almanac
import Records
import TestKit
import Testing

@Suite struct RowKeepingTests {
    private static func lines(
        _ column: String,
        _ type: ColumnType,
        _ days: ClosedRange<CivilDate>,
        _ cells: [String]
    ) throws -> (handedOn: [Int], accepted: Int, complaints: Int) {
        let schema = try TableSchema(columns: [Column(name: column, titleZh: "", titleEn: "", type: type)])
        var reader = TableReader(schema: schema, window: RowWindow(column: 0, days: days), file: "t.csv")
        var sink = KeepingSink()
        let bytes = Array("\(column)\n\(cells.joined(separator: "\n"))\n".utf8)
        reader.feed(bytes.span, into: &sink)
        reader.finish(into: &sink)
        return (sink.rows.map(\.line), reader.tally.rowsAccepted, sink.rejects.count)
    }

    private static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso8601: text)) }

    @Test func `rows of other days are read and counted, and not handed on`() throws {
        let february = try Self.day("2024-02-01")...Self.day("2024-02-29")
        let months = try Self.lines("m", .month, february, ["2024-01", "2024-02", "2024-03", "2023-02", "o2"])
        #expect(months == (handedOn: [3, 6], accepted: 5, complaints: 1))
        let days = try Self.lines("d", .date, february, ["2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01", "x"])
        #expect(days == (handedOn: [3, 4, 6], accepted: 5, complaints: 1))
    }

    @Test func `a month lies in a window with its first day, whatever the window's ends are`() throws {
        let year = try Self.day("2023-11-02")...Self.day("2024-01-01")
        let result = try Self.lines("m", .month, year, ["2023-10", "2023-11", "2023-12", "2024-01", "2024-02"])
        #expect(result.handedOn == [4, 5])
        let none = try Self.lines("m", .month, Self.day("2024-02-05")...Self.day("2024-02-06"), ["2024-01", "2024-02"])
        #expect(none.handedOn == [])
    }

    @Test func `a place leads back to its row, in whatever order the files come`() throws {
        let schema = try TableSchema(columns: [Column(name: "a", titleZh: "", titleEn: "", type: .text)])
        var places = RowPlaces()
        var kept: [(RowPlace, RowReference)] = []
        for (file, line) in [("a.csv", 2), ("a.csv", 3), ("b.csv", 2), ("a.csv", 4), ("c.csv", 70_000), ("b.csv", 9)] {
            let row = try Row(schema: schema, file: file, line: line, values: ["a": "x"])
            kept.append((places.place(of: row), row.reference))
        }
        for (place, reference) in kept { #expect(places[place] == reference) }
        #expect(kept[0].0.isInFile(of: kept[3].0))
        #expect(!kept[0].0.isInFile(of: kept[2].0))
    }

    @Test func `texts find their numbers, and the first number of a text stays`() {
        var random = SeededGenerator(seed: 4)
        var table = TextTable()
        var expected: [String: Int] = [:]
        for number in 0..<5000 {
            let length = Int.random(in: 0...20, using: &random)
            let text = String((0..<length).map { _ in "ab河0".randomElement(using: &random) ?? "a" })
            table.enter(Array(text.utf8).span, as: number)
            if expected[text] == nil { expected[text] = number }
        }
        #expect(table.count == expected.count)
        for (text, number) in expected { #expect(table[Array(text.utf8).span] == number) }
        #expect(table[Array("c".utf8).span] == nil)
    }
}
