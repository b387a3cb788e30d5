// Feeds, read as the daemon reads them.

import Almanac
import Diagnostics
import Engine
import Intake
import Jobs
import Records
import Testing

/// An inbox feed, `water-measurements`, or a register, `river-sections`.
func feed(_ source: Feed.Source) throws -> Feed {
    let texts = [
        "dutyd.yaml": "{district: {code: CN, zh: 区, en: D}, zone: UTC, control: {look: a, act: b}}",
        "feeds/water-measurements.yaml": """
        feed: water-measurements
        title: {zh: 水质监测, en: Water measurements}
        source: inbox
        supplied-by: ecology-environment
        columns: {section: {type: text, zh: 断面, en: Section}}
        """,
        "feeds/river-sections.yaml": """
        feed: river-sections
        title: {zh: 断面名录, en: River sections}
        source: register
        columns: {section: {type: text, zh: 断面, en: Section}}
        """,
    ]
    let files = texts.map { SettingsFile(path: $0.key, displayName: $0.key, bytes: Array($0.value.utf8)) }
    let settings = try Configuration(settings: files, jobs: []) { _ throws(Diagnostic) in .utc }
    return try #require(settings.feeds[source == .inbox ? "water-measurements" : "river-sections"])
}

/// The text that a source lends.
func text(of table: EvidenceTable, by source: FolderEvidence) throws(Reject) -> String {
    String(decoding: try bytes(of: table, by: source).bytes, as: UTF8.self)
}

/// The bytes that a source lends, and what it learnt by reading.
func bytes(of table: EvidenceTable, by source: FolderEvidence) throws(Reject) -> (bytes: [UInt8], read: ReadTable) {
    var bytes: [UInt8] = []
    let read = try source.read(table) { chunk in
        for index in chunk.indices { bytes.append(chunk[index]) }
    }
    return (bytes, read)
}
