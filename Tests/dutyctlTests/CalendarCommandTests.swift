// dutyctl calendar, as a person and as a script sees it.

import JSON
import TestKit
import Testing

@Suite struct CalendarCommandTests {
    private static let calendar =
        String(#filePath.dropLast("Tests/dutyctlTests/CalendarCommandTests.swift".count))
        + "Config/calendars/CN.csv"

    @Test(
        "a rule shows where a schedule's slots go, and why",
        arguments: [
            (["--working-day", "next"], "moved from Mon 2026-10-05 to Thu 2026-10-08: 国庆节"),
            (
                ["--working-day", "next", "--offset", "2"],
                "make-up workday, 国庆节; moved from Mon 2026-10-05 to Sat 2026-10-10: 国庆节, then 2 working days later"
            ),
            (["--working-day", "any"], "rest day, 国庆节"),
        ]
    )
    func rules(options: [String], day: String) throws {
        let base = [
            "calendar", "--base-time", "2026-10-01", "--time-zone", "Asia/Shanghai", "--calendar", Self.calendar,
        ]
        let answer = try dutyctl(all: base + options + ["*-*-05 09:00"])
        #expect(answer.status == 0)
        #expect(answer.lines.contains { $0.hasSuffix(day) }, "\(answer)")
    }

    @Test func aWorkingDayOfTheMonthIsShownAndInJSONTheFieldsStay() throws {
        let options = ["--base-time", "2026-10-09", "--time-zone", "Asia/Shanghai", "--calendar", Self.calendar]
        let answer = try dutyctl(all: ["calendar", "--json", "--working-day", "3"] + options + ["*-*-* 09:00"])
        let document = try #require(try answer.documents().first)
        guard case .object(let members) = document, case .array(let next)? = document["next"] else {
            Issue.record("\(answer)")
            return
        }
        #expect(members.map(\.name) == ["expression", "normalized", "zone", "next"])
        #expect(next.map { $0["time"] } == ["2026-10-10T09:00:00+08:00"])
        #expect(try dutyctl(all: ["calendar", "--working-day", "3"] + options + ["*-*-05"]).status == 2)
        #expect(try dutyctl(all: ["calendar", "--working-day", "16"] + options + ["daily"]).status == 2)
        #expect(try dutyctl("calendar", "--calendar", "/nowhere.csv", "daily").status == 1)
    }

    @Test func aPersonSeesTheNormalFormAndEachElapseInTheZoneAndInUTC() throws {
        let answer = try dutyctl(
            "calendar",
            "--base-time",
            "2024-03-05T08:00:00+08:00",
            "--time-zone",
            "Asia/Shanghai",
            "-i",
            "2",
            "--calendar",
            Self.calendar,
            "*-*-5 9:00",
            "Mon 8:00 Europe/Berlin"
        )
        #expect(answer.status == 0)
        #expect(
            answer.output == """
                expression   *-*-5 9:00
                normal form  *-*-05 09:00:00

                NEXT  Asia/Shanghai                UTC                          IN        DAY
                1     Tue 2024-03-05 09:00:00 CST  Tue 2024-03-05 01:00:00 UTC  1 h       workday
                2     Fri 2024-04-05 09:00:00 CST  Fri 2024-04-05 01:00:00 UTC  31 d 1 h  rest day, 清明节
                Working days by the calendar CN, known until 2026-11-30.

                expression   Mon 8:00 Europe/Berlin
                normal form  Mon *-*-* 08:00:00 Europe/Berlin

                NEXT  Europe/Berlin                UTC                          IN        DAY
                1     Mon 2024-03-11 08:00:00 CET  Mon 2024-03-11 07:00:00 UTC  6 d 7 h   workday
                2     Mon 2024-03-18 08:00:00 CET  Mon 2024-03-18 07:00:00 UTC  13 d 7 h  workday
                Working days by the calendar CN, known until 2026-11-30.

                """
        )
    }

    @Test(arguments: [
        ("2024-02-29 09:00", "its last time, Thu 2024-02-29 09:00:00 CET, has passed"),
        ("*-02-30", "none of its months ever has such a day"),
        ("2023-02-29", "no date from 1970 to 2199 has its year, month, day and weekday together"),
        ("Mon 2024-06-04", "no date from 1970 to 2199 has its year, month, day and weekday together"),
        ("2024-03-31 02:30", "on each of its dates the clocks of Europe/Berlin skip its times"),
    ])
    func aPersonLearnsWhyItNeverElapses(expression: String, reason: String) throws {
        let answer = try dutyctl(
            "calendar",
            "--base-time",
            "2024-02-29T09:00:00+01:00",
            "--time-zone",
            "Europe/Berlin",
            expression
        )
        #expect(answer.status == 0)
        #expect(answer.lines.last == "It never elapses after Thu 2024-02-29 09:00:00 CET: \(reason).")
    }

    @Test(arguments: [
        ("2024-03-05", 1_709_740_800_000_000), ("2024-03-05T23:59:59+08:00", 1_709_654_400_000_000),
        ("@1709654399999999", 1_709_654_400_000_000), ("@1709654400000000", 1_709_740_800_000_000),
    ])
    func baseTimeIsATimeOrTheEndOfADayOrMicroseconds(base: String, next: Int64) throws {
        // The day 2024-03-05 ends in UTC eight hours after it ended in Shanghai.
        let zone = base == "2024-03-05" ? "UTC" : "Asia/Shanghai"
        let expression = base == "2024-03-05" ? "00:00 Asia/Shanghai" : "00:00"
        let answer = try dutyctl("calendar", "--json", "--base-time", base, "--time-zone", zone, expression)
        let document = try #require(try answer.documents().first)
        guard case .array(let elapses) = document["next"] else { Issue.record("\(answer)"); return }
        #expect(elapses.map { $0["usec"] } == [.integer(next)])
        #expect(document["zone"] == "Asia/Shanghai")
    }

    @Test func aBadExpressionIsShownWithItsPlaceAndTheOthersAreAnswered() throws {
        let answer = try dutyctl("calendar", "--json", "*-*-05 09：00", "daily UTC")
        #expect(answer.status == 1)
        #expect(try answer.documents().map { $0["expression"] } == ["daily UTC"])
        #expect(
            answer.errors == """
                dutyctl: not a calendar event: only ASCII characters can be read
                  *-*-05 09：00
                           ^
                  remedy:   write it with half-width digits and punctuation

                """
        )
    }

    @Test(arguments: [
        ["calendar"], ["calendar", "--batch", "daily"], ["calendar", "--batch", "-i", "2"],
        ["calendar", "-i", "0", "daily"], ["calendar", "--base-time", "tomorrow", "daily"],
        ["calendar", "--base-time", "@1e9", "daily"], ["calendar", "--base-time", "@9223372036854775807", "daily"],
        ["calendar", "--time-zone", "Asia/Shanghia", "daily"], ["calendar", "--no-such-option", "daily"],
    ])
    func wrongUsageIsRefusedAsSuch(arguments: [String]) throws {
        let answer = try dutyctl(all: arguments)
        #expect(answer.status == 2)
        #expect(answer.output.isEmpty)
        #expect(answer.errors.hasPrefix("dutyctl: "))
    }

    @Test func elapsesAreSystemds() throws {
        var generator = SeededGenerator(seed: 20)
        let expressions = (0..<60).map { _ in generator.expression() }
        let ours = try dutyctl(
            all: ["calendar", "--json", "--iterations=4", "--base-time=2024-02-28T21:30:00Z", "--time-zone=UTC"]
                + expressions
        )
        #expect(ours.status == 0, "\(ours.errors)")
        let theirs = try ask(
            "/usr/bin/systemd-analyze",
            ["calendar", "--iterations=4", "--base-time=2024-02-28 21:30:00 UTC"] + expressions
        )
        #expect(theirs.status == 0, "\(theirs.errors)")
        let blocks = Self.blocks(theirs.output)
        let documents = try ours.documents()
        try #require(blocks.count == expressions.count && documents.count == expressions.count)
        var never = 0
        for (block, document) in zip(blocks, documents) {
            #expect(document["normalized"]?.text == block.normalForm)
            guard case .array(let elapses) = document["next"] else { Issue.record("\(document)"); continue }
            #expect(elapses.compactMap { $0["time"]?.text } == block.elapses, "\(block.normalForm)")
            never += elapses.isEmpty ? 1 : 0
        }
        #expect((1...expressions.count / 2).contains(never), "some must never elapse, most must: \(never)")
    }

    @Test(
        arguments: [
            ("CEST", "write Europe/Berlin or a city nearer by"), ("CST", "write Asia/Shanghai or America/Chicago"),
            ("EST", "write America/New_York"), ("UTC+8", "write Asia/Shanghai"),
        ]
    )
    func `an abbreviation of a zone is refused with the names that could be meant`(
        name: String,
        remedy: String
    ) throws {
        let event = try dutyctl("calendar", "*-*-05 09:00 \(name)")
        #expect(event.status == 1)
        #expect(event.errors.contains("remedy:   \(remedy)"), "\(event)")
        let option = try dutyctl("calendar", "--time-zone", name, "daily")
        #expect(option.status == 2)
        #expect(option.errors.contains(remedy), "\(option)")
        // Programs ask by the database, which has a file EST.
        let batch = try dutyctl("calendar", "--batch", input: "daily\t\(name)\t\n")
        #expect(batch.output.contains("error") == (name != "EST"))
    }

    @Test func `a zone with a slip is refused with the one that was probably meant`() throws {
        let answer = try dutyctl("calendar", "*-*-05 09:00 Asia/Shanghia")
        #expect(answer.status == 1)
        #expect(answer.errors.contains("remedy:   did you mean \"Asia/Shanghai\"?"), "\(answer)")
    }

    /// systemd's answer for each expression, its times rewritten as ours.
    private static func blocks(_ text: String) -> [(normalForm: String, elapses: [String])] {
        var blocks: [(normalForm: String, elapses: [String])] = []
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon].drop { $0 == " " }
            let value = String(line[line.index(after: colon)...].drop { $0 == " " })
            if name == "Normalized form" { blocks.append((value, [])) }
            guard !blocks.isEmpty, name == "Next elapse" || name.hasPrefix("Iter"), value != "never" else { continue }
            let words = value.split(separator: " ")
            blocks[blocks.count - 1].elapses.append("\(words[1])T\(words[2])+00:00")
        }
        return blocks
    }
}

extension SeededGenerator {
    /// An event of whole seconds, the smaller part of which never elapse after 2024.
    fileprivate mutating func expression() -> String {
        let weekday = pick(["", "", "Mon ", "Tue..Thu ", "Sat,Sun "])
        let year = pick(["*", "*", "*", "2024..2030", "2020", "2023/3"])
        let day = pick(["-*", "-05", "-29", "-1/7", "-10..20/3", "~1", "~3..7"])
        let date = "\(year)-\(pick(["*", "02", "1,7", "03/3"]))\(day)"
        let hour = pick(["09", "*", "0/5", "8..17/3"])
        return "\(weekday)\(date) \(hour):\(pick(["00", "0/20", "*"]))" + pick(["", ":00", ":15/15", ":*"])
    }
}
