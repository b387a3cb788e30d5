// What tests of return slips have in common: a file that was handed in, and what was wrong with it.

import Alerts
import Almanac
import Diagnostics
import JSON
import Records
import TestKit
import Testing

enum Slips {
    static let file = "water-2024-03.csv"
    static let nitrogen = column("NH3-N", "氨氮", "Ammonia nitrogen", .measurement, unit: "mg/L")
    static let oxygen = column("DO", "溶解氧", "Dissolved oxygen", .decimal, unit: "mg/L")
    static let month = column("month", "月份", "Month", .month)
    static let section = column("section", "断面", "Section", .text)

    static func column(
        _ name: String,
        _ zh: String,
        _ en: String,
        _ type: ColumnType,
        unit: String? = nil
    ) -> Column {
        Column(name: name, titleZh: zh, titleEn: en, type: type, unit: unit)
    }

    static func reject(
        _ reason: Reject.Reason,
        _ column: Column? = nil,
        at place: (line: Int, column: Int?)? = nil,
        key: String? = nil,
        found: String? = nil,
        expected: String? = nil,
        nearest: String? = nil,
        severity: Diagnostic.Severity = .error,
        detail: Reject.Detail? = nil
    ) -> Reject {
        Reject(
            reason,
            Diagnostic(
                "something is wrong",
                severity: severity,
                at: Position(file: file, line: place?.line, column: place?.column),
                key: key ?? column?.name,
                found: found,
                expected: expected
            ),
            column: column,
            nearest: nearest,
            detail: detail
        )
    }

    static func slip(
        file: String = file,
        replaces: String? = nil,
        encoding: TextEncoding? = .utf8,
        rejects: [Reject] = [],
        isUsable: Bool = true,
        tally change: (inout TableTally) -> Void = { $0.rowsAccepted = 9 }
    ) throws -> Slip {
        var tally = TableTally()
        change(&tally)
        return Slip(
            feed: "water-measurements",
            feedTitles: ["zh-CN": "断面水质监测数据", "en": "Measurements at river sections"],
            file: file,
            firstSeen: try Instant(rfc3339: "2024-04-02T09:12:40+08:00"),
            replaces: try replaces.map { try Instant(rfc3339: $0) },
            encoding: encoding,
            tally: tally,
            rejects: rejects,
            isUsable: isUsable
        )
    }

    static func notice(
        of slip: Slip,
        words: [Words]? = nil,
        revision: Int = 1,
        formats: [NoticeFormat] = NoticeFormat.allCases
    ) throws -> Notice {
        SlipWriter(words: try words ?? Words.shipped()).notice(
            of: slip,
            to: NoticeWriter.Addressee(department: "ecology-environment", formats: formats),
            sequence: 17,
            revision: revision,
            sent: try Instant(rfc3339: "2024-04-02T09:15:00+08:00"),
            zone: try SettingsFiles.zone(named: "Asia/Shanghai"),
            generator: "dutyd 1.0"
        )
    }

    /// The text as an editor shows it.
    static func text(_ notice: Notice) throws -> String {
        let document = try #require(notice.documents.first { $0.fileName.hasSuffix(".txt") })
        let text = try #require(String(validating: document.bytes, as: UTF8.self))
        #expect(text.unicodeScalars.first == "\u{FEFF}")
        let lines = text.dropFirst().split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(!lines.contains { $0.contains { $0.isNewline } }, "a line ends without its carriage return")
        #expect(text.unfilledHoles == [], "a fact is missing")
        return lines.joined(separator: "\n")
    }

    static func json(_ notice: Notice) throws -> JSONValue {
        let document = try #require(notice.documents.first { $0.fileName.hasSuffix(".json") })
        return try JSONValue(parsing: document.bytes, maximumDepth: 16)
    }

    static let threeBadCells = [
        reject(.unknownHeader, at: (3, 9), key: "氨氮量", nearest: "氨氮", severity: .warning),
        reject(.notANumber, nitrogen, at: (7, 3), found: "o.59"),
        reject(.notAMonth, month, at: (8, 2), found: "三月份\n补报"),
        reject(.onlyALimit, oxygen, at: (9, 28), found: ">7.5"),
    ]
}
