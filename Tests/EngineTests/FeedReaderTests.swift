// Feeds as a whole: registers from the same source, the newest table first, and every row accounted for.

import Almanac
import Checks
import Diagnostics
import Engine
import Jobs
import Linux
import Records
import TestKit
import Testing

@Suite struct FeedReaderTests {
    private static let header = "code,river,section,month,DO,NH3-N\n"

    /// A district whose measurements are known by the register of sections.
    private static func configuration(_ change: (inout String) -> Void = { _ in }) throws -> Configuration {
        var files = SettingsFiles.district
        var water = try #require(files.settings["feeds/water.yaml"])
        water = water.replacing("columns:\n", with: "columns:\n  code: {type: text, zh: 编码, en: Code}\n")
        water += """

            key: [code, month]
            rows-per-key: several
            conflicts: newest
            identity:
              - code: code
                names: [river, section]
                register: sections
                register-code: code
                register-names: [river, section]
                aliases: aliases
                dated-by: month
            """
        change(&water)
        files.settings["feeds/water.yaml"] = water
        files.settings["feeds/aliases.yaml"] = """
            feed: aliases
            title: {zh: 别名, en: Aliases}
            source: register
            columns:
              river: {type: text, zh: 河流, en: River}
              section: {type: text, zh: 断面, en: Section}
              code: {type: text, zh: 编码, en: Code, use: required}
              from: {type: date, zh: 启用, en: From}
              until: {type: date, zh: 停用, en: Until}
            """
        let configuration = try files.read()
        try #require(configuration.problems == [])
        return configuration
    }

    private static func evidence(aliases: String = "") -> TableEvidence {
        TableEvidence([
            "sections": [("sections.csv", "code,river,section,target\nS1,新泾港,天山路桥,Ⅲ\nS2,新泾港,北翟路桥,Ⅲ\n")],
            "aliases": [("aliases.csv", "river,section,code,from,until\n" + aliases)],
        ])
    }

    private struct Sink: TableSink {
        var rows: [String] = []
        var marked: [String] = []
        var rejects: [Reject] = []
        var readings: [TableReading] = []

        mutating func accept(_ row: borrowing Row) {
            rows.append("\(row.reference) \(row.text(0) ?? "–")")
            if row.contradicted != nil { marked.append("\(row.reference)") }
        }
        mutating func reject(_ reject: Reject) { rejects.append(reject) }
        mutating func finished(_ reading: TableReading) { readings.append(reading) }
    }

    private static func read(_ evidence: TableEvidence, _ configuration: Configuration) throws -> (
        sink: Sink, unread: [String]
    ) {
        var sink = Sink()
        let feed = try #require(configuration.feeds["water"])
        let unread = FeedReader(feeds: configuration.feeds, evidence: evidence).read(feed, into: &sink)
        return (sink, unread)
    }

    @Test func `every row of a table is accounted for`() throws {
        let evidence = Self.evidence(aliases: ",天山桥,S1,,2024-02-20\n")
        evidence.put(
            Self.header + """
                ,新泾港,天山路桥,2024-02,9.0,0.4
                S1,新泾港,天山桥,2024-02,9.0,0.4
                S1,新泾港,天山桥,2024-03,9.0,0.4
                ,新泾港,北翟路,2024-02,9.0,0.4
                S2,,,2024-02,9.0,0.4,1
                S2,,,2024-02,8.0,x

                """,
            as: "w.csv",
            in: "water"
        )
        let (sink, unread) = try Self.read(evidence, try Self.configuration())
        #expect(unread == [])
        #expect(sink.rows == ["w.csv:2 S1", "w.csv:7 S2"])
        let tally = try #require(sink.readings.first?.tally)
        #expect((tally.rowsAccepted, tally.rowsRejected, tally.rowsRepeated) == (2, 3, 1))
        #expect(tally.cellsRejected == 1)
        #expect(sink.rejects.map(\.diagnostic.position?.line) == [3, 4, 5, 6, 7])
        #expect(
            sink.rejects.prefix(4).map(\.reason) == [.repeatedRow, .codeAndNameDiffer, .unknownSubject, .tooManyCells]
        )
        #expect(sink.rejects[2].nearest == "新泾港 北翟路桥")
    }

    @Test(
        arguments: [
            // When it was received goes before when the file was written, and that before its name.
            ((nil, nil), (nil, nil), "b.csv:2"), ((nil, 2), (nil, 1), "a.csv:2"), ((3, 1), (2, 9), "a.csv:2"),
            ((4, 1), (3, 9), "a.csv:2"), ((nil, nil), (nil, 5), "b.csv:2"), ((.max, 1), (9, 5), "a.csv:2"),
        ] as [((Int64?, Int64?), (Int64?, Int64?), String)]
    )
    func `the newest submission wins`(a: (Int64?, Int64?), b: (Int64?, Int64?), winner: String) throws {
        let configuration = try Self.configuration()
        let feed = try #require(configuration.feeds["water"])
        let source = StampedEvidence(
            base: Self.evidence(),
            tables: [
                ("a.csv", a, Self.header + "S1,,,2024-02,9.0,0.4\n"),
                ("b.csv", b, Self.header + "S1,,,2024-02,9.0,1.2\n"),
            ]
        )
        var sink = Sink()
        #expect(FeedReader(feeds: configuration.feeds, evidence: source).read(feed, into: &sink) == [])
        #expect(sink.rows == ["\(winner) S1"])
        #expect(sink.rejects.map(\.reason) == [.supersededRow])
        #expect(sink.rejects.first?.diagnostic.problem.contains(winner) == true)
        #expect(sink.readings.map(\.tally.rowsSuperseded) == [0, 1])
        #expect(sink.readings.allSatisfy { $0.isUsable })
    }

    @Test(arguments: [(Reject.Reason.spreadsheet, ["w.x"]), (.mayNotBeRead, ["w.x"]), (.notAFile, [])])
    func `a refused table leaves a gap`(reason: Reject.Reason, gaps: [String]) throws {
        let evidence = Self.evidence()
        evidence.put(Self.header + "S1,,,2024-02,9.0,0.4\n", as: "w.csv", in: "water")
        let refusal = Reject(reason, Diagnostic("no table"))
        evidence.handIn(refused: refusal, as: "w.x", to: "water", changed: Instant(seconds: 0))
        let (sink, unread) = try Self.read(evidence, try Self.configuration())
        #expect(sink.rows == ["w.csv:2 S1"])
        #expect(unread == gaps)
    }

    @Test func `of files found at once the one that was changed last wins`() throws {
        let configuration = try Self.configuration()
        let feed = try #require(configuration.feeds["water"])
        let tables = [("a更正.csv", (Int64.max, 2), "0.4"), ("b.csv", (Int64.max, 1), "1.2")].map { name, times, value in
            (
                name: name, times: (received: Int64?(times.0), written: Int64?(times.1)),
                text: Self.header + "S1,,,2024-02,9.0,\(value)\n"
            )
        }
        var sink = Sink()
        let source = StampedEvidence(base: Self.evidence(), tables: tables)
        _ = FeedReader(feeds: configuration.feeds, evidence: source).read(feed, into: &sink)
        #expect(sink.rows == ["a更正.csv:2 S1"])
    }

    @Test func `where conflicts are refused, tables keep their order and both rows pass`() throws {
        let evidence = Self.evidence()
        evidence.put(Self.header + "S1,,,2024-02,9.0,0.4\n", as: "a.csv", in: "water")
        evidence.add(Self.header + "S1,,,2024-02,9.0,1.2\nS1,,,2024-02,9.0,0.4\n", as: "b.csv", in: "water")
        let configuration = try Self.configuration { $0 = $0.replacing("conflicts: newest", with: "conflicts: refuse") }
        let (sink, _) = try Self.read(evidence, configuration)
        #expect(sink.rows == ["a.csv:2 S1", "b.csv:2 S1"])
        #expect(sink.rejects.map(\.reason) == [.repeatedRow])
    }

    @Test(arguments: [("key: [code, month]", [2, 6]), ("key: [code]", [2, 3, 5, 6, 8])])
    func `rows of days that nobody asks for are passed over where they say nothing of those that somebody does`(
        key: String,
        lines: [Int]
    ) throws {
        let evidence = Self.evidence()
        evidence.put(
            Self.header + """
                S1,,,2024-02,9.0,0.4
                S1,,,2024-03,9.0,0.5
                S9,,,2024-03,9.0,0.4
                S1,,,2024-03,9.0,0.6
                S1,,,2024-02,9.0,0.7
                S2,,,2024-0x,9.0,x
                S1,,,2024-03,9.0,y

                """,
            as: "w.csv",
            in: "water"
        )
        let configuration = try Self.configuration { $0 = $0.replacing("key: [code, month]", with: key) }
        let feed = try #require(configuration.feeds["water"])
        var sink = Sink()
        let february = try #require(CivilDate(iso8601: "2024-02-01"))
        _ = FeedReader(feeds: configuration.feeds, evidence: evidence)
            .read(feed, days: ("month", february...february.adding(days: 28)), into: &sink)
        #expect(sink.rows.filter { $0.hasSuffix("S1") } == lines.map { "w.csv:\($0) S1" })
        // Strangers and slips are told of in rows that count, and in those of which nobody knows the day.
        #expect(sink.rejects.contains { $0.diagnostic.found == "x" })
        #expect(sink.rejects.contains { $0.diagnostic.found == "y" } == (key == "key: [code]"))
        #expect(sink.rejects.contains { $0.reason == .unknownSubject } == (key == "key: [code]"))
    }

    @Test func `of one row a key, rows that contradict each other are marked and not counted as accepted`() throws {
        let evidence = Self.evidence()
        let rows = "S1,,,2024-02,9.0,0.4\nS1,,,2024-02,9.0,1.2\nS1,,,2024-02,9.0,5\nS2,,,2024-02,9.0,0.4\n"
        evidence.put(Self.header + rows, as: "a.csv", in: "water")
        let configuration = try Self.configuration {
            $0 = $0.replacing("rows-per-key: several", with: "rows-per-key: one")
        }
        let (sink, _) = try Self.read(evidence, configuration)
        let tally = try #require(sink.readings.first?.tally)
        #expect((tally.rowsAccepted, tally.rowsRejected) == (1, 3))
        #expect(sink.marked == ["a.csv:3", "a.csv:4"])
    }

    @Test func `a table by itself is held against itself only`() throws {
        let evidence = Self.evidence()
        let text = Self.header + "S1,,,2024-02,9.0,0.4\nS1,,,2024-02,9.0,0.4\n"
        evidence.put(text, as: "a.csv", in: "water")
        evidence.add(text, as: "b.csv", in: "water")
        let configuration = try Self.configuration()
        let feed = try #require(configuration.feeds["water"])
        let reader = FeedReader(feeds: configuration.feeds, evidence: evidence)
        for table in evidence.tables(of: feed).tables {
            var sink = Sink()
            let reading = reader.read(table, of: feed, into: &sink)
            #expect(sink.rows == ["\(table.name):2 S1"])
            #expect((reading.tally.rowsAccepted, reading.tally.rowsRepeated) == (1, 1))
            #expect(sink.readings == [reading])
        }
    }

    @Test func `rows of strangers make no table unusable`() throws {
        let evidence = Self.evidence()
        evidence.put(Self.header + "S9,,,2024-02,9.0,0.4\n", as: "w.csv", in: "water")
        let (sink, unread) = try Self.read(evidence, try Self.configuration())
        #expect(unread == [])
        #expect(sink.rows == [])
        #expect(sink.readings.map(\.tally.rowsRejected) == [1])
    }

    @Test(arguments: [
        String(repeating: "水", count: 700_000), String(repeating: "a,", count: 5000), "\"code,river", "", "x,y\n1,2\n",
        "section,month\n",
    ])
    func `a table without a header by which rows can be read is not usable`(text: String) throws {
        let evidence = Self.evidence()
        evidence.put(text, as: "w.csv", in: "water")
        let (sink, unread) = try Self.read(evidence, try Self.configuration())
        #expect(unread == ["w.csv"])
        #expect(sink.readings.map(\.isUsable) == [false])
        #expect(sink.rejects.contains { $0.diagnostic.severity == .error })
    }

    @Test func `rows that contradict each other are told once each, and not by the check again`() throws {
        let evidence = Self.evidence()
        evidence.put(Self.header + "S1,,,2024-02,9.0,0.4\nS1,,,2024-02,9.0,1.2\n", as: "w.csv", in: "water")
        let configuration = try Self.configuration {
            $0 = $0.replacing("rows-per-key: several", with: "rows-per-key: one")
        }
        let job = try #require(configuration.job(named: "river"))
        let asOf = try #require(CivilDate(year: 2024, month: 3, day: 5))
        let findings = Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
            .findings(period: job.period.period(asOf: asOf), asOf: asOf)
        let told = findings.rejects.filter { $0.problem.contains("contradicts") }
        #expect(told.map(\.position?.line) == [2, 3])
        #expect(findings.assessments.first?.state == .unknown)
        #expect(findings.assessments.first?.gaps.contains { $0.reason == .conflicting } == true)
    }

    @Test func `as long as the register is empty everybody is welcome`() throws {
        let evidence = Self.evidence(aliases: ",天山桥,S1,,\n")
        evidence.put("code,river,section,target\n", as: "sections.csv", in: "sections")
        evidence.put(Self.header + "x9,谁,哪里,2024-02,9.0,0.4\n,谁,哪里,2024-02,9.0,0.4\n", as: "w.csv", in: "water")
        let (sink, _) = try Self.read(evidence, try Self.configuration())
        #expect(sink.rows == ["w.csv:2 x9", "w.csv:3 –"])
        #expect(sink.rejects == [])
    }

    @Test(
        arguments: [
            ("sections", "river,section\n新泾港,天山路桥\n"), ("sections", ""), ("sections", nil),
            ("aliases", "river,section\n新泾港,天山路桥\n"), ("aliases", nil),
        ]
    )
    func `without the register or its aliases no table is looked at`(register: String, table: String?) throws {
        let evidence = TableEvidence()
        evidence.put("code,river,section,target\nS1,新泾港,天山路桥,Ⅲ\n", as: "sections.csv", in: "sections")
        evidence.put("river,section,code,from,until\n", as: "aliases.csv", in: "aliases")
        evidence.put(Self.header + "S1,,,2024-02,9.0,0.4\n", as: "w.csv", in: "water")
        evidence.clear(register)
        if let table { evidence.put(table, as: "\(register).csv", in: register) }
        let configuration = try Self.configuration()
        let feed = try #require(configuration.feeds["water"])
        let reader = FeedReader(feeds: configuration.feeds, evidence: evidence)
        var sink = Sink()
        #expect(reader.read(feed, into: &sink) == ["w.csv"])
        #expect(sink.rows == [])
        #expect(
            reader.failure(of: feed)?.problem == "the register \"\(register)\" cannot be read, so nothing was judged"
        )
        #expect(sink.readings.map(\.failure) == [reader.failure(of: feed)])
        // Why it cannot be read is said where there is a file to say it of.
        #expect(sink.rejects.isEmpty == (table == nil))

        // A run that would need it judges nothing, and leaves open alerts as they are.
        let job = try #require(configuration.job(named: "river"))
        let asOf = try #require(CivilDate(year: 2024, month: 3, day: 5))
        let findings = Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
            .findings(period: job.period.period(asOf: asOf), asOf: asOf)
        #expect(findings.failure?.problem == "the register \"\(register)\" cannot be read, so nothing was judged")
        #expect(findings.assessments == [])
    }

    @Test func `the faults of registers are told once, and never to whoever handed in one table`() throws {
        let evidence = Self.evidence(aliases: ",老桥,S7,,\n,旧桥,S1,x,\n")
        evidence.put(Self.header + "S1,,,2024-02,9.0,0.4\n", as: "w.csv", in: "water")
        let configuration = try Self.configuration()
        let feed = try #require(configuration.feeds["water"])
        let reader = FeedReader(feeds: configuration.feeds, evidence: evidence)
        var single = Sink()
        let table = try #require(evidence.tables(of: feed).tables.first)
        reader.read(table, of: feed, into: &single)
        #expect(single.rejects == [])
        var sink = Sink()
        _ = reader.read(feed, into: &sink)
        _ = reader.read(feed, into: &sink)
        #expect(sink.rejects.map(\.diagnostic.position?.line) == [2, 3])
        #expect(sink.rejects.first?.diagnostic.found == "S7")
    }

    @Test func `a correction under a new name is what the month is judged by`() throws {
        let evidence = Self.evidence()
        evidence.put(Self.header + "S1,新泾港,天山路桥,2024-02,9.0,1.2\n", as: "2024-02.csv", in: "water")
        evidence.add(Self.header + ",新泾港,天山路桥,2024-02,9.0,0.4\n", as: "2024-02更正.csv", in: "water")
        let configuration = try Self.configuration()
        let job = try #require(configuration.job(named: "river"))
        let asOf = try #require(CivilDate(year: 2024, month: 3, day: 5))
        let findings = Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
            .findings(period: job.period.period(asOf: asOf), asOf: asOf)
        #expect(findings.assessments.map(\.state) == [.ok, .unknown])
        #expect(findings.assessments.first?.source.map(\.file) == ["2024-02更正.csv"])
        #expect(findings.rowsRead == 3)
    }
}

/// Tables with times, beside those of another source.
private struct StampedEvidence: EvidenceSource {
    let base: TableEvidence
    /// Name, place among the receptions and when written (seconds), and text.
    let tables: [(name: String, times: (received: Int64?, written: Int64?), text: String)]

    func tables(of feed: Feed) -> EvidenceListing {
        guard feed.name == "water" else { return base.tables(of: feed) }
        return EvidenceListing(
            tables: tables.map { table in
                EvidenceTable(
                    feed: feed.name,
                    name: table.name,
                    stamp: table.times.written.map { written in
                        let instant = Instant(seconds: written)
                        return FileStamp(device: 1, inode: 1, size: 1, modified: instant, changed: instant)
                    },
                    received: table.times.received
                )
            }
        )
    }

    func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        guard let own = tables.first(where: { $0.name == table.name }), table.feed == "water" else {
            return try base.read(table, chunk: chunk)
        }
        let bytes = Array(own.text.utf8)
        chunk(bytes.span)
        return ReadTable()
    }
}
