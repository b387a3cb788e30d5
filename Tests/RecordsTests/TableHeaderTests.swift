// Headers: which columns of a table are read, and what is said about the others.

import Diagnostics
import Records
import Testing

@Suite struct TableHeaderTests {
    @Test(arguments: [
        "section,month,NH3-N", "Section,Month,nh3-n", "断面,月份,氨氮", "SECTION,MONTH,Ammonia Nitrogen",
        " 断面 ,\t月份,\u{3000}氨氮\u{A0}", "断面,月份,NH₃-N", "断面,月份,氨氮(mg/L)", "断面,月份,氨氮（mg/L）", "断面,月份,氨氮 (MG/l)",
        "\"断面\",\"月份\",\"氨氮\"", "\u{FEFF}断面,月份,氨氮", "\u{FEFF}\"断面\",月份,氨氮",
        "\n\r\n断面,月份,氨氮", "断 面,月\u{3000}份,氨 氮", "断面,月份,\"氨氮\n（mg/L）\"", "断面,月份,Ammonianitrogen (mg / L)",
    ])
    func `a header means its column`(header: String) throws {
        let sink = try read(header + "\n江场河,2024-02,0.59\n")
        #expect(sink.complaints.isEmpty)
        #expect(sink.texts == [["江场河", "2024-02", "0.59", "–", "–"]])
    }

    @Test func `columns may come in any order, and absent ones are marked`() throws {
        let sink = try read("氨氮,断面,月份\n0.59,A,2024-02\n")
        #expect(sink.rows.first?.cells.last == .absent)
        #expect(sink.rows.first?.cells[3] == .absent)
        #expect(sink.texts == [["A", "2024-02", "0.59", "–", "–"]])
    }

    @Test func `a name with brackets is a name, and a unit may follow it`() throws {
        for header in ["铬(六价)", "铬（六价）", "铬(六价)(mg/L)"] {
            let sink = try read("断面,月份,\(header)\nA,2024-02,0.004\n")
            #expect(sink.complaints.isEmpty)
            #expect(sink.texts == [["A", "2024-02", "–", "0.004", "–"]])
        }
    }

    @Test func `another unit makes the column unusable`() throws {
        let sink = try read("断面,月份,氨氮(μg/L)\nA,2024-02,590\n")
        #expect(
            sink.complaints == [
                "t.csv:1:3: error: NH3-N: the header states another unit, so the column is not used: found \"μg/L\", "
                    + "expected mg/L; convert the values to mg/L"
            ]
        )
        #expect(sink.rows.first?.cells[2] == .unreadable)
    }

    @Test func `an unknown header is a warning with the nearest name`() throws {
        let sink = try read("断面,月份,氨氮,NH4-N\nA,2024-02,0.59,7\n")
        #expect(
            sink.complaints == [
                "t.csv:1:4: warning: NH4-N: no known column has this header, so its cells are not read; "
                    + "did you mean \"NH3-N\"?"
            ]
        )
        #expect(sink.texts == [["A", "2024-02", "0.59", "–", "–"]])
    }

    @Test func `columns that no feed knows are one note, in the order in which they stand`() throws {
        let sink = try read("序号,断面,电导率,月份,氨氮,备注\n1,A,500,2024-02,0.59,\n")
        #expect(
            sink.complaints == [
                "t.csv:1:1: note: 3 columns have headers that no known column has, so their cells are not read: "
                    + "found \"序号, 电导率, 备注\""
            ]
        )
        #expect(sink.texts == [["A", "2024-02", "0.59", "–", "–"]])
    }

    @Test(arguments: [("序号", false), ("批好", true), ("电导率", false)])
    func `only what looks like a known header is asked about`(header: String, isAsked: Bool) throws {
        let schema = try TableSchema(columns: [
            Column(name: "lot", titleZh: "批号", titleEn: "", type: .code),
            Column(name: "n", titleZh: "数量", titleEn: "", type: .decimal, isRequired: true),
        ])
        let rejects = read(Array("数量,\(header)\n1,2\n".utf8), schema: schema).sink.rejects
        #expect(rejects.map(\.reason) == [isAsked ? .unknownHeader : .extraColumns])
        #expect(rejects.map(\.diagnostic.severity) == [isAsked ? .warning : .note])
        #expect(rejects.first?.nearest == (isAsked ? "批号" : nil))
    }

    @Test func `what is missing is told once with the headers that are there and those that are needed`() throws {
        let rejects = try read("序号,氨氮,Cr6+,备注\n1,0.5,0.6,x\n").rejects
        #expect(rejects.map(\.reason) == [.missingColumn, .missingColumn])
        guard case .headers(let headers)? = rejects[0].detail else { Issue.record("no headers"); return }
        #expect(headers.found == ["序号", "氨氮", "Cr6+", "备注"])
        #expect(headers.required.map(\.name) == ["section", "month"])
        #expect(headers.others.map(\.name) == ["NH3-N", "Cr6+"])
        #expect(!headers.hasMore && headers.seeming == nil && headers.wanted == .wide)
        #expect(rejects[1].detail == nil)
    }

    @Test func `of many long headers the first ones are named, and cut`() throws {
        let names = (0..<60).map { "列\($0)" + String(repeating: "长", count: 200) }
        let rejects = try read("氨氮," + names.joined(separator: ",") + "\n1\n").rejects
        guard case .headers(let headers)? = rejects.first?.detail else {
            Issue.record("no headers in \(rejects.map { "\($0.reason) \($0.diagnostic.problem)" })"); return
        }
        #expect(headers.found.count == 40 && headers.hasMore)
        #expect(headers.found.allSatisfy { $0.unicodeScalars.count <= 41 })
    }

    @Test func `an ignored column is neither read nor complained about`() throws {
        let sink = try read("断面,月份,水质类别,class\nA,2024-02,Ⅱ,\u{0}\n")
        #expect(sink.complaints.isEmpty)
        #expect(sink.rows.first?.cells.last == .absent)
    }

    @Test func `columns without a header are one warning`() throws {
        let sink = try read("断面,月份,, ,\nA,2024-02,x,y,\n")
        #expect(
            sink.complaints == [
                "t.csv:1:3: warning: 2 columns have no header, so their cells are not read: found \"nothing in column 3, 4\"; "
                    + "name them or remove them"
            ]
        )
        #expect(sink.rows.count == 1)
    }

    @Test func `of a column that is there twice, neither is used`() throws {
        let sink = try read("断面,氨氮,月份,NH3-N\nA,0.5,2024-02,0.6\nB,,2024-02,\n")
        #expect(
            sink.complaints == [
                "t.csv:1:4: error: NH3-N: the table has the column more than once, so none of them is used: "
                    + "found \"columns 2 \"氨氮\", 4 \"NH3-N\"\", expected one of them; remove the others"
            ]
        )
        #expect(sink.rows.map { $0.cells[2] } == [.unreadable, .unreadable])
    }

    @Test func `a table without a required column is not read`() throws {
        let schema = try sectionSchema()
        let (sink, reader) = read(Array("断面,氨氮\nA,0.5\nB,0.6,7\n\n".utf8), schema: schema)
        #expect(
            sink.complaints == [
                "t.csv:1: error: month: the required column is missing, so no row of the table is read: "
                    + "found \"断面, 氨氮\", expected a column \"month\" or \"月份\" or \"Month\"; "
                    + "add it; \"dutyd template\" prints an empty table"
            ]
        )
        #expect(sink.rows.isEmpty)
        #expect(reader.tally.rowsRejected == 2)
        #expect(reader.tally.rowsAccepted == 0)
    }

    @Test func `a header in another encoding is said once`() throws {
        // 断面 in GB18030.
        let bytes: [UInt8] = [0xB6, 0xCF, 0xC3, 0xE6] + Array(",month\nA,2024-02\n".utf8)
        let (sink, reader) = read(bytes, schema: try sectionSchema())
        #expect(
            sink.complaints == [
                "t.csv:1:1: error: the header is not UTF-8; save the table as \"CSV UTF-8\" and hand it in again"
            ]
        )
        #expect(reader.tally.rowsRejected == 1)
    }

    @Test(arguments: ["", "\u{FEFF}", "\n", "\r\n \r\n"])
    func `an empty table is an error`(text: String) throws {
        #expect(try read(text).complaints == ["t.csv: error: the table is empty: expected a header and rows"])
    }

    @Test func `a header alone is a table without rows`() throws {
        #expect(try read("断面,月份") == KeepingSink())
    }
}
