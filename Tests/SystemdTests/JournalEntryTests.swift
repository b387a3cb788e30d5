// What an entry looks like to journald and to a person at a terminal.

import Systemd
import Testing

@Suite struct JournalEntryTests {
    private let entry = JournalEntry(
        "河 is over\nits limit",
        priority: .warning,
        messageID: "0123456789abcdef0123456789abcdef",
        fields: [("DUTYD_JOB", "river-sections"), ("DUTYD_SUBJECT", "JA 01\nforged"), ("CODE_LINE", "7")]
    )

    @Test func journaldGetsEveryFieldWithItsBytes() {
        let fields = entry.encoded(identifier: "dutyd").map { String(decoding: $0, as: UTF8.self) }
        #expect(
            fields == [
                "MESSAGE=河 is over\nits limit", "PRIORITY=4", "SYSLOG_IDENTIFIER=dutyd",
                "MESSAGE_ID=0123456789abcdef0123456789abcdef", "DUTYD_JOB=river-sections",
                "DUTYD_SUBJECT=JA 01\nforged", "CODE_LINE=7",
            ]
        )
    }

    @Test func aPersonGetsOneLineWithOurFields() {
        let own = "河 is over\\nits limit [DUTYD_JOB=river-sections DUTYD_SUBJECT=JA 01\\nforged]"
        #expect(entry.line(prefix: false) == "warning: \(own)")
        #expect(entry.line(prefix: true) == "<4>\(own)")
        #expect(JournalEntry("plain").line(prefix: false) == "info: plain")
    }

    @Test(
        arguments: [
            ("DUTYD_JOB", "DUTYD_JOB"), ("job", "JOB"), ("dutyd_as-of", "DUTYD_AS_OF"), ("_PID", "PID"),
            ("9lives", "FIELD_9LIVES"), ("", "FIELD_"), ("河", "FIELD_"), ("a=b\nc", "A_B_C"),
            (String(repeating: "x", count: 100), String(repeating: "X", count: 64)),
        ]
    )
    func everyNameBecomesOneThatJournaldTakes(name: String, field: String) {
        #expect(JournalEntry.fieldName(name) == field)
        #expect(JournalEntry("m", fields: [(name, "v")]).fields.first?.name == field)
    }

    @Test func prioritiesAreThoseOfSyslog() {
        #expect(JournalPriority.allCases.map(\.rawValue) == Array(0...7))
        #expect(JournalPriority.emergency.rawValue == 0)
        #expect(JournalPriority.error.rawValue == 3)
        #expect(JournalPriority.debug.rawValue == 7)
    }
}
