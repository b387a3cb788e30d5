// A log line as it is found again in the journal.

import Logging
import Systemd
import Testing

@Suite struct JournalLogHandlerTests {
    private struct Trouble: Error, CustomStringConvertible {
        let description = "no such table"
    }

    private func journalled(_ body: (inout Logger) -> Void) -> [JournalEntry] {
        let journal = Journal(destination: .capture)
        var logger = Logger(label: "test") { _ in JournalLogHandler(journal: journal) }
        body(&logger)
        return journal.captured
    }

    @Test func metadataBecomesFieldsAndTheNearerWins() {
        let entries = journalled { logger in
            logger[metadataKey: "job"] = "outer"
            logger[metadataKey: "run"] = "7"
            logger.warning("late", metadata: ["job": "river-sections", "as-of": "2026-11"])
        }
        let fields = Dictionary(uniqueKeysWithValues: (entries.first?.fields ?? []).map { ($0.name, $0.value) })
        #expect(entries.first?.message == "late")
        #expect(entries.first?.priority == .warning)
        #expect(fields["DUTYD_JOB"] == "river-sections")
        #expect(fields["DUTYD_RUN"] == "7")
        #expect(fields["DUTYD_AS_OF"] == "2026-11")
        #expect(fields["CODE_FILE"]?.hasSuffix("JournalLogHandlerTests.swift") == true)
        #expect(fields["CODE_LINE"].flatMap(Int.init) ?? 0 > 0)
        #expect(fields["CODE_FUNC"]?.contains("metadataBecomesFields") == true)
    }

    @Test(
        arguments: [
            (Logger.Level.trace, JournalPriority.debug), (.debug, .debug), (.info, .info), (.notice, .notice),
            (.warning, .warning), (.error, .error), (.critical, .critical),
        ]
    )
    func levelsBecomePriorities(level: Logger.Level, priority: JournalPriority) {
        let entries = journalled { logger in
            logger.logLevel = .trace
            logger.log(level: level, "message")
        }
        #expect(entries.map(\.priority) == [priority])
    }

    @Test func whatIsBelowTheLevelIsNotJournalled() {
        let entries = journalled { logger in
            logger.debug("not this")
            logger.info("but this")
        }
        #expect(entries.map(\.message) == ["but this"])
    }

    @Test func anErrorIsAField() {
        let entries = journalled { $0.error("cannot read", error: Trouble()) }
        #expect(entries.first?.fields.first { $0.name == "DUTYD_ERROR" }?.value == "no such table")
    }
}
