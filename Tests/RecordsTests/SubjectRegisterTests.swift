// Codes and names as people write them, and whom they mean.

import Almanac
import Diagnostics
import Records
import Testing

@Suite struct SubjectRegisterTests {
    private typealias Finding = SubjectRegister.Finding

    /// Three sections, two of which bear one name, with a former and a short name.
    private static func sections() throws -> SubjectRegister {
        var register = SubjectRegister(endings: ["断面"])
        register.add(code: "JA-01", names: ["杨树浦港", "控江路桥"])
        register.add(code: "JA-02", names: ["随塘河", "军工路3701号"])
        register.add(code: "JA-03", names: ["小河", "一号桥"])
        register.add(code: "JA-04", names: ["小河", "一号桥"])
        register.addAlias(
            names: [nil, "控江桥(老)"],
            of: 0,
            from: CivilDate(year: 2023, month: 1, day: 10),
            until: CivilDate(year: 2024, month: 3, day: 15)
        )
        return register
    }

    private static func find(_ code: String?, _ names: [String?], _ days: ClosedRange<CivilDate>? = nil) throws
        -> Finding
    {
        try sections().find(.init(code: code, names: names, days: days))
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) throws -> CivilDate {
        try #require(CivilDate(year: year, month: month, day: day))
    }

    @Test(
        arguments: [
            ("杨树浦港-控江路桥", "杨树浦港—控江路桥"), ("杨树浦港-控江路桥", "杨树浦港 －－ 控江路桥"), ("杨树浦港-控江路桥", "杨树浦港——控江路桥"),
            ("随塘河-军工路3701号", "随塘河 —军工路3701号"), ("随塘河-军工路3701号", "随塘河－军工路３７０１号"),
            ("随塘河-军工路3701号", "随塘河ー军工路3701号"), ("某站(老)", "某站（老）"), ("某站(老)", "某站【老】"), ("某站(老)", "某站〔老〕 "),
            ("A座·北桥", "ａ座・北 桥"), ("控江路桥", "控江\u{200B}路桥\u{FEFF}"), ("控江路桥", "\u{3000}控江路桥\u{A0}"), ("控江路桥", "控江路桥断面"),
            ("控江路桥断面", "控江路桥"), ("断面", "断面"),
        ]
    )
    func `what a keyboard writes in many ways is one name`(registered: String, written: String) {
        var register = SubjectRegister(endings: ["断面"])
        register.add(code: "X", names: [registered])
        #expect(register.find(.init(code: nil, names: [written])) == .subject(0, byAlias: false))
        #expect(register.find(.init(code: "X", names: [written])) == .subject(0, byAlias: false))
    }

    @Test(arguments: ["ja–01", "J A - 0 1", "ＪＡ－０１", "JA\u{2212}01", "JA-01\u{200B}"])
    func `codes are compared as their cells are kept`(written: String) {
        var register = SubjectRegister()
        register.add(code: written, names: [])
        #expect(register.subject(code: "JA-01") == 0)
    }

    @Test(
        arguments: [
            ("控江路桥", "控江路桥(老)"), ("控江路桥", "控江路"), ("控江路桥", "空江路桥"), ("军工路3701号", "军工路370l号"), ("一号桥", "-号桥"),
            ("某站(老)", "某站老"), ("A-B", "AB"), ("断面", ""),
        ]
    )
    func `whatever else differs is another name`(registered: String, written: String) {
        var register = SubjectRegister(endings: ["断面"])
        register.add(code: "X", names: [registered])
        #expect(register.find(.init(code: nil, names: [written])) != .subject(0, byAlias: false))
        if !written.isEmpty {
            #expect(register.find(.init(code: "X", names: [written])) == .codeAndNameDiffer(0, bearers: []))
        }
    }

    @Test(arguments: ["JA-01", "ja-01", "ＪＡ－０１", "　Ja-01 "])
    func `codes are compared in half-width capitals`(code: String) throws {
        #expect(try Self.find(code, ["杨树浦港", "控江路桥"]) == .subject(0, byAlias: false))
    }

    @Test func `the code decides and the name is a check on it`() throws {
        #expect(try Self.find("JA-01", [nil, nil]) == .subject(0, byAlias: false))
        #expect(try Self.find("JA-01", [nil, "控江路桥"]) == .subject(0, byAlias: false))
        #expect(try Self.find("JA-01", ["随塘河", "控江路桥"]) == .codeAndNameDiffer(0, bearers: []))
        #expect(try Self.find("JA-01", ["随塘河", "军工路3701号"]) == .codeAndNameDiffer(0, bearers: [1]))
        // A name that two bear is no hindrance where the code stands beside it.
        #expect(try Self.find("JA-04", ["小河", "一号桥"]) == .subject(3, byAlias: false))
        #expect(try Self.find("JA-09", ["随塘河", "军工路3701号"]) == .unknownCode(bearers: [1]))
        #expect(try Self.find("JA-09", [nil, nil]) == .unknownCode(bearers: []))
    }

    @Test func `without a code the whole name decides, and never a part of it`() throws {
        #expect(try Self.find(nil, ["随塘河", "军工路3701号"]) == .subject(1, byAlias: false))
        #expect(try Self.find(nil, [nil, "军工路3701号"]) == .unknownName)
        #expect(try Self.find(nil, ["随塘河-军工路", "3701号"]) == .unknownName)
        #expect(try Self.find(nil, ["小河", "一号桥"]) == .ambiguous([2, 3]))
        #expect(try Self.find(nil, [nil, nil]) == .nameless)
    }

    @Test func `a subject without a registered name is known by its code alone`() {
        var register = SubjectRegister()
        register.add(code: "S1", names: [nil])
        register.add(code: "S2", names: ["乙站"])
        register.add(code: "S2", names: ["乙分站"])
        #expect(register.find(.init(code: "S1", names: ["甲站"])) == .subject(0, byAlias: false))
        #expect(register.find(.init(code: "S2", names: ["乙分站"])) == .subject(1, byAlias: false))
        #expect(register.name(of: 1) == "乙站")
        #expect(register.code(of: 1) == "S2")
    }

    @Test func `an alias counts on its days, both included`() throws {
        let alias = ["杨树浦港", "控江桥（老）"]
        for (day, isValid) in [
            (try Self.day(2023, 1, 9), false), (try Self.day(2023, 1, 10), true), (try Self.day(2024, 3, 15), true),
            (try Self.day(2024, 3, 16), false),
        ] {
            #expect(try Self.find(nil, alias, day...day) == (isValid ? .subject(0, byAlias: true) : .unknownName))
            #expect(
                try Self.find("JA-01", alias, day...day)
                    == (isValid ? .subject(0, byAlias: true) : .codeAndNameDiffer(0, bearers: []))
            )
        }
        // A month's row may use the name as long as a day of the month does.
        let march = try Self.day(2024, 3, 1)...Self.day(2024, 3, 31)
        let april = try Self.day(2024, 4, 1)...Self.day(2024, 4, 30)
        #expect(try Self.find(nil, alias, march) == .subject(0, byAlias: true))
        #expect(try Self.find(nil, alias, april) == .unknownName)
        // A row without a legible day is its check's business.
        #expect(try Self.find(nil, alias) == .subject(0, byAlias: true))
    }

    @Test func `a name that is registered for one and an alias of another is ambiguous only meanwhile`() throws {
        var register = SubjectRegister()
        register.add(code: "OLD", names: ["甲镇卫生院"])
        register.add(code: "NEW", names: ["甲镇社区卫生服务中心"])
        register.addAlias(names: ["甲镇卫生院"], of: 1, from: CivilDate(year: 2024, month: 7, day: 1))
        let june = try Self.day(2024, 6, 30)
        let july = try Self.day(2024, 7, 1)
        #expect(register.find(.init(code: nil, names: ["甲镇卫生院"], days: june...june)) == .subject(0, byAlias: true))
        #expect(register.find(.init(code: nil, names: ["甲镇卫生院"], days: july...july)) == .ambiguous([0, 1]))
        #expect(
            register.find(.init(code: "NEW", names: ["甲镇卫生院"], days: july...july)) == .subject(1, byAlias: true)
        )
    }

    @Test(
        arguments: [
            (["code": "JA-02"], "the alias has no name, the row is not used"),
            (["name": "老桥"], "the alias has no code, the row is not used"),
            (["name": "老桥", "code": "JA-1"], "the register has no such code, so the alias is not used"),
            (
                ["name": "老桥", "code": "JA-02", "from": "2024-03-02", "until": "2024-03-01"],
                "the alias ends before it begins, the row is not used"
            ),
        ]
    )
    func `a row of aliases that makes no name known says why`(values: [String: String], problem: String) throws {
        var register = SubjectRegister()
        register.add(code: "JA-02", names: ["新桥"])
        let schema = try TableSchema(columns: [
            Column(name: "name", titleZh: "", titleEn: "", type: .text),
            Column(name: "code", titleZh: "", titleEn: "", type: .text),
            Column(name: "from", titleZh: "", titleEn: "", type: .date),
            Column(name: "until", titleZh: "", titleEn: "", type: .date),
        ])
        let row = try Row(schema: schema, file: "aliases.csv", line: 5, values: values)
        let error = #expect(throws: Diagnostic.self) {
            try register.addAlias(row, .init(code: 1, names: [0], from: 2, until: 3))
        }
        #expect(error?.problem == problem)
        #expect(error?.position == Position(file: "aliases.csv", line: 5))
        #expect(register.find(.init(code: nil, names: ["老桥"])) == .unknownName)
    }
}
