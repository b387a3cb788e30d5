// What the sentences of return slips tell beside the cell: other rows, other subjects, other headers.

import Alerts
import Diagnostics
import Records
import Testing

@Suite struct SlipSentenceTests {
    private static func text(_ rejects: [Reject], isUsable: Bool = true, accepted: Int = 9) throws -> String {
        let slip = try Slips.slip(rejects: rejects, isUsable: isUsable) { $0.rowsAccepted = accepted }
        return try Slips.text(try Slips.notice(of: slip))
    }

    @Test func `of two rows that contradict each other each names the other, by column in a table of columns`() throws {
        let rows = try Self.text([
            Slips.reject(
                .contradictsRow,
                at: (4, nil),
                found: "JA-01 2024-02",
                detail: .row(RowReference(file: Slips.file, line: 7))
            )
        ])
        #expect(rows.contains("第 4 行：与第 7 行是同一项数据（JA-01 2024-02），填写却不同，都没有采用。请只留下正确的。"))
        #expect(
            rows.contains("Row 4: it says the same thing (JA-01 2024-02) differently from row 7, so neither is used.")
        )
        let columns = try Self.text([
            Slips.reject(
                .contradictsRow,
                at: (2, 3),
                detail: .row(RowReference(file: Slips.file, line: 2, column: 28))
            )
        ])
        #expect(columns.contains("第 2 行 C 列：与第 2 行 AB 列是同一项数据，填写却不同"))
        #expect(columns.contains("Row 2, column C: it says the same thing differently from row 2, column AB, so"))
    }

    @Test func `a row of another file is named with its file, and further ones are counted`() throws {
        let other = Reject.Detail.row(RowReference(file: "更正.csv", line: 3))
        let text = try Self.text([
            Slips.reject(.supersededRow, at: (2, nil), severity: .warning, detail: other),
            Slips.reject(.repeatedRow, at: (3, nil), severity: .warning, detail: other),
            Slips.reject(.supersededRow, severity: .warning, detail: .rows(file: "更正.csv", count: 12)),
        ])
        #expect(text.contains("第 2 行：另有更新的数据（更正.csv 第 3 行），这一行不用。"))
        #expect(text.contains("第 3 行：与 更正.csv 第 3 行完全相同，只计一次。"))
        #expect(text.contains("  3. 另有 12 行在 更正.csv 中有更新的数据，不用。"))
        #expect(text.contains("Row 3: it says the same as 更正.csv row 3 and is counted once."))
        #expect(text.contains("  3. there are newer data of 12 more rows in 更正.csv, so they are not used."))
    }

    @Test func `of a code with another's name both possibilities are told`() throws {
        func text(bearers: [String], nearest: String?) throws -> String {
            try Self.text([
                Slips.reject(
                    .codeAndNameDiffer,
                    Slips.section,
                    at: (4, 2),
                    found: "随塘河 军工路",
                    nearest: nearest,
                    detail: .subject(code: "JA-01", name: "杨树浦港 控江路桥", bearers: bearers)
                )
            ])
        }
        let both = try text(bearers: ["JA-02"], nearest: nil)
        #expect(
            both.contains("编码 JA-01 登记的是“杨树浦港 控江路桥”，“随塘河 军工路”登记的编码是 JA-02：编码和名称必有一个写错，请核对是哪一个，再改正。\n")
        )
        #expect(both.contains("and the code of \"随塘河 军工路\" is JA-02: either the code is wrong or the name."))
        #expect(!both.contains("是否应为") && !both.contains("Did you mean"))
        let unknown = try text(bearers: [], nearest: "杨树浦港 控江路桥")
        #expect(unknown.contains("编码 JA-01 登记的是“杨树浦港 控江路桥”。请核对。是否应为“杨树浦港 控江路桥”？"))
    }

    private static func headers(_ form: TableForm, seeming: TableForm.Shape?) throws -> Reject.Detail {
        let schema = try TableSchema(columns: [
            Slips.nitrogen, Slips.month,
            Column(name: "section", titleZh: "断面", titleEn: "Section", type: .text, isRequired: true),
        ])
        return .headers(TableHeaders(found: ["断而", nil, "", "NH3-N"], schema: schema, form: form, seeming: seeming))
    }

    @Test func `what is missing is told with the headers that are there and those that are needed, these first`() throws
    {
        let text = try Self.text(
            [Slips.reject(.missingColumn, Slips.section, at: (1, nil), detail: try Self.headers(.wide, seeming: nil))],
            isUsable: false,
            accepted: 0
        )
        #expect(
            text.contains(
                "第 1 行“断面”：缺少这一列，整张表没有采用。请补上，或用空白模板填写（可向管理员索取）。读到的列名：断而、NH3-N。必须有的列：断面；可以有的列：氨氮（mg/L）、月份。\n"
            )
        )
        #expect(
            text.contains(
                "Columns found: 断而, NH3-N. Columns needed: Section; "
                    + "others that may be there: Ammonia nitrogen (mg/L), Month.\n"
            )
        )
        #expect(!text.contains("dutyd template"))
    }

    @Test(
        arguments: [
            (TableForm.wide, TableForm.Shape.transposed, "这张表看来是一列一条记录、列名在左侧一列，规定的是一行一条记录、列名在上方一行，整张表没有采用。"),
            (TableForm(layout: .transposed), .wide, "这张表看来是一行一条记录、列名在上方一行，规定的是一列一条记录、列名在左侧一列，整张表没有采用。"),
            (TableForm(layout: .long(item: "项目", value: "值")), .wide, "必须有的列：断面、项目、值；可以有的列：月份。"),
            (TableForm.wide, nil, "没有找到规定的列名，整张表没有采用。请用空白模板填写（可向管理员索取）。读到的列名：断而、NH3-N。"),
        ] as [(TableForm, TableForm.Shape?, String)]
    )
    func `another layout is told by what it is and what is wanted`(
        form: TableForm,
        seeming: TableForm.Shape?,
        sentence: String
    ) throws {
        let detail = try Self.headers(form, seeming: seeming)
        let text = try Self.text([Slips.reject(.headerNotFound, at: (1, nil), detail: detail)], isUsable: false)
        #expect(text.contains(sentence))
        #expect(text.contains(seeming == nil ? "the columns' names were not found" : "the table seems to have one "))
    }

    @Test func `columns that nobody needs are one line, and ask for nothing`() throws {
        let extra = Slips.reject(.extraColumns, at: (1, 4), found: "电导率, 备注", severity: .note)
        #expect(
            try Self.text([extra]) == """
                已收到 water-2024-03.csv：9 行全部采用，无需更正。
                有不认识的列没有读取，不影响其他数据，无需办理：电导率, 备注。

                Received water-2024-03.csv: all 9 rows used, nothing to correct.
                columns that are not known were not read; nothing else is affected, and nothing needs to be done: 电导率, 备注.

                """
        )
        let beside = try Self.text([extra, Slips.reject(.notANumber, Slips.nitrogen, at: (2, 3), found: "x")])
        #expect(beside.contains("有 1 处须更正") && !beside.contains("请核对（"))
        #expect(beside.contains("\n另：有不认识的列没有读取"))
    }

    @Test func `an empty file is said to be empty, and not how it is written`() throws {
        let slip = try Slips.slip(rejects: [Slips.reject(.emptyTable)], isUsable: false) { _ in }
        #expect(slip.encoding == nil)
        let text = try Slips.text(try Slips.notice(of: slip))
        #expect(text.contains("文件是空的") && !text.contains("UTF-8"))
    }

    @Test func `where nothing was used no other data are spoken of`() throws {
        let stranger = Slips.reject(.unknownSubject, Slips.section, at: (2, 2), found: "谁")
        #expect(try Self.text([stranger]).contains("以上内容不参与核查，其余数据照常使用。"))
        let nothing = try Self.text([stranger], accepted: 0)
        #expect(nothing.contains("改正之前，以上内容不参与核查。\n"))
        #expect(!nothing.contains("其余数据") && !nothing.contains("other data"))
    }

    @Test func `one row is one row`() throws {
        #expect(try Self.text([], accepted: 1).contains(": the one row is used, nothing to correct."))
    }
}
