// Puts a change into words: the text for people and the same document for machines.

package import Almanac
import Checks
import Diagnostics
import JSON
import Records

/// Writes notices from facts and words.
package struct NoticeWriter: Sendable {
    /// Who is told, in which formats.
    package struct Addressee: Sendable, Hashable {
        package let department: String
        package let formats: [NoticeFormat]

        package init(department: String, formats: [NoticeFormat]) {
            self.department = department
            self.formats = formats
        }
    }

    /// What the notice says about the run behind it.
    package struct Circumstances: Sendable {
        package let job: String
        /// The job's kind of check, which chooses the sentences.
        package let kind: String
        package let run: Int64
        /// When the notice is written.
        package let sent: Instant
        /// The instant the run judged as of.
        package let asOf: Instant
        package let zone: Zone
        /// The program's name and version.
        package let generator: String
        /// Departments' names by language and department.
        package let departmentNames: [String: [String: String]]

        package init(
            job: String,
            kind: String,
            run: Int64,
            sent: Instant,
            asOf: Instant,
            zone: Zone,
            generator: String,
            departmentNames: [String: [String: String]]
        ) {
            self.job = job
            self.kind = kind
            self.run = run
            self.sent = sent
            self.asOf = asOf
            self.zone = zone
            self.generator = generator
            self.departmentNames = departmentNames
        }
    }

    /// The languages in the order in which a text gives them.
    private let words: [Words]

    package init(words: [Words]) { self.words = words }

    /// One change, told to one department.
    package func notice(
        of change: Change,
        to addressee: Addressee,
        sequence: Int64,
        _ circumstances: Circumstances
    ) -> Notice {
        let base = Notice.baseName(
            sequence: sequence,
            sent: circumstances.zone.civil(at: circumstances.sent),
            digest: change.alert.key.digest,
            revision: change.alert.revision,
            kind: change.kind == .raised ? "alert" : change.kind == .withdrawn ? "cancel" : "update"
        )
        let documents = addressee.formats.map { format in
            let text =
                switch format {
                case .text: text(change, sequence, circumstances)
                case .json: json(change, addressee, sequence, circumstances).text(.indented) + "\n"
                }
            return Notice.Document(fileName: "\(base).\(format.fileExtension)", bytes: Array(text.utf8))
        }
        return Notice(
            sequence: sequence,
            department: addressee.department,
            matter: .alert(
                serial: change.alert.serial,
                revision: change.alert.revision,
                key: change.alert.key,
                change: change.kind
            ),
            documents: documents
        )
    }

    private func text(_ change: Change, _ sequence: Int64, _ circumstances: Circumstances) -> String {
        let parts = words.map { words in
            var facts = facts(of: change, sequence, circumstances, in: words)
            for (field, sentence) in sentences(of: change, sequence, circumstances, in: words) {
                facts[field.rawValue] = .text(sentence)
            }
            return words.layout.text(with: facts, tables: words.tables)
        }
        return Notice.text(of: parts)
    }

    private func json(
        _ change: Change,
        _ addressee: Addressee,
        _ sequence: Int64,
        _ circumstances: Circumstances
    ) -> JSONValue {
        let zone = circumstances.zone
        let assessment = change.assessment
        return .object([
            "serial": .string(change.alert.serial),
            "revision": .integer(Int64(change.alert.revision)),
            "sequence": .integer(sequence),
            "change": .string(change.kind.rawValue),
            "job": .string(circumstances.job),
            "subject": .string(assessment.subject),
            "name": .string(assessment.name),
            "indicator": .string(assessment.indicator),
            "period": .string(assessment.period.label),
            "state": .string(assessment.state.rawValue),
            "previous": change.previous.map { .string($0.rawValue) },
            "department": .string(addressee.department),
            "to": .array(change.recipients.to.map(JSONValue.string)),
            "cc": .array(change.recipients.cc.map(JSONValue.string)),
            "sent": .string(zone.rfc3339(circumstances.sent)),
            "raised": .string(zone.rfc3339(change.alert.raisedAt)),
            "asOf": .string(zone.rfc3339(circumstances.asOf)),
            "facts": assessment.facts.json,
            "gaps": .array(assessment.gaps.map { .string($0.description) }),
            "source": .array(assessment.source.map { .string($0.description) }),
            "words": .object(
                words.map { words in
                    let sentences = sentences(of: change, sequence, circumstances, in: words)
                    return .init(words.language, .object(sentences.map { .init($0.0.rawValue, .string($0.1)) }))
                }
            ),
            "run": .integer(circumstances.run),
            "generator": .string(circumstances.generator),
        ])
    }

    private func sentences(
        of change: Change,
        _ sequence: Int64,
        _ circumstances: Circumstances,
        in words: Words
    ) -> [(Words.Field, String)] {
        let facts = facts(of: change, sequence, circumstances, in: words)
        return Words.Field.allCases.compactMap { field in
            words.sentence(
                field,
                kind: circumstances.kind,
                indicator: change.assessment.indicator,
                change: change.kind.rawValue,
                state: change.assessment.state.rawValue
            ).map { (field, $0.text(with: facts, tables: words.tables)) }
        }
    }

    /// What templates may name: the verdict's facts and the notice's own.
    private func facts(
        of change: Change,
        _ sequence: Int64,
        _ circumstances: Circumstances,
        in words: Words
    ) -> Facts {
        let zone = circumstances.zone
        let assessment = change.assessment
        let unit = assessment.period.unit
        let first = assessment.period.first
        let week = unit == .week ? first.week : nil
        let names = circumstances.departmentNames[words.language] ?? [:]
        func departments(_ list: [String]) -> Facts.Value? {
            list.isEmpty ? nil : .texts(list.map { names[$0] ?? $0 })
        }
        return assessment.facts.merging(
            Facts([
                "serial": .text(change.alert.serial), "revision": .integer(change.alert.revision),
                "sequence": .integer(Int(sequence)), "change": .text(change.kind.rawValue),
                "isFirst": .flag(change.alert.revision == 1), "subjectCode": .text(assessment.subject),
                "name": .text(assessment.name), "period": .text(assessment.period.label),
                "year": .integer(week?.year ?? first.year), "week": week.map { .integer($0.number) },
                // A language may write out a month or a day.
                "month": unit == .month || unit == .day ? .integer(first.month) : nil,
                "day": unit == .day ? .integer(first.day) : nil,
                "state": .text(assessment.state.rawValue), "previous": change.previous.map { .text($0.rawValue) },
                "to": departments(change.recipients.to), "cc": departments(change.recipients.cc),
                "raisedOn": .date(zone.civil(at: change.alert.raisedAt).date),
                "sentAt": .text(zone.rfc3339(circumstances.sent)), "asOf": .text(zone.rfc3339(circumstances.asOf)),
                "run": .integer(Int(circumstances.run)), "generator": .text(circumstances.generator),
                "job": .text(circumstances.job),
                "rows": .list(
                    assessment.source.map { row in
                        Facts([
                            "file": .text(row.file), "line": .integer(row.line),
                            "column": row.column.map { .text(columnLetters($0)) },
                        ])
                    }
                ),
                "gaps": .list(
                    assessment.gaps.map { gap in
                        Facts([
                            "reason": .text(gap.reason.rawValue), "what": .text(gap.what),
                            "file": gap.at.map { .text($0.file) }, "line": gap.at.map { .integer($0.line) },
                            "column": gap.at?.column.map { .text(columnLetters($0)) },
                        ])
                    }
                ),
            ])
        ).onOneLine
    }
}

extension Facts {
    /// The facts with line breaks and control characters made visible: what a clerk or an intruder wrote into a table
    /// must not look like a line of the notice.
    fileprivate var onOneLine: Facts {
        var result = Facts()
        for fact in all { result[fact.name] = fact.value.onOneLine }
        return result
    }
}

extension Facts.Value {
    fileprivate var onOneLine: Facts.Value {
        switch self {
        case .text(let text): .text(printable(text, limit: .max))
        case .texts(let texts): .texts(texts.map { printable($0, limit: .max) })
        case .list(let entries): .list(entries.map(\.onOneLine))
        case .decimal, .integer, .date, .flag: self
        }
    }
}
