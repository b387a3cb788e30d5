// Many changes of one run told to one department as one text: counts, a line for each, and what could not be judged.

import Almanac
import Checks
import Diagnostics

extension NoticeWriter {
    /// So many subjects that could not be judged are named.
    private static let namedUnknowns = 50

    /// One text for many changes of one job.
    func digest(
        of changes: [Change],
        _ verdicts: [Assessment],
        for department: String,
        sequence: Int64,
        _ circumstances: Circumstances
    ) -> Notice {
        let sorted = changes.sorted { Self.order($0) < Self.order($1) }
        let texts = words.compactMap { words in
            words.digest.map { layout in
                let facts = digestFacts(of: sorted, verdicts, for: department, sequence, circumstances, in: words)
                return layout.text(with: facts, tables: words.tables)
            }
        }
        let name = Notice.baseName(
            sequence: sequence,
            sent: circumstances.zone.civil(at: circumstances.sent),
            digest: Notice.digest(of: [circumstances.job]),
            revision: 1,
            kind: "digest"
        )
        return Notice(
            sequence: sequence,
            department: department,
            matter: .digest(
                job: circumstances.job,
                run: circumstances.run,
                alerts: changes.map {
                    Notice.Told(
                        serial: $0.alert.serial,
                        revision: $0.alert.revision,
                        key: $0.alert.key,
                        change: $0.kind
                    )
                }
            ),
            documents: [
                Notice.Document(
                    fileName: "\(name).\(NoticeFormat.text.fileExtension)",
                    bytes: Array(Notice.text(of: texts.isEmpty ? [Self.bare(sorted)] : texts).utf8)
                )
            ]
        )
    }

    /// What can be said when no language has words for digests.
    private static func bare(_ changes: [Change]) -> String {
        changes.map { change in
            let name = printable(change.assessment.name, limit: .max)
            return "\(change.alert.serial) (\(change.kind.rawValue), \(change.alert.state.rawValue)): \(name)\n"
        }.joined()
    }

    /// The worst first, what has ended last, and of equals what is new.
    private static func order(_ change: Change) -> (Int, Int, String) {
        let weight = change.kind.isEnd ? 2 : change.alert.state == .critical ? 0 : 1
        return (weight, Change.Kind.allCases.firstIndex(of: change.kind) ?? 0, change.alert.serial)
    }

    private func digestFacts(
        of changes: [Change],
        _ verdicts: [Assessment],
        for department: String,
        _ sequence: Int64,
        _ circumstances: Circumstances,
        in words: Words
    ) -> Facts {
        let unknown = verdicts.filter { $0.state == .unknown }
        let entries = changes.enumerated().map { index, change in
            entry(index + 1, change, sequence, circumstances, in: words)
        }
        let name = circumstances.departmentNames[words.language]?[department] ?? department
        // What a digest says of itself, every notice of it says, too.
        let own = changes.first.map { facts(of: $0, sequence, circumstances, in: words) } ?? Facts()
        var result = Facts([
            "sequence": .integer(Int(sequence)), "department": .text(name), "count": .integer(changes.count),
            "levels": Self.counts(entries, of: "state"), "kinds": Self.counts(entries, of: "change"),
            "entries": .list(entries),
            "judged": verdicts.isEmpty ? nil : .integer(verdicts.count),
            "good": verdicts.isEmpty ? nil : .integer(verdicts.count { $0.state == .ok }),
            "unknownCount": unknown.isEmpty ? nil : .integer(unknown.count),
            "unknown": .list(unknown.prefix(Self.namedUnknowns).map(Self.entry)),
            "moreUnknown": unknown.count > Self.namedUnknowns ? .integer(unknown.count - Self.namedUnknowns) : nil,
        ])
        for name in FactNames.digestOrigin { result[name] = own[name] }
        // Some kinds sum their subjects up in a table, and say what they are together.
        if let whole = verdicts.first(where: { $0.facts["table"] != nil })?.facts.onOneLine {
            result["table"] = whole["table"]
            result["summary"] = .list([whole])
        }
        return result
    }

    private func entry(
        _ number: Int,
        _ change: Change,
        _ sequence: Int64,
        _ circumstances: Circumstances,
        in words: Words
    ) -> Facts {
        let all = facts(of: change, sequence, circumstances, in: words)
        var entry = Facts(["number": .integer(number)])
        for name in FactNames.digestEntry { entry[name] = all[name] }
        for (field, sentence) in sentences(of: change, sequence, circumstances, in: words) {
            entry[field.rawValue] = .text(sentence)
        }
        return entry
    }

    private static func entry(_ verdict: Assessment) -> Facts {
        Facts([
            "name": .text(printable(verdict.name, limit: .max)),
            "subjectCode": .text(printable(verdict.subject, limit: .max)),
            "gaps": .list(
                verdict.gaps.prefix(5).map { gap in
                    Facts([
                        "reason": .text(gap.reason.rawValue), "what": .text(printable(gap.what, limit: .max)),
                    ])
                }
            ),
        ])
    }

    /// How often each value of a fact stands there, in the order in which they first do.
    private static func counts(_ entries: [Facts], of name: String) -> Facts.Value {
        var counts: [(value: Facts.Value, count: Int)] = []
        for value in entries.compactMap({ $0[name] }) {
            if let index = counts.firstIndex(where: { $0.value == value }) {
                counts[index].count += 1
            } else {
                counts.append((value, 1))
            }
        }
        return .list(counts.map { Facts([name: $0.value, "count": .integer($0.count)]) })
    }
}
