// The empty tables that departments fill in, read back by the reader that takes them when they are handed in.

import Alerts
import Diagnostics
import Jobs
import Records
import TestKit
import Testing

@Suite struct EmptyTableTests {
    private static let feeds = (try? Configuration.shipped().feeds) ?? [:]

    private static let layouts: [TableForm.Layout] = [.wide, .transposed, .long(item: "项目", value: "监测值")]

    @Test func `there are feeds to print`() {
        #expect(Self.feeds.count >= 7)
        #expect(Set(Self.feeds.values.map(\.source)) == [.inbox, .register, .standard])
    }

    @Test(arguments: feeds.keys.sorted())
    func `what is printed for a shipped feed is read back without a complaint`(name: String) throws {
        let feed = try #require(Self.feeds[name])
        let taken = Sink(reading: feed.schema.emptyTable(feed.form), feed.schema, feed.form)
        #expect(taken.complaints.isEmpty)
        #expect(taken.rows == 0)
    }

    @Test(arguments: feeds.keys.sorted(), layouts)
    func `every layout is read back without a complaint`(name: String, layout: TableForm.Layout) throws {
        let feed = try #require(Self.feeds[name])
        let form = TableForm(layout: layout)
        let text = feed.schema.emptyTable(form)
        #expect(Sink(reading: text, feed.schema, form).complaints.isEmpty)
        #expect(text.hasPrefix("\u{FEFF}") && text.hasSuffix("\r\n"))
        let ignored = feed.schema.columns.filter(\.isIgnored).map(\.heading)
        let cells = text.dropFirst().split { $0 == "," || $0.isNewline }.map(String.init)
        #expect(cells.allSatisfy { !ignored.contains($0) })
    }

    @Test func `columns stand in the feed's order with their units`() throws {
        let water = try #require(Self.feeds["water-measurements"])
        let wide = water.schema.emptyTable(.wide)
        #expect(wide.hasPrefix("\u{FEFF}断面编码,河流,断面,月份,采样时间,目标水质,水温（℃）,pH值,溶解氧（mg/L）,"))
        #expect(wide.hasSuffix(",硝酸盐（mg/L）,铁（mg/L）,锰（mg/L）\r\n"))
        #expect(
            water.schema.emptyTable(TableForm(layout: .long(item: "项目", value: "监测值")))
                == "\u{FEFF}断面编码,河流,断面,月份,采样时间,目标水质,项目,监测值\r\n"
        )
        #expect(
            water.schema.emptyTable(TableForm(layout: .transposed))
                .hasPrefix("\u{FEFF}断面编码,\r\n河流,\r\n断面,\r\n月份,\r\n采样时间,\r\n目标水质,\r\n水温（℃）,\r\npH值,\r\n")
        )
    }

    @Test func `a table that was filled in is read`() throws {
        let water = try #require(Self.feeds["water-measurements"])
        let columns = water.schema.columns.filter { !$0.isIgnored }
        let cells = columns.map { column in
            switch column.type {
            case .month: "2024-03"
            case .decimal, .measurement: "1.5"
            default: "x"
            }
        }
        let text = water.schema.emptyTable(.wide) + cells.joined(separator: ",") + "\r\n"
        let taken = Sink(reading: text, water.schema, .wide)
        #expect(taken.complaints.isEmpty)
        #expect(taken.rows == 1)
    }

    @Test func `headers that a table could mistake are quoted`() throws {
        let schema = try TableSchema(columns: [
            Column(name: "a", titleZh: "甲,乙", titleEn: "A", type: .text, isRequired: true),
            Column(name: "b", titleZh: "\"丙\"；丁", titleEn: "B", type: .decimal, unit: "mg(N)/L"),
            Column(name: "c", titleZh: "铬(六价)", titleEn: "C", type: .decimal, unit: "mg/L"),
            Column(name: "d", titleZh: "", titleEn: "D", type: .text),
        ])
        let text = schema.emptyTable(.wide)
        #expect(Sink(reading: text, schema, .wide).complaints.isEmpty)
        #expect(text.hasSuffix(",铬(六价)（mg/L）,d\r\n"))
    }
}

/// Counts rows and keeps complaints.
private struct Sink: RowSink {
    private(set) var rows = 0
    private(set) var complaints: [String] = []

    init(reading text: String, _ schema: TableSchema, _ form: TableForm) {
        var reader = TableReader(schema: schema, form: form, file: "模板.csv")
        reader.feed(Array(text.utf8).span, into: &self)
        reader.finish(into: &self)
    }

    mutating func accept(_ row: borrowing Row) { rows += 1 }
    mutating func reject(_ reject: Reject) { complaints.append("\(reject)") }
}
