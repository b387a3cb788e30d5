// The log facade's way into the journal.

package import Logging

/// Writes log events as journal entries: metadata as `DUTYD_` fields, the place in the code as `CODE_` fields.
package struct JournalLogHandler: LogHandler {
    package var logLevel: Logger.Level = .info
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let journal: Journal

    package init(journal: Journal) { self.journal = journal }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        // The nearer source wins: call, then logger, then task.
        let all = (metadataProvider?.get() ?? [:])
            .merging(metadata) { $1 }
            .merging(event.metadata ?? [:]) { $1 }
        var fields = all.sorted { $0.key < $1.key }.map { ("DUTYD_\($0.key)", $0.value.description) }
        if let error = event.error { fields.append(("DUTYD_ERROR", "\(error)")) }
        fields += [("CODE_FILE", event.file), ("CODE_LINE", String(event.line)), ("CODE_FUNC", event.function)]
        journal.send(
            JournalEntry(event.message.description, priority: JournalPriority(event.level), fields: fields)
        )
    }
}
