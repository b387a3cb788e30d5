// dutyctl calendar --batch: one line of answer for each line of question, whatever the line.

import JSON
import Testing

@Suite struct CalendarBatchTests {
    private let weekly = #"{"normalized":"Mon *-*-* 09:00:00","next":1709542800000000}"#

    @Test(arguments: [
        ("Mon 9:00\tUTC\t1709200000000000", #"{"normalized":"Mon *-*-* 09:00:00","next":1709542800000000}"#),
        ("Mon 9:00\t\t1709200000000000", #"{"normalized":"Mon *-*-* 09:00:00","next":1709542800000000}"#),
        ("Mon 9:00\tAsia/Shanghai\t1709200000000000", #"{"normalized":"Mon *-*-* 09:00:00","next":1709514000000000}"#),
        (
            "Mon 9:00 Asia/Shanghai\tUTC\t1709200000000000",
            #"{"normalized":"Mon *-*-* 09:00:00 Asia/Shanghai","next":1709514000000000}"#
        ),
        ("Mon 9:00\t\t", #"{"normalized":"Mon *-*-* 09:00:00"}"#),
        ("*-02-30\t\t0", #"{"normalized":"*-02-30 00:00:00","next":null}"#),
        ("*-1-1\t\t-9223372036854775808", #"{"normalized":"*-01-01 00:00:00","next":0}"#),
        ("daily\t\t9223372036854775807", #"{"normalized":"*-*-* 00:00:00","next":null}"#),
    ])
    func aGoodLineIsAnswered(line: String, expected: String) throws {
        let answer = try dutyctl("calendar", "--batch", input: line + "\n")
        #expect(answer.output == expected + "\n")
        #expect(answer.status == 0)
        #expect(answer.errors.isEmpty)
    }

    @Test func noBadLineEndsTheBatch() throws {
        let good = "Mon 9:00\t\t1709200000000000"
        let lines: [(text: String, position: Int64)] = [
            ("", 0), ("daily", 0), ("daily\t", 0), ("daily\t\t\t", 0), ("daily\t\tsoon", 0), ("daily\t\t1.5", 0),
            ("daily\t\t9223372036854775808", 0), ("daily\tAsia/Shanghia\t0", 0), ("daily\t../../etc/passwd\t0", 0),
            ("09:60\t\t0", 4), ("\t\t0", 1), ("09：00\t\t", 3), ("09:00 Nowhere/City\t\t0", 7), ("dayly\r\t\t0", 6),
            (String(repeating: "x", count: 200_000) + "\t\t0", 0),
        ]
        let input = lines.map { "\($0.text)\n\(good)\n" }.joined()
        let answer = try dutyctl("calendar", "--batch", input: input)
        #expect(answer.status == 0)
        let documents = try answer.documents()
        try #require(documents.count == lines.count * 2)
        for (index, line) in lines.enumerated() {
            let error = documents[index * 2]["error"]
            #expect(error?["position"] == .integer(line.position), "\(line.text.prefix(40))")
            #expect(error?["message"]?.text?.isEmpty == false)
            #expect(answer.lines[index * 2 + 1] == weekly)
        }
    }

    @Test func theLastLineNeedsNoLineBreakAndNoInputNoAnswer() throws {
        #expect(try dutyctl("calendar", "--batch", input: "Mon 9:00\t\t1709200000000000").output == weekly + "\n")
        #expect(try dutyctl("calendar", "--batch").output.isEmpty)
    }

    @Test func linesAreAnsweredInOrderAcrossAllBuffers() throws {
        let count: Int64 = 12_000
        let input = (0..<count).map { "*-*-* *:*:0/7\t\t\($0 * 60_000_000)\n" }.joined()
        let documents = try dutyctl("calendar", "--batch", input: input).documents()
        #expect(documents.map { $0["next"] } == (0..<count).map { .integer($0 * 60_000_000 + 7_000_000) })
    }
}
