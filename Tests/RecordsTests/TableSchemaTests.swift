// Schemas: what may be declared, and which header means which column.

import Diagnostics
import Records
import Testing

@Suite struct TableSchemaTests {
    private func column(_ name: String, zh: String = "", aliases: [String] = []) -> Column {
        Column(name: name, titleZh: zh, titleEn: "", aliases: aliases, type: .text)
    }

    @Test(arguments: [
        (["TP", "tp"], "tp"), (["TP", " TP "], " TP "), (["铬(六价)", "铬（六价）"], "铬（六价）"),
    ])
    func `two columns of one name are an error`(names: [String], found: String) {
        let error = #expect(throws: Diagnostic.self) { try TableSchema(columns: names.map { column($0) }) }
        #expect(error?.found == found)
    }

    @Test func `an alias that another column answers to is an error`() {
        let error = #expect(throws: Diagnostic.self) {
            try TableSchema(columns: [column("TP", zh: "总磷"), column("P", aliases: ["总磷"])])
        }
        #expect(error?.key == "P")
        #expect(error?.expected == "a header that TP does not have")
    }

    @Test func `a column may repeat its own headers`() throws {
        let schema = try TableSchema(columns: [column("TP", zh: "TP", aliases: ["tp"]), column("TN")])
        #expect(schema.index(of: "TN") == 1)
        #expect(schema.index(of: "tn") == nil)
    }

    @Test func `a column needs a name and cannot be required and ignored`() {
        #expect(throws: Diagnostic.self) { try TableSchema(columns: [column(" ")]) }
        #expect(throws: Diagnostic.self) {
            try TableSchema(columns: [
                Column(name: "class", titleZh: "", titleEn: "", type: .text, isRequired: true, isIgnored: true)
            ])
        }
    }
}
