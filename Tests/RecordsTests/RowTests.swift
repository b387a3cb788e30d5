// Rows as values: from texts by name, and what they lend and print.

import Diagnostics
import Records
import Testing

@Suite struct RowTests {
    @Test func `a row from texts is read as a table's row is`() throws {
        let row = try Row(
            schema: try sectionSchema(),
            file: "sections.yaml",
            line: 7,
            values: ["section": " 江场河 ", "month": "2024年2月", "NH3-N": ""]
        )
        #expect(row.text(0) == "江场河")
        #expect(row.text(1) == "2024-02")
        #expect(row[2] == .blank)
        #expect(row[3] == .absent)
        #expect(row.reference.description == "sections.yaml:7")
        #expect(row.withBytes(0) { $0.count } == 9)
        #expect(row.withBytes(1) { $0.count } == 0)
    }

    @Test func `every complaint about texts is given`() throws {
        var complaints: [Diagnostic] = []
        let row = Row(
            schema: try sectionSchema(),
            file: "sections.yaml",
            line: 7,
            values: ["section": "A", "NH3-N": "o.59", "mnth": "2024-02", "class": "Ⅱ"],
            complaints: &complaints
        )
        #expect(row.unreadable == [2])
        #expect(complaints.map(\.key) == ["NH3-N", "class", "mnth"])
        #expect(complaints.last?.remedy == "did you mean \"month\"?")
        #expect(throws: Diagnostic.self) { try Row(schema: try sectionSchema(), line: 1, values: ["month": "?"]) }
    }
}
