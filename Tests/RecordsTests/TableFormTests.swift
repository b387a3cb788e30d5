// Tables as offices write them: separators, titles, units, totals, merged cells, other layouts.

import Diagnostics
import Records
import Testing

@Suite struct TableFormTests {
    private static let rows = [["A", "2024-02", "0.59"], ["B", "2024-02", "1.2"]]

    private func read(_ text: String, form: TableForm = .wide, fillDown: Bool = false) throws
        -> (sink: KeepingSink, tally: TableTally)
    {
        let schema = try TableSchema(columns: [
            Column(
                name: "section",
                titleZh: "断面",
                titleEn: "Section",
                type: .text,
                isRequired: true,
                fillsDown: fillDown
            ),
            Column(name: "month", titleZh: "月份", titleEn: "Month", type: .month, isRequired: true),
            Column(name: "NH3-N", titleZh: "氨氮", titleEn: "Ammonia nitrogen", type: .decimal, unit: "mg/L"),
            Column(name: "TP", titleZh: "总磷", titleEn: "Total phosphorus", type: .decimal, unit: "mg/L"),
            Column(name: "class", titleZh: "水质类别", titleEn: "Class", type: .text, isIgnored: true),
        ])
        var reader = TableReader(schema: schema, form: form, file: "t.csv")
        var sink = KeepingSink()
        reader.feed(Array(text.utf8).span, into: &sink)
        reader.finish(into: &sink)
        return (sink, reader.tally)
    }

    private func cells(_ sink: KeepingSink, _ count: Int = 3) -> [[String]] {
        sink.texts.map { Array($0.prefix(count)) }
    }

    @Test(arguments: [",", ";", "\t", "，"])
    func `the separator is found`(separator: String) throws {
        let lines = [["断面", "月份", "氨氮"]] + Self.rows
        let text = lines.map { $0.joined(separator: separator) }.joined(separator: "\r\n")
        let (sink, _) = try read(text)
        #expect(sink.complaints.isEmpty)
        #expect(cells(sink) == Self.rows)
    }

    @Test func `other separators stay in their cells`() throws {
        let (sink, _) = try read("断面；;月份;氨氮\n", form: .wide)
        #expect(sink.rejects.map(\.reason) == [.unknownHeader, .missingColumn])
        #expect(cells(try read("断面;月份;氨氮\nA,B;2024-02;1\n").sink) == [["A,B", "2024-02", "1"]])
        #expect(
            cells(try read("断面，月份，氨氮\n\"A，B\"，2024-02，\"1\"\n\"C\"\"，\"，2024-02，2\nD,E，2024-02，3").sink)
                == [["A，B", "2024-02", "1"], ["C\"，", "2024-02", "2"], ["D,E", "2024-02", "3"]]
        )
        #expect(cells(try read("断面,月份,氨氮\nA，B,2024-02,1\n").sink) == [["A，B", "2024-02", "1"]])
    }

    @Test(arguments: [
        ("某区2024年2月断面水质监测数据表\n", 1), ("断面水质,,\n填报单位：监测站,,2024年3月1日\n\n", 2), ("\n\n", 0), ("sep=,\n", 1),
        ("\"断面\"x\n", 1), (String(repeating: "x,", count: 5000) + "\n", 1),
    ])
    func `rows above the header are passed`(title: String, count: Int) throws {
        let (sink, tally) = try read(title + "断面,月份,氨氮\nA,2024-02,0.59\nB,2024-02,1.2\n")
        #expect(sink.complaints.isEmpty)
        #expect(cells(sink) == Self.rows)
        #expect(tally.titleRows == count)
        #expect(tally.rowsRejected == 0)
        let lines = title.split(separator: "\n", omittingEmptySubsequences: false).count
        #expect(sink.rows.map(\.line) == [lines + 1, lines + 2])
    }

    @Test(arguments: [
        "合计,,1.79", "合计：,,1.79", ",合计,1.79", "\"合计\",,1.79", "　合计,,", "注：ND 表示未检出", "注:x,y,z,1,2,3", "备注 ： 见附件",
        "填表人：张三,审核人：李四", "Total,,1.79", "平均值,,0.9", "均值,,0.9", "最大值,,1.2", "最小值：,,0.59", ",平均,0.9",
    ])
    func `totals and notes below the data are dropped and counted`(footer: String) throws {
        let (sink, tally) = try read("断面,月份,氨氮\nA,2024-02,0.59\nB,2024-02,1.2\n\(footer)\n\(footer)")
        #expect(sink.complaints.isEmpty)
        #expect(cells(sink) == Self.rows)
        #expect(tally.footerRows == 2)
        #expect(tally.rowsAccepted == 2)
    }

    @Test(arguments: ["合计桥", "注江", "Totality", "备注桥断面", "合", "均值桥", "平均路"])
    func `a name that begins like a total is a name`(name: String) throws {
        let (sink, tally) = try read("断面,月份,氨氮\n\(name),2024-02,0.59\n")
        #expect(cells(sink) == [[name, "2024-02", "0.59"]])
        #expect(tally.footerRows == 0)
    }

    @Test func `a feed may name its own footers`() throws {
        let form = TableForm(layout: .wide, footers: ["平均"])
        let (sink, tally) = try read("断面,月份,氨氮\n平均,,1\n合计,2024-02,2\n", form: form)
        #expect(cells(sink) == [["合计", "2024-02", "2"]])
        #expect(tally.footerRows == 1)
    }

    @Test func `headings over sub-headings are one header`() throws {
        let (sink, tally) = try read("监测结果表\n断面,月份,监测项目,\n,,氨氮,总磷\nA,2024-02,0.59,0.1\n")
        #expect(sink.complaints.isEmpty)
        #expect(cells(sink, 4) == [["A", "2024-02", "0.59", "0.1"]])
        #expect(tally.titleRows == 1)
        #expect(sink.rows.first?.line == 4)
    }

    @Test func `a row of units belongs to the header`() throws {
        let (sink, _) = try read("断面,月份,氨氮,总磷\n单位,,mg/L,mg/l\nA,2024-02,0.59,0.1\n")
        #expect(sink.complaints.isEmpty)
        #expect(cells(sink, 4) == [["A", "2024-02", "0.59", "0.1"]])
        let other = try read("断面,月份,氨氮,总磷\n,,mg/L,μg/L\nA,2024-02,0.59,100\n").sink
        #expect(other.rejects.map(\.reason) == [.otherUnit])
        #expect(other.rows.map { $0.cells[3] } == [.unreadable])
    }

    @Test func `cells that were merged mean the one above`() throws {
        let text = "断面,月份,氨氮\nA,2024-02,1\n,2024-03,2\n\"\",2024-04,3\nB,2024-02,4\n"
        let (sink, tally) = try read(text, fillDown: true)
        #expect(cells(sink).map { $0[0] } == ["A", "A", "A", "B"])
        #expect(tally.cellsFilled == 2)
        #expect(cells(try read(text).sink).map { $0[0] } == ["A", "–", "–", "B"])
    }

    @Test func `an unnamed column without anything is nobody's business`() throws {
        #expect(try read("断面,月份,,\nA,2024-02,,\nB,2024-02\n").sink.complaints.isEmpty)
    }

    @Test(arguments: ["x,y\n1,2\n", "水质\n很好\n"])
    func `a table without its headers is refused once`(text: String) throws {
        let (sink, tally) = try read(text)
        #expect(sink.rejects.map(\.reason) == [.headerNotFound])
        #expect(sink.complaints.first?.contains("expected a row with \"断面\", \"月份\"") == true)
        #expect(tally.rowsRejected == 1)
    }

    // MARK: - One row a value

    private static let long = TableForm(layout: .long(item: "项目", value: "监测值"))

    @Test func `values of one subject become one row wherever they stand`() throws {
        let (sink, tally) = try read(
            "断面,月份,项目,监测值\nA,2024-02,氨氮,0.59\nB,2024-02,NH3-N,1.2\nA,2024-02,总磷,0.1\nA,2024-03,总磷,x\n",
            form: Self.long
        )
        #expect(
            cells(sink, 4) == [
                ["A", "2024-02", "0.59", "0.1"], ["B", "2024-02", "1.2", "–"], ["A", "2024-03", "–", "–"],
            ]
        )
        #expect(sink.rows.map(\.line) == [2, 3, 5])
        #expect(sink.diagnostics.map(\.position) == [Position(file: "t.csv", line: 5, column: 4)])
        // Counted as they stand in the file, a row for each value.
        #expect((tally.rowsAccepted, tally.rowsRejected, tally.cellsRejected) == (3, 1, 0))
        #expect(sink.rows.map(\.fileRows) == [2, 1, 0])
    }

    @Test func `a second value of an item is a second sample, the same one is none`() throws {
        let (sink, _) = try read(
            "断面,月份,项目,监测值\nA,2024-02,氨氮,1\nA,2024-02,氨氮,2\nA,2024-02,氨氮,1\n",
            form: Self.long
        )
        #expect(cells(sink) == [["A", "2024-02", "1"], ["A", "2024-02", "2"]])
    }

    @Test func `an unknown item and another unit are named`() throws {
        let (sink, tally) = try read(
            "断面,月份,项目,单位,监测值\nA,2024-02,氨蛋,mg/L,1\nA,2024-02,总磷,μg/L,2\nA,2024-02,水质类别,,Ⅱ\n合计,,,,3\n",
            form: Self.long
        )
        #expect(sink.rejects.map(\.reason) == [.unknownItem, .otherUnit, .extraItems])
        #expect(sink.rejects.map(\.nearest) == ["氨氮", nil, nil])
        #expect(sink.diagnostics.map(\.position?.column) == [3, 4, nil])
        // A value was measured and cannot be used: that is not the same as none.
        #expect(sink.rows.map { $0.cells[3] } == [.unreadable])
        #expect(tally.rowsRejected == 2)
        #expect(tally.footerRows == 1)
    }

    @Test func `what a lost row said is unknown to the rows below and to its subject`() throws {
        let header = "断面,月份,项目,监测值\n"
        let unknown = try read(
            header + "A,2024-02,氨氮,1\nB,2024-02,透明度,3\n,2024-02,总磷,2\n",
            form: Self.long,
            fillDown: true
        )
        #expect(cells(unknown.sink, 4) == [["A", "2024-02", "1", "–"], ["B", "2024-02", "–", "2"]])
        let lost = try read(
            header + "A,2024-02,氨氮,1\nB,2024-02,\"氨氮\"x,3\n,2024-02,总磷,2\n",
            form: Self.long,
            fillDown: true
        )
        #expect(lost.sink.rows.map { $0.cells[0] } == [.text, .unreadable])
        // Whose ammonia was lost nobody knows, so no row is complete without it.
        #expect(lost.sink.rows.map { $0.cells[3] }.first == .unreadable)
        let wide = try read("断面,月份,氨氮\nA,2024-02,1\nB,2024-02,2,3\n,2024-02,4\n", fillDown: true)
        #expect(wide.sink.rows.map { $0.cells[0] } == [.text, .unreadable])
        #expect(wide.tally.cellsRejected == 1)
    }

    @Test func `a value that is said twice is told`() throws {
        let (sink, tally) = try read("断面,月份,项目,监测值\nA,2024-02,氨氮,1\nA,2024-02,氨氮,1\n", form: Self.long)
        #expect(sink.rejects.map(\.reason) == [.repeatedRow])
        #expect(tally.rowsRepeated == 1)
    }

    @Test func `another block below does not swallow the first one`() throws {
        let (sink, tally) = try read("断面,月份,氨氮\nA,2024-02,1\n\n断面,月份,氨氮,总磷\nB,2024-02,2,3\n")
        #expect(cells(sink).first == ["A", "2024-02", "1"])
        #expect(tally.titleRows == 0)
        #expect(sink.rejects.map(\.diagnostic.position?.line) == [4, 5])
    }

    @Test func `a row of units may have units of unknown columns and brackets`() throws {
        let (sink, _) = try read("断面,月份,透明度,氨氮,总磷\n,,cm,（mg/L）,mg/L\nA,2024-02,30,0.59,0.1\n")
        #expect(sink.rejects.map(\.reason) == [.extraColumns])
        #expect(cells(sink, 4) == [["A", "2024-02", "0.59", "0.1"]])
    }

    @Test func `without its own columns a long table is refused`() throws {
        let (sink, _) = try read("断面,月份,氨氮\nA,2024-02,1\n", form: Self.long)
        #expect(sink.rejects.map(\.reason) == [.headerNotFound])
        #expect(sink.complaints.first?.contains("\"项目\", \"监测值\"") == true)
    }

    @Test func `items that no feed knows are one note, and cost nobody a row`() throws {
        let (sink, tally) = try read(
            "断面,月份,项目,监测值\nA,2024-02,电导率,500\nA,2024-02,氨氮,1\nA,2024-02,透明度,30\nB,2024-02,电导率,510\n",
            form: Self.long
        )
        #expect(sink.rejects.map(\.reason) == [.extraItems])
        #expect(sink.diagnostics.map(\.severity) == [.note])
        #expect(sink.diagnostics.first?.found == "电导率, 透明度")
        #expect(sink.rejects.first?.detail == .rows(file: "t.csv", count: 3))
        #expect(cells(sink) == [["A", "2024-02", "1"]])
        #expect(tally.rowsRejected == 0)
        // What cannot be decoded may be any item.
        let lossy = try read("断面,月份,项目,监测值\nA,2024-02,\u{FFFD}\u{FFFD},1\n", form: Self.long)
        #expect(lossy.sink.rejects.map(\.reason) == [.unknownItem])
    }

    // MARK: - Another layout than the feed's

    private static let sameData = [
        TableForm.Shape.wide: "断面,月份,氨氮,总磷\nA,2024-02,1,0.1\nB,2024-02,2,0.2\n",
        .long: "断面,月份,项目,监测值\nA,2024-02,氨氮,1\nA,2024-02,总磷,0.1\nB,2024-02,氨氮,2\n",
        .transposed: "断面,A,B\n月份,2024-02,2024-02\n氨氮,1,2\n总磷,0.1,0.2\n",
    ]

    @Test(
        arguments: [TableForm.Layout.wide, .long(item: "项目", value: "监测值"), .transposed],
        TableForm.Shape.allCases
    )
    func `a table in another layout is told so, and nothing else`(
        layout: TableForm.Layout,
        shape: TableForm.Shape
    ) throws {
        let form = TableForm(layout: layout)
        let (sink, _) = try read(try #require(Self.sameData[shape]), form: form)
        guard form.shape != shape else {
            #expect(sink.rejects == [])
            #expect(sink.rows.count == 2)
            return
        }
        #expect(sink.rows == [])
        #expect(sink.rejects.map(\.reason) == [.headerNotFound])
        guard case .headers(let headers)? = sink.rejects.first?.detail else { Issue.record("no headers"); return }
        #expect(headers.wanted == form.shape)
        #expect(headers.seeming == shape)
        #expect(headers.found.contains("断面"))
        #expect(headers.own == (form.shape == .long ? ["项目", "监测值"] : []))
        #expect(sink.diagnostics.first?.remedy?.contains("dutyd template") == true)
    }

    // MARK: - Records side by side

    private static let transposed = TableForm(layout: .transposed)

    @Test func `records may stand side by side`() throws {
        let (sink, tally) = try read(
            "静安区水质监测\n断面,单位,A,B,\n月份,,2024-02,2024-02\n水质类别,,Ⅱ,Ⅲ\n氨氮,mg/L,0.59,?\n注：月均值\n",
            form: Self.transposed
        )
        #expect(cells(sink) == [["A", "2024-02", "0.59"], ["B", "2024-02", "–"]])
        #expect(sink.diagnostics.map(\.position) == [Position(file: "t.csv", line: 5, column: 4)])
        #expect(tally.titleRows == 1)
        #expect(tally.footerRows == 1)
        #expect(tally.rowsAccepted == 2)
    }

    @Test func `a transposed table is checked like any other`() throws {
        let missing = try read("断面,A\n氨氮,0.59\n", form: Self.transposed)
        #expect(missing.sink.rejects.map(\.reason) == [.missingColumn])
        #expect(missing.tally.rowsRejected == 1)
        let unknown = try read("x,A\ny,0.59\n", form: Self.transposed)
        #expect(unknown.sink.rejects.map(\.reason) == [.headerNotFound])
        #expect(try read("", form: Self.transposed).sink.rejects.map(\.reason) == [.emptyTable])
    }

    @Test func `a table side by side is limited, because all of it is kept`() throws {
        let schema = try sectionSchema()
        var reader = TableReader(schema: schema, form: Self.transposed, file: "t.csv")
        var sink = KeepingSink()
        let chunk = Array(String(repeating: "断面," + String(repeating: "x", count: 1000) + "\n", count: 1000).utf8)
        for _ in 0..<40 { reader.feed(chunk.span, into: &sink) }
        reader.finish(into: &sink)
        #expect(sink.rejects.map(\.reason) == [.tableTooLarge])
        #expect(sink.rows.isEmpty)
    }
}
