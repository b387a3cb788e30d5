// Rows before the gate that asks whom they speak of.

import Almanac
import Diagnostics
import Records
import Testing

@Suite struct IdentityGateTests {
    private static func schema() throws -> TableSchema {
        try TableSchema(columns: [
            Column(name: "code", titleZh: "断面编码", titleEn: "Code", type: .text),
            Column(name: "river", titleZh: "河流", titleEn: "River", type: .text),
            Column(name: "section", titleZh: "断面", titleEn: "Section", type: .text),
            Column(name: "month", titleZh: "月份", titleEn: "Month", type: .month),
            Column(name: "DO", titleZh: "溶解氧", titleEn: "DO", type: .decimal),
            Column(name: "office", titleZh: "街道", titleEn: "Office", type: .text),
        ])
    }

    private static func register() -> SubjectRegister {
        var register = SubjectRegister(endings: ["断面"])
        register.add(code: "JA-01", names: ["杨树浦港", "控江路桥"])
        register.add(code: "JA-02", names: ["随塘河", "军工路3701号"])
        register.add(code: "JA-03", names: ["小河", "一号桥"])
        register.add(code: "JA-04", names: ["小河", "一号桥"])
        register.addAlias(names: [nil, "老桥"], of: 1, until: CivilDate(year: 2024, month: 2, day: 29))
        return register
    }

    /// What passes of a table, and how many rows do not.
    private static func pass(
        _ table: String,
        _ register: SubjectRegister = register(),
        offices: SubjectRegister = SubjectRegister(),
        form: TableForm = .wide,
        limit: Int = 1000
    ) throws -> (sink: KeepingSink, rejected: Int) {
        let schema = try schema()
        let rules = [
            IdentityRule(
                schema: schema,
                code: 0,
                names: [1, 2],
                date: 3,
                register: register,
                registerName: "river-sections",
                aliasesName: "section-aliases"
            ),
            IdentityRule(schema: schema, code: 5, names: [], date: nil, register: offices, registerName: "offices"),
        ]
        var gate = IdentityGate(rules, file: "t.csv", columns: schema.columns.count, limit: limit, next: KeepingSink())
        var reader = TableReader(schema: schema, form: form, file: "t.csv")
        let bytes = Array(table.utf8)
        reader.feed(bytes.span, into: &gate)
        reader.finish(into: &gate)
        gate.finish()
        return (gate.next, gate.rowsRejected)
    }

    @Test func `a row gets the registered code, and keeps all else`() throws {
        let (sink, rejected) = try Self.pass(
            """
            code,river,section,month,DO,office
            JA-01,杨树浦港,控江路桥,2024-02,9.0,甲
            ,杨树浦港,控江路桥断面,2024-02,8.0,乙
            ja-02,随塘河, —军工路,2024-02,7.0,丙
            JA－02,,军工路３７０１号,2024-02,,丁
            ,随塘河,老桥,2024-02,5.0,

            """
        )
        #expect(
            sink.texts == [
                ["JA-01", "杨树浦港", "控江路桥", "2024-02", "9.0", "甲"], ["JA-01", "杨树浦港", "控江路桥断面", "2024-02", "8.0", "乙"],
                ["JA-02", "–", "军工路３７０１号", "2024-02", "–", "丁"], ["JA-02", "随塘河", "老桥", "2024-02", "5.0", "–"],
            ]
        )
        #expect(sink.rows.map(\.line) == [2, 3, 5, 6])
        #expect(rejected == 1)
        #expect(sink.rejects.map(\.reason) == [.codeAndNameDiffer])
    }

    @Test func `a table without the column of codes gets them too`() throws {
        let (sink, _) = try Self.pass("river,section,month,DO\n随塘河,军工路3701号,2024-02,9.0\n")
        #expect(sink.texts == [["JA-02", "随塘河", "军工路3701号", "2024-02", "9.0", "–"]])
    }

    @Test(
        arguments: [
            ("JA-01,随塘河,军工路", Reject.Reason.codeAndNameDiffer, "section", "随塘河 军工路", "杨树浦港 控江路桥"),
            ("JA-01,随塘河,", .codeAndNameDiffer, "river", "随塘河", "杨树浦港 控江路桥"),
            ("JA-11,,", .unknownSubject, "code", "JA-11", "JA-01"),
            ("XX-77,随塘河,军工路3701号", .unknownSubject, "code", "XX-77", "JA-02"),
            (",杨树浦港,控江路大桥", .unknownSubject, "section", "杨树浦港 控江路大桥", "杨树浦港 控江路桥"),
            (",,控江路桥", .unknownSubject, "section", "控江路桥", nil),
            (",小河,一号桥", .ambiguousSubject, "section", "小河 一号桥", nil),
            (",,", .unknownSubject, "code", nil, nil),
        ] as [(String, Reject.Reason, String, String?, String?)]
    )
    func `a row whose subject is uncertain does not pass, and is told why`(
        cells: String,
        reason: Reject.Reason,
        column: String,
        found: String?,
        nearest: String?
    ) throws {
        let (sink, rejected) = try Self.pass("code,river,section,month,DO\n\(cells),2024-02,9.0\n")
        #expect(sink.rows == [])
        #expect(rejected == 1)
        let reject = try #require(sink.rejects.first)
        #expect(sink.rejects.count == 1)
        #expect(reject.reason == reason)
        #expect(reject.column?.name == column)
        #expect(reject.nearest == nearest)
        #expect(reject.diagnostic.severity == .error)
        #expect(reject.diagnostic.found == found)
        let place = ["code": 1, "river": 2, "section": 3][column]
        #expect(reject.diagnostic.position == Position(file: "t.csv", line: 2, column: place))
        if reason == .codeAndNameDiffer { #expect(reject.diagnostic.expected == nearest) }
        if reason == .ambiguousSubject { #expect(reject.diagnostic.expected == "one of the codes JA-03, JA-04") }
    }

    @Test func `of a code with another's name nobody says which of the two is wrong`() throws {
        let (sink, rejected) = try Self.pass("month,section,river,code\n2024-02,军工路3701号,随塘河,JA-01\n")
        #expect(rejected == 1)
        let reject = try #require(sink.rejects.first)
        #expect(reject.reason == .codeAndNameDiffer)
        #expect(reject.nearest == nil)
        #expect(reject.detail == .subject(code: "JA-01", name: "杨树浦港 控江路桥", bearers: ["JA-02"]))
        #expect(reject.diagnostic.remedy == "the name is that of JA-02: either the code is wrong or the name")
        #expect(reject.diagnostic.position == Position(file: "t.csv", line: 2, column: 2))
        // An alias is somebody's name on its days only.
        let bearers = try ["2024-02", "2024-03"].map { month in
            try Self.pass("code,river,section,month\nJA-01,随塘河,老桥,\(month)\n").sink.rejects.first?.detail
        }
        #expect(
            bearers == [
                .subject(code: "JA-01", name: "杨树浦港 控江路桥", bearers: ["JA-02"]),
                .subject(code: "JA-01", name: "杨树浦港 控江路桥", bearers: []),
            ]
        )
    }

    @Test func `in a table of columns the cell's line and column are named`() throws {
        let text = "表\n编号,JA-01,JA-99\ncode,JA-01,JA-99\nmonth,2024-02,2024-02\nriver,杨树浦港,小河\nsection,控江路桥,二号桥\n"
        let (sink, rejected) = try Self.pass(text, form: TableForm(layout: .transposed))
        #expect(rejected == 1)
        #expect(sink.rejects.map(\.diagnostic.position) == [Position(file: "t.csv", line: 3, column: 3)])
        let nameless = try Self.pass("month,river,section\n2024-02,小河,二号桥\n2024-02,,\n")
        #expect(
            nameless.sink.rejects.map(\.diagnostic.position) == [
                Position(file: "t.csv", line: 2, column: 3), Position(file: "t.csv", line: 3),
            ]
        )
    }

    @Test func `an alias that has run out is one no more, whatever passed before`() throws {
        let (sink, rejected) = try Self.pass(
            "river,section,month\n随塘河,老桥,2024-02\n随塘河,老桥,2024-03\n随塘河,老桥,2024-01\n随塘河,老桥,\n"
        )
        #expect(sink.rows.map(\.line) == [2, 4, 5])
        #expect(rejected == 1)
        #expect(sink.rejects.map(\.reason) == [.unknownSubject])
        #expect(sink.rejects.first?.diagnostic.position?.line == 3)
    }

    @Test func `a registered name that was another's alias is judged by each row's day, in any order`() throws {
        var register = Self.register()
        register.addAlias(names: ["杨树浦港", "控江路桥"], of: 1, until: CivilDate(year: 2024, month: 2, day: 29))
        let days = ["2024-03", "2024-02"]
        for order in [days, days.reversed()] {
            let rows = order.map { "杨树浦港,控江路桥,\($0)\n" }.joined()
            let (sink, rejected) = try Self.pass("river,section,month\n" + rows, register)
            #expect(sink.texts.map { $0[3] } == ["2024-03"])
            #expect(rejected == 1)
            #expect(sink.rejects.map(\.reason) == [.ambiguousSubject])
        }
    }

    @Test func `an empty register knows no strangers`() throws {
        let (sink, rejected) = try Self.pass("code,river,section\nja-01,谁,哪里\n,谁,\n", SubjectRegister())
        #expect(sink.texts.map { $0[0] } == ["ja-01", "–"])
        #expect(rejected == 0)
        #expect(sink.rejects == [])
    }

    @Test func `each identity of a row is looked at, and the row counts once`() throws {
        var offices = SubjectRegister()
        offices.add(code: "S1", names: [])
        let (sink, rejected) = try Self.pass(
            "code,river,section,office\nJA-01,,,s1\nJA-9,,,S9\nJA-01,,,\n,随塘河,军工路3701号,ｓ１\n",
            offices: offices
        )
        #expect(sink.texts.map { [$0[0], $0[5]] } == [["JA-01", "S1"], ["JA-02", "S1"]])
        #expect(rejected == 2)
        #expect(sink.rejects.map(\.diagnostic.key) == ["code", "office", "office"])
    }

    @Test func `complaints are bounded and those left out are counted`() throws {
        let rows = (0..<500).map { "X\($0),,\n" }.joined()
        let (sink, rejected) = try Self.pass("code,river,section\n" + rows, limit: 20)
        #expect(rejected == 500)
        #expect(sink.rejects.count == 21)
        #expect(sink.rejects.last?.reason == .notListed)
        #expect(sink.rejects.last?.diagnostic.found == "480")
    }

    @Test func `thousands of spellings do not confuse one another`() throws {
        var register = SubjectRegister()
        for number in 0..<5000 { register.add(code: "C\(number)", names: ["河", "桥\(number)"]) }
        let rows = (0..<3).flatMap { round in
            (0..<5000).map { number in round == 1 ? "C\(number),河,桥\(number)\n" : ",河,桥\(number)\n" }
        }
        let (sink, rejected) = try Self.pass("code,river,section\n" + rows.joined(), register)
        #expect(rejected == 0)
        #expect(sink.texts.map { $0[0] } == (0..<3).flatMap { _ in (0..<5000).map { "C\($0)" } })
    }
}
