// Puts what became of a file into words: the return slip for people and the same document for machines.

package import Almanac
import Checks
import Diagnostics
import JSON
import Records

/// Writes return slips from facts and words.
package struct SlipWriter: Sendable {
    /// So many complaints are listed, more than a table's reader ever gives about one table.
    private static let listed = 2_000

    /// The languages in the order in which a text gives them.
    private let words: [Words]

    package init(words: [Words]) { self.words = words }

    /// One file's slip for one department.
    ///
    /// - Parameters:
    ///   - revision: How many versions of the file were received, with this one.
    ///   - sent: When the slip is written.
    ///   - generator: The program's name and version.
    package func notice(
        of slip: Slip,
        to addressee: NoticeWriter.Addressee,
        sequence: Int64,
        revision: Int,
        sent: Instant,
        zone: Zone,
        generator: String
    ) -> Notice {
        let base = Notice.baseName(
            sequence: sequence,
            sent: zone.civil(at: sent),
            digest: Notice.digest(of: [slip.feed, slip.file]),
            revision: revision,
            kind: "slip"
        )
        let circumstances = SlipText.Circumstances(
            sequence: sequence,
            revision: revision,
            sent: sent,
            zone: zone,
            generator: generator
        )
        let texts = words.compactMap { words in
            SlipText(slip, of: Self.listed, circumstances, in: words).map { (language: words.language, text: $0) }
        }
        // A slip is no alert; who wants only messages gets the text of it.
        let formats = addressee.formats.filter { $0 != .cap }
        let documents = (formats.isEmpty ? [.text] : formats).map { format in
            let text =
                switch format {
                case .text, .cap: Notice.text(of: texts.isEmpty ? [Self.bare(slip)] : texts.map(\.text.whole))
                case .json: json(slip, addressee, texts, circumstances).text(.indented) + "\n"
                }
            return Notice.Document(fileName: "\(base).\(format.fileExtension)", bytes: Array(text.utf8))
        }
        return Notice(
            sequence: sequence,
            department: addressee.department,
            matter: .slip(feed: slip.feed, file: slip.file),
            documents: documents
        )
    }

    /// What can be said when no language has words for slips: the complaints as they are.
    private static func bare(_ slip: Slip) -> String {
        let files = slip.withdrawn.isEmpty ? [slip.file] : slip.withdrawn.prefix(listed).map { "withdrawn: \($0.file)" }
        let lines = files.map { printable($0, limit: 300) } + slip.rejects.prefix(listed).map(\.description)
        return lines.joined(separator: "\n") + "\n"
    }

    private func json(
        _ slip: Slip,
        _ addressee: NoticeWriter.Addressee,
        _ texts: [(language: String, text: SlipText)],
        _ circumstances: SlipText.Circumstances
    ) -> JSONValue {
        let zone = circumstances.zone
        return .object([
            "schema": "urn:dutyd:slip:1",
            "type": "slip",
            "feed": .string(slip.feed),
            "file": .string(slip.file),
            "department": .string(addressee.department),
            "sequence": .integer(circumstances.sequence),
            "revision": .integer(Int64(circumstances.revision)),
            "sent": .string(zone.rfc3339(circumstances.sent)),
            "firstSeen": .string(zone.rfc3339(slip.firstSeen)),
            "replaces": slip.replaces.map { .string(zone.rfc3339($0)) } ?? .null,
            "encoding": slip.encoding.map { .string($0.rawValue) } ?? .null,
            "usable": .bool(slip.isUsable),
            "counts": .object(
                slip.tally.counts.map { JSONValue.Member($0.name, .integer(Int64($0.count))) } + [
                    JSONValue.Member(
                        "unlisted",
                        .integer(Int64(max(0, max(slip.rejects.count, slip.withdrawn.count) - Self.listed)))
                    )
                ]
            ),
            "rejects": .array(
                slip.rejects.prefix(Self.listed).enumerated().map { index, reject in
                    Self.json(reject, words: texts.map { ($0.language, $0.text.sentences[index]) })
                }
            ),
            "supersedes": .array(slip.superseded.map(Self.json)),
            "contradicts": .array(slip.contradicted.map(Self.json)),
            "withdrawn": .array(
                slip.withdrawn.prefix(Self.listed).map { withdrawal in
                    .object([
                        "file": .string(withdrawal.file),
                        "firstSeen": .string(zone.rfc3339(withdrawal.firstSeen)),
                        "gone": .string(zone.rfc3339(withdrawal.gone)),
                        "rows": withdrawal.rows.map { .integer(Int64($0)) } ?? .null,
                    ])
                }
            ),
            "words": .object(
                texts.map { language, text in
                    .init(language, .object(["summary": .string(text.summary), "action": .string(text.action)]))
                }
            ),
            "generator": .string(circumstances.generator),
        ])
    }

    private static func json(_ rival: Slip.Rival) -> JSONValue {
        .object([
            "file": .string(rival.file), "rows": .integer(Int64(rival.rows)),
            "samples": .array(rival.samples.map(JSONValue.string)),
        ])
    }

    private static func json(_ reject: Reject, words: [(language: String, sentence: String)]) -> JSONValue {
        let diagnostic = reject.diagnostic
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        func number(_ value: Int?) -> JSONValue { value.map { .integer(Int64($0)) } ?? .null }
        return .object([
            "line": number(diagnostic.position?.line),
            "column": number(diagnostic.position?.column),
            "header": text(reject.header(in: "zh-CN")),
            "key": text(diagnostic.key),
            "value": text(diagnostic.found),
            "reason": .string(reject.reason.rawValue),
            "severity": .string(diagnostic.severity.rawValue),
            "expected": text(diagnostic.expected),
            "nearest": text(reject.nearest),
            "detail": reject.detail?.json ?? .null,
            "costsRow": .bool(reject.costsRow),
            "words": .object(words.map { JSONValue.Member($0.language, .string($0.sentence)) }),
        ])
    }
}

extension TableTally {
    /// The counts with the names under which templates and machines know them.
    var counts: [(name: String, count: Int)] {
        [
            ("rowsAccepted", rowsAccepted), ("rowsRejected", rowsRejected), ("cellsRejected", cellsRejected),
            ("titleRows", titleRows), ("footerRows", footerRows), ("rowsRepeated", rowsRepeated),
            ("rowsSuperseded", rowsSuperseded), ("cellsFilled", cellsFilled),
        ]
    }
}
