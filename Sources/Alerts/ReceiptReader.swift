// Reads what a department wrote as an answer: a table of one row, or a JSON object, under the serial's name.

import Almanac
import Diagnostics
import JSON
package import Records

/// Reads receipts; what is wrong with one is told like what is wrong with a table.
package struct ReceiptReader {
    /// What was read.
    package enum Outcome: Sendable, Hashable {
        case receipt(Receipt)
        case refused([Reject])
    }

    private enum Field: String, CaseIterable { case serial, answer, date, approver, reason, evidence, author }

    private let name: String
    private let department: String
    private let columns: [Column]

    /// - Parameter name: The file's name, which begins with the serial number: `CN-RIV-2024-000003.回执.csv`.
    package init(name: String, department: String) {
        self.name = name
        self.department = department
        columns = Self.columns
    }

    private static let columns: [Column] = [
        Column(name: "serial", titleZh: "编号", titleEn: "Serial", aliases: ["文书编号", "事项编号"], type: .code),
        Column(name: "answer", titleZh: "状态", titleEn: "State", aliases: ["回执", "答复"], type: .text, isRequired: true),
        Column(name: "date", titleZh: "日期", titleEn: "Date", aliases: ["延期至", "办结日期", "until"], type: .date),
        Column(name: "approver", titleZh: "批准人", titleEn: "Approver", aliases: ["批准领导"], type: .text),
        Column(name: "reason", titleZh: "理由", titleEn: "Reason", aliases: ["原因", "说明"], type: .text),
        Column(name: "evidence", titleZh: "佐证", titleEn: "Evidence", aliases: ["佐证材料", "证明材料", "依据"], type: .text),
        Column(name: "author", titleZh: "签收人", titleEn: "Author", aliases: ["经办人", "填报人"], type: .text),
    ]

    /// Reads the file's text.
    package func read(_ text: Span<UInt8>) -> Outcome {
        guard let schema = try? TableSchema(columns: columns) else { return .refused([]) }
        var rows = Rows()
        if name.lowercased().hasSuffix(".json") {
            object(text, schema, into: &rows)
        } else {
            var reader = TableReader(schema: schema, file: name)
            reader.feed(text, into: &rows)
            reader.finish(into: &rows)
        }
        let errors = rows.rejects.filter { $0.diagnostic.severity == .error }
        guard errors.isEmpty else { return .refused(errors) }
        guard let row = rows.first, rows.count == 1 else { return .refused([severalOrNone(rows.count)]) }
        return receipt(of: row)
    }

    private func receipt(of row: Row) -> Outcome {
        func text(_ field: Field) -> String? {
            Field.allCases.firstIndex(of: field).flatMap { row.text($0) }.map { printable($0, limit: 1000) }
        }
        guard let written = text(.answer), let answer = Receipt.Answer(written: written) else {
            return .refused([
                complaint(
                    .unknownAnswer,
                    "this is no answer",
                    .answer,
                    found: text(.answer) ?? "nothing",
                    expected: "已签收, 已办结, 申请延期, 退回 or 数据有误"
                )
            ])
        }
        let serial = text(.serial) ?? serialOfName
        guard serial == serialOfName else {
            return .refused([
                complaint(
                    .otherMatter,
                    "the file's name and its contents speak of two matters",
                    .serial,
                    found: serial,
                    expected: serialOfName
                )
            ])
        }
        var date: CivilDate?
        if case .date(let day) = row[2] { date = day }
        let receipt = Receipt(
            department: department,
            serial: serial,
            answer: answer,
            date: date,
            approver: text(.approver),
            reason: text(.reason),
            evidence: text(.evidence),
            author: text(.author)
        )
        let missing = receipt.missing.map { part in
            complaint(
                .incompleteAnswer,
                "the answer lacks what belongs to it",
                Field(rawValue: part.rawValue) ?? .reason,
                found: written,
                expected: "a \(part.rawValue)"
            )
        }
        return missing.isEmpty ? .receipt(receipt) : .refused(missing)
    }

    /// What the file's name begins with, up to its first dot.
    private var serialOfName: String { String(name.prefix { $0 != "." }) }

    private func complaint(
        _ reason: Reject.Reason,
        _ problem: String,
        _ field: Field,
        found: String,
        expected: String
    ) -> Reject {
        let column = Field.allCases.firstIndex(of: field).map { columns[$0] }
        return Reject(
            reason,
            Diagnostic(
                problem,
                at: Position(file: name),
                key: column?.name,
                found: printable(found, limit: 100),
                expected: expected
            ),
            column: column
        )
    }

    private func severalOrNone(_ count: Int) -> Reject {
        count == 0
            ? Reject(.emptyTable, Diagnostic("there is no answer in the file", at: Position(file: name)))
            : Reject(
                .severalAnswers,
                Diagnostic(
                    "a file holds one answer",
                    at: Position(file: name),
                    found: "\(count) rows",
                    expected: "one row; another matter has a file of its own"
                )
            )
    }

    /// Reads a JSON object whose members are called like the columns.
    private func object(_ text: Span<UInt8>, _ schema: TableSchema, into rows: inout Rows) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        for index in text.indices { bytes.append(text[index]) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        var values: [String: String] = [:]
        do throws(JSONSyntaxError) {
            guard case .object(let members) = try JSONValue(parsing: bytes, maximumDepth: 4) else {
                rows.reject(Reject(.otherFormat, Diagnostic("this is no JSON object", at: Position(file: name))))
                return
            }
            for member in members {
                let key = member.name.lowercased()
                let column = columns.first { column in
                    ([column.name, column.titleZh, column.titleEn.lowercased()] + column.aliases).contains(key)
                }
                if let column, let value = member.value.text { values[column.name] = value }
            }
        } catch {
            let problem = Diagnostic("this is no JSON", at: Position(file: name), found: "\(error)")
            rows.reject(Reject(.otherFormat, problem))
            return
        }
        var complaints: [Diagnostic] = []
        let row = Row(schema: schema, file: name, line: 1, values: values, complaints: &complaints)
        for complaint in complaints { rows.reject(Reject(.notADate, complaint, column: columns[2])) }
        rows.accept(row)
    }
}

/// The rows of a receipt, of which there should be one.
private struct Rows: RowSink {
    var first: Row?
    var count = 0
    var rejects: [Reject] = []

    mutating func accept(_ row: borrowing Row) {
        count += 1
        if first == nil { first = copy row }
    }

    mutating func reject(_ reject: Reject) { rejects.append(reject) }
}
