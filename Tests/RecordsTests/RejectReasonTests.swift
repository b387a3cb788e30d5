// Every reason for which something of a table is not used, produced by reading one.

import Diagnostics
import Records
import Testing

@Suite struct RejectReasonTests {
    /// A table and how it is read, for which there is just one reason to complain.
    struct Example: Sendable, CustomTestStringConvertible {
        let reason: Reject.Reason
        let bytes: [UInt8]
        var form = TableForm.wide
        var limits = TableReader.Limits.default
        /// How many rows are remembered.
        var memory = 1000
        /// A table that was handed in later.
        var newer: String?

        init(_ reason: Reject.Reason, _ text: String) {
            self.init(reason, bytes: Array(text.utf8))
        }

        init(_ reason: Reject.Reason, bytes: [UInt8]) {
            self.reason = reason
            self.bytes = bytes
        }

        /// One cell of a column, in a table that is right otherwise.
        init(_ reason: Reject.Reason, _ column: String, _ cell: String) {
            self.init(reason, "name,month,\(column)\n甲,2024-02,\"\(cell)\"\n")
        }

        func with(_ change: (inout Example) -> Void) -> Example {
            var copy = self
            change(&copy)
            return copy
        }

        var testDescription: String { reason.rawValue }
    }

    static let examples: [Example] = [
        Example(.emptyTable, ""),
        Example(.undecodableHeader, bytes: Array("name,month,".utf8) + [0xB6, 0xCF, 0x0A]),
        Example(.headerNotFound, "x,y\n1,2\n"),
        Example(.missingColumn, "name,value\n甲,1\n"),
        Example(.repeatedColumn, "name,month,value,氨氮\n甲,2024-02,1,1\n"),
        Example(.otherUnit, "name,month,氨氮(μg/L)\n"),
        Example(.unitNotDeclared, "name,month,数量（箱）\n甲,2024-02,1\n"),
        Example(.unknownHeader, "name,month,valeu\n甲,2024-02,1\n"),
        Example(.unnamedColumn, "name,month,\n甲,2024-02,1\n"),
        Example(.tableTooLarge, "name,month\n甲,2024-01\n乙,2024-01\n").with { $0.memory = 1 },
        Example(.unknownItem, "name,month,项目,值\n甲,2024-02,氨蛋,1\n").with {
            $0.form = TableForm(layout: .long(item: "项目", value: "值"))
        },
        Example(.rowTooLong, "name,month\n\(String(repeating: "甲", count: 20)),2024-02\n").with {
            $0.limits.rowBytes = 40
        },
        Example(.rowTooWide, "name,month\n甲,2024-02,,,,\n").with { $0.limits.columns = 4 },
        Example(.tooManyCells, "name,month\n甲,2024-02,1\n"),
        Example(.tooFewCells, "name,month\n甲\n"),
        Example(.shortRow, "name,month,value,quantity\n甲,2024-02,1\n"),
        Example(.textAfterQuotes, "name,month\n\"甲\"x,2024-02\n"),
        Example(.openQuotes, "name,month\n\"甲,2024-02\n"),
        Example(.unknownSubject, "name,month\n丁,2024-02\n"),
        Example(.ambiguousSubject, "name,month\n丙,2024-02\n"),
        Example(.codeAndNameDiffer, "code,name,month\nS1,乙,2024-02\n"),
        Example(.repeatedRow, "name,month\n甲,2024-02\n甲,2024-02\n"),
        Example(.contradictsRow, "name,month,value\n甲,2024-02,1\n甲,2024-02,2\n"),
        Example(.supersededRow, "name,month,value\n甲,2024-02,1\n").with {
            $0.newer = "name,month,value\n甲,2024-02,2\n"
        },
        Example(.notANumber, "value", "o.5"),
        Example(.notAWholeNumber, "people", "1.5"),
        Example(.tooManyDigits, "value", "0.12345678901234567890"),
        Example(.wrongGrouping, "quantity", "1,23"),
        Example(.otherUnitInCell, "value", "5μg/L"),
        Example(.notMeasurable, "value", "<0"),
        Example(.onlyALimit, "value", ">5"),
        Example(.belowDetection, "quantity", "<5"),
        Example(.notADate, "day", "二月"),
        Example(.ambiguousDate, "day", "05/06/2024"),
        Example(.yearMissing, "day", "2月5日"),
        Example(.notAMonth, "name,month\n甲,冬\n"),
        Example(.notAFlag, "flag", "x"),
        Example(.undecodable, "note", "\u{FFFD}"),
        Example(.codeTurnedIntoNumber, "lot", "1E+05"),
        Example(.unknownWord, "status", "可以"),
        Example(.extraItems, "name,month,项目,值\n甲,2024-02,电导率,1\n").with {
            $0.form = TableForm(layout: .long(item: "项目", value: "值"))
        },
        Example(.notListed, "name,month,value\n甲,2024-01,x\n甲,2024-02,x\n甲,2024-03,x\n").with {
            $0.limits.diagnostics = 1
        },
        Example(.extraColumns, "name,month,电导率\n甲,2024-02,1\n"),
    ]

    /// What is found out before a table is read; the tests of the inbox's folder produce these.
    private static let ofFiles: Set<Reject.Reason> = [
        .spreadsheet, .document, .archive, .otherFormat, .notAFile, .hasSeveralNames, .mayNotBeRead, .tooLarge,
        .changedWhileRead, .unreadableFile, .nameIsNotText, .tooManyFiles,
    ]

    /// What is told by the needs of a feed, and by the day of its reception; their own suites make them.
    private static let ofNeeds: Set<Reject.Reason> = [
        .requiredCellBlank, .rowWithoutValue, .implausible, .detectionLimitMissing, .futureDate, .farDate,
    ]

    /// What only the checks know that will judge a table.
    private static let ofChecks: Set<Reject.Reason> = [
        .nothingRegistered, .notRequired, .notCounted, .partialCount, .otherUnitThanRegistered,
    ]

    /// Given by what departments answer to notices.
    private static let ofAnswers: Set<Reject.Reason> = [
        .unknownMatter, .otherMatter, .unknownAnswer, .incompleteAnswer, .severalAnswers,
    ]

    private static func schema() throws -> TableSchema {
        func column(_ name: String, _ zh: String, _ type: ColumnType, unit: String? = nil) -> Column {
            let isRequired = ["name", "month"].contains(name)
            return Column(name: name, titleZh: zh, titleEn: "", type: type, isRequired: isRequired, unit: unit)
        }
        return try TableSchema(columns: [
            column("code", "断面编码", .code), column("name", "断面", .text), column("month", "月份", .month),
            column("value", "氨氮", .measurement, unit: "mg/L"), column("quantity", "数量", .decimal),
            column("people", "人数", .integer), column("day", "盘点日期", .date), column("flag", "实战", .flag),
            column("note", "处理情况", .text), column("lot", "生产批号", .code),
            Column(
                name: "status",
                titleZh: "状态",
                titleEn: "Status",
                type: .text,
                words: [ColumnWord("usable", written: ["可用"])]
            ),
        ])
    }

    /// Reads as a feed's reader does: rows pass the register, then are held against each other.
    private static func rejects(of example: Example) throws -> [Reject] {
        let schema = try schema()
        var register = SubjectRegister()
        for (code, name) in [("S1", "甲"), ("S2", "乙"), ("S3", "丙"), ("S4", "丙")] {
            register.add(code: code, names: [name])
        }
        let identity = IdentityRule(
            schema: schema,
            code: 0,
            names: [1],
            date: nil,
            register: register,
            registerName: "sections"
        )
        let rule = DuplicateRule(schema: schema, key: [0, 2], names: [0: [1]], conflicts: .newest)
        var memory = DuplicateMemory(limit: example.memory)
        var rejects: [Reject] = []
        let newer = example.newer.map { ("newer.csv", Array($0.utf8)) }
        for (file, bytes) in [newer, ("t.csv", example.bytes)].compactMap(\.self) {
            var gate = IdentityGate(
                [identity],
                file: file,
                columns: schema.columns.count,
                next: DuplicateGate(rule, memory: memory, file: file, next: KeepingSink())
            )
            var reader = TableReader(schema: schema, form: example.form, file: file, limits: example.limits)
            reader.feed(bytes.span, into: &gate)
            reader.finish(into: &gate)
            gate.finish()
            gate.next.finish()
            memory = gate.next.memory
            rejects += gate.next.next.rejects
        }
        return rejects
    }

    @Test(arguments: examples)
    func `the reason is given by reading, and no other`(example: Example) throws {
        let rejects = try Self.rejects(of: example)
        var expected: Set<Reject.Reason> = [example.reason]
        // Something has to be listed first.
        if example.reason == .notListed { expected.insert(.notANumber) }
        #expect(Set(rejects.map(\.reason)) == expected)
        #expect(rejects.allSatisfy { $0.diagnostic.position?.file == "t.csv" })
        let ofWholeTables: Set<Reject.Reason> = [.emptyTable, .notListed]
        for reject in rejects where !ofWholeTables.contains(reject.reason) {
            #expect(reject.diagnostic.position?.line != nil, "\(reject)")
        }
    }

    @Test func `no reason is without an example`() {
        let produced = Self.examples.map(\.reason)
        #expect(Set(produced).count == produced.count)
        let others = [Self.ofFiles, Self.ofNeeds, Self.ofChecks, Self.ofAnswers].reduce(into: Set<Reject.Reason>()) {
            $0.formUnion($1)
        }
        #expect(Set(produced).union(others) == Set(Reject.Reason.allCases))
        #expect(others.isDisjoint(with: produced))
    }
}
