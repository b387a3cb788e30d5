// What a feed says about its tables, its rows' subjects and rows that stand there twice, and what is said about slips.

import Diagnostics
import Jobs
import Records
import TestKit
import Testing

@Suite struct FeedSettingsTests {
    /// Measurements that use every setting there is.
    private static let water = """
        feed: water
        title: {zh: 水质, en: Water quality}
        source: inbox
        supplied-by: water
        layout: {long: {item: 监测项目, value: 监测值}}
        footers: [合计, 备注]
        key: [code, month]
        conflicts: newest
        rows-per-key: several
        identity:
          - code: code
            names: [river, section]
            register: sections
            register-code: code
            register-names: [river, section]
            name-endings: [断面]
            aliases: section-aliases
            dated-by: month
        columns:
          code: {type: text, zh: 编码, en: Code}
          river: {type: text, zh: 河流, en: River, use: required, fill-down: yes}
          section: {type: text, zh: 断面, en: Section}
          month: {type: month, zh: 月份, en: Month}
          until: {type: expiry, zh: 有效期至, en: Until, first-bad-day: [失效日期, 失效期]}
          DO: {type: decimal, zh: 溶解氧, en: Dissolved oxygen, unit: mg/L, missing: ["-1", "-99"]}
          NH3-N: {type: decimal, zh: 氨氮, en: Ammonia nitrogen, unit: mg/L}
          class: {type: text, zh: 类别, en: Class, use: ignored}
        """

    private static let aliases = """
        feed: section-aliases
        title: {zh: 断面别名, en: Aliases}
        source: register
        columns:
          river: {type: text, zh: 河流, en: River}
          section: {type: text, zh: 断面, en: Section}
          code: {type: text, zh: 编码, en: Code}
          from: {type: date, zh: 启用, en: From}
          until: {type: date, zh: 停用, en: Until}
        """

    private static func files() -> SettingsFiles {
        var files = SettingsFiles.district
        files.settings["feeds/water.yaml"] = water
        files.settings["feeds/section-aliases.yaml"] = aliases
        return files
    }

    /// The configuration with one piece of one file replaced.
    private static func read(_ file: String, _ piece: String, _ replacement: String) throws -> Configuration {
        var files = files()
        let text = try #require(files.settings[file])
        let changed = text.replacing(piece, with: replacement)
        try #require(changed != text, "\(file) has no \(piece)")
        files.settings[file] = changed
        return try files.read()
    }

    @Test func `every setting is read`() throws {
        let configuration = try Self.files().read()
        #expect(configuration.problems == [])
        let feed = try #require(configuration.feeds["water"])
        #expect(feed.form == TableForm(layout: .long(item: "监测项目", value: "监测值"), footers: ["合计", "备注"]))
        #expect(feed.schema.columns.map(\.fillsDown) == [false, true, false, false, false, false, false, false])
        #expect(feed.schema.columns[4].firstBadDayHeaders == ["失效日期", "失效期"])
        #expect(feed.schema.columns[5].missingCodes == ["-1", "-99"])
        let identity = try #require(feed.identities.first)
        #expect(feed.identities.count == 1)
        #expect((identity.code, identity.names, identity.date) == (0, [1, 2], 3))
        #expect(identity.nameEndings == ["断面"])
        #expect((identity.register, identity.aliases) == ("sections", "section-aliases"))
        #expect((identity.registerCode, identity.registerNames) == ("code", ["river", "section"]))
        let expected = DuplicateRule(
            schema: feed.schema,
            key: [0, 3],
            names: [0: [1, 2]],
            conflicts: .newest,
            hasSeveralRows: true
        )
        #expect(feed.duplicates == expected)
    }

    @Test func `a feed that says nothing of it is wide, has the usual footers and no key`() throws {
        let feed = try #require(try SettingsFiles.district.read().feeds["water"])
        #expect(feed.form == .wide)
        #expect(feed.form.footers == TableForm.usualFooters)
        #expect(feed.identities == [])
        #expect(feed.duplicates == nil)
    }

    @Test(
        arguments: [
            ("layout: wide", TableForm.Layout.wide), ("layout: transposed", .transposed),
            ("layout: {long: {item: a, value: b}}", .long(item: "a", value: "b")),
        ]
    )
    func `a layout is one of three`(setting: String, layout: TableForm.Layout) throws {
        let configuration = try Self.read("feeds/water.yaml", "layout: {long: {item: 监测项目, value: 监测值}}", setting)
        #expect(configuration.feeds["water"]?.form.layout == layout)
    }

    @Test func `a key alone refuses conflicts, and an empty list knows no footers`() throws {
        var files = Self.files()
        files.settings["feeds/water.yaml"] = Self.water
            .replacing("conflicts: newest\nrows-per-key: several\n", with: "")
            .replacing("[合计, 备注]", with: "[]")
        let feed = try #require(try files.read().feeds["water"])
        #expect(feed.duplicates?.conflicts == .refuse)
        #expect(feed.duplicates?.hasSeveralRows == false)
        #expect(feed.form.footers == [])
    }

    struct Slip: Sendable, CustomTestStringConvertible {
        let piece: String
        let replacement: String
        let line: Int
        let column: Int
        var key: String
        var found: String?
        var remedy: String?

        init(
            _ piece: String,
            _ replacement: String,
            at place: (Int, Int),
            key: String,
            found: String? = nil,
            remedy: String? = nil
        ) {
            self.piece = piece
            self.replacement = replacement
            (line, column) = place
            self.key = key
            self.found = found
            self.remedy = remedy
        }

        var testDescription: String { replacement }
    }

    @Test(
        arguments: [
            Slip("{long: {item: 监测项目, value: 监测值}}", "tall", at: (5, 9), key: "layout", found: "tall"),
            Slip(
                "{long: {item",
                "{lnog: {item",
                at: (5, 10),
                key: "layout",
                found: "lnog",
                remedy: "did you mean \"long\"?"
            ),
            Slip("value: 监测值", "value: 监测项目", at: (5, 36), key: "layout.long.value", found: "监测项目"),
            Slip("footers: [合计, 备注]", "footers: {a: b}", at: (6, 10), key: "footers"),
            Slip("key: [code, month]", "key: [code, mnth]", at: (7, 13), key: "key", remedy: "did you mean \"month\"?"),
            Slip("key: [code, month]", "key: [code, class]", at: (7, 13), key: "key", found: "class"),
            Slip("key: [code, month]", "key: []", at: (7, 6), key: "key", remedy: "name at least one"),
            Slip("key: [code, month]\n", "", at: (7, 12), key: "conflicts", remedy: "add key: [columns]"),
            Slip("newest", "newst", at: (8, 12), key: "conflicts", remedy: "did you mean \"newest\"?"),
            Slip("several", "many", at: (9, 15), key: "rows-per-key", found: "many"),
            Slip(
                "- code: code",
                "- code: cod",
                at: (11, 11),
                key: "identity[1].code",
                remedy: "did you mean \"code\"?"
            ),
            Slip("- code: code", "- code: DO", at: (11, 11), key: "identity[1].code", found: "decimal"),
            Slip(
                "    names: [river, section]",
                "    names: [river, sction]",
                at: (12, 20),
                key: "identity[1].names",
                remedy: "did you mean \"section\"?"
            ),
            Slip("    names: [river, section]", "    names: [river]", at: (15, 21), key: "identity[1].register-names"),
            Slip(
                "    names: [river",
                "    nams: [river",
                at: (12, 5),
                key: "identity[1]",
                remedy: "did you mean \"names\"?"
            ),
            Slip(
                "register: sections",
                "register: sectoins",
                at: (13, 15),
                key: "identity[1].register",
                remedy: "did you mean \"sections\"?"
            ),
            Slip("register: sections", "register: water", at: (13, 15), key: "identity[1].register", found: "water"),
            Slip(
                "register-code: code",
                "register-code: cod",
                at: (14, 20),
                key: "identity[1].register-code",
                remedy: "did you mean \"code\"?"
            ),
            Slip(
                "register-names: [river, section]",
                "register-names: [river, seciton]",
                at: (15, 29),
                key: "identity[1].register-names",
                remedy: "did you mean \"section\"?"
            ),
            Slip(
                "aliases: section-aliases",
                "aliases: section-alias",
                at: (17, 14),
                key: "identity[1].aliases",
                remedy: "did you mean \"section-aliases\"?"
            ),
            Slip(
                "aliases: section-aliases",
                "aliases: sections",
                at: (17, 14),
                key: "identity[1].aliases",
                found: "from"
            ),
            Slip("dated-by: month", "dated-by: DO", at: (18, 15), key: "identity[1].dated-by", found: "decimal"),
            Slip("    dated-by: month\n", "", at: (17, 14), key: "identity[1].aliases"),
            Slip("fill-down: yes", "fill-down: true", at: (21, 68), key: "columns.river.fill-down", found: "true"),
            Slip("{type: expiry", "{type: month", at: (24, 60), key: "columns.until.first-bad-day", found: "month"),
            Slip("identity:\n  - code: code", "identity:\n    code: code", at: (11, 5), key: "identity"),
            Slip("source: inbox", "source: register", at: (11, 3), key: "identity"),
        ]
    )
    func `a slip in a feed is named with its place, and costs the feed`(slip: Slip) throws {
        let configuration = try Self.read("feeds/water.yaml", slip.piece, slip.replacement)
        #expect(configuration.feeds["water"] == nil)
        #expect(configuration.brokenJobs["river"] != nil)
        let position = Position(file: "feeds/water.yaml", line: slip.line, column: slip.column)
        let problem = try #require(
            configuration.problems.first { $0.key == slip.key && $0.position == position },
            "\(configuration.problems)"
        )
        #expect(problem.severity == .error)
        // Besides it, only the job that needs the feed and what follows from the slip are named.
        #expect(
            !configuration.problems.contains {
                $0.problem == "unknown key" && $0.key == nil && $0.found != "supplied-by"
            }
        )
        if let found = slip.found { #expect(problem.found == found) }
        if let remedy = slip.remedy { #expect(problem.remedy == remedy) }
    }

    @Test(arguments: ["  from: {type: date, zh: 启用, en: From}\n", "  river: {type: text, zh: 河流, en: River}\n"])
    func `a table of aliases needs its columns`(column: String) throws {
        let configuration = try Self.read("feeds/section-aliases.yaml", column, "")
        #expect(configuration.feeds["water"] == nil)
        #expect(
            configuration.problems.map(\.problem)
                == ["there is no such column in the feed section-aliases; the job river is not used"]
        )
        #expect(configuration.problems.first?.position == Position(file: "feeds/water.yaml", line: 17, column: 14))
    }

    @Test func `the shipped feeds are well-formed, and know their registers`() throws {
        let configuration = try Configuration.shipped()
        #expect(configuration.problems == [])
        let identities = configuration.feeds.mapValues { $0.identities.map(\.register) }
        #expect(identities["water-measurements"] == ["river-sections"])
        #expect(identities["stock-lots"] == ["stock-policies", "stock-policies"])
        #expect(identities["drill-records"] == ["drill-units"])
        // A correction under a new name counts where tables are statements about a month or a day.
        #expect(configuration.feeds["water-measurements"]?.duplicates?.conflicts == .newest)
        #expect(configuration.feeds["stock-lots"]?.duplicates?.conflicts == .newest)
        #expect(configuration.feeds["drill-records"]?.duplicates?.conflicts == .refuse)
        for aliases in ["section-aliases", "site-aliases", "item-aliases"] {
            let header = try SettingsFiles.shipped("registers/\(aliases).csv").split(separator: "\n")
            #expect(header.count == 1)
            #expect(
                header.first?.split(separator: ",").map(String.init)
                    == configuration.feeds[aliases]?.schema.columns.map(\.name)
            )
        }
    }
}
