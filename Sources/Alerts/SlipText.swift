// A return slip in one language.

import Almanac
import Checks
import Diagnostics
import Records

/// The sentences of one slip and the whole that they make.
struct SlipText {
    /// What the slip says about itself.
    struct Circumstances {
        let sequence: Int64
        let revision: Int
        let sent: Instant
        let zone: Zone
        let generator: String
    }

    let summary: String
    let action: String
    /// One for each complaint listed.
    let sentences: [String]
    /// The slip from its first line to its last.
    let whole: String

    /// `nil` when the language has no words for slips.
    init?(_ slip: Slip, of listed: Int, _ circumstances: Circumstances, in words: Words) {
        guard let slipWords = words.slip else { return nil }
        let rejects = slip.rejects.prefix(listed)
        let places = rejects.map { $0.facts(file: slip.file, in: words.language, slipWords) }
        let sentences = zip(rejects, places).map { reject, facts in
            slipWords.reasons[reject.reason]?.text(with: facts, tables: words.tables)
                ?? printable(reject.diagnostic.message, limit: 400)
        }
        self.sentences = sentences
        func list(_ severity: Diagnostic.Severity) -> [Facts] {
            let entries = zip(zip(rejects, places), sentences).filter { $0.0.0.diagnostic.severity == severity }
            return entries.enumerated().map { index, entry in
                entry.0.1.merging(Facts(["number": .integer(index + 1), "sentence": .text(entry.1)]))
            }
        }
        var facts = Self.facts(of: slip, circumstances, in: words.language)
        facts["superseded"] = Self.list(of: slip.superseded)
        let withdrawnRows = slip.withdrawn.reduce(0) { $0 + ($1.rows ?? 0) }
        if withdrawnRows > 0 { facts["withdrawnRows"] = .integer(withdrawnRows) }
        facts["contradicted"] = Self.list(of: slip.contradicted)
        facts["withdrawn"] = Self.list(of: slip.withdrawn.prefix(listed), circumstances.zone)
        facts["corrections"] = .list(list(.error))
        facts["remarks"] = .list(list(.warning))
        facts["notes"] = .list(list(.note))
        let unlisted = max(slip.rejects.count, slip.withdrawn.count) - listed
        if unlisted > 0 { facts["unlisted"] = .integer(unlisted) }
        let outcome = slip.outcome
        summary = slipWords.summaries[outcome]?.text(with: facts, tables: words.tables) ?? oneLine(slip.file)
        action = slipWords.actions[outcome]?.text(with: facts, tables: words.tables) ?? ""
        facts["summary"] = .text(summary)
        facts["action"] = .text(action)
        var whole = slipWords.layout.text(with: facts, tables: words.tables)
        // An editor that adds a line's end to the layout must not add a line to the slip.
        while whole.hasSuffix("\n") { whole.removeLast() }
        self.whole = whole + "\n"
    }

    private static func facts(of slip: Slip, _ circumstances: Circumstances, in language: String) -> Facts {
        let zone = circumstances.zone
        var facts = Facts([
            "file": .text(oneLine(slip.file)), "feed": .text(slip.feed),
            "feedTitle": .text(oneLine(slip.feedTitles[language] ?? slip.feed)),
            "received": .text(zone.civil(at: slip.firstSeen).toTheMinute),
            "replaced": slip.replaces.map { .text(zone.civil(at: $0).toTheMinute) },
            "encoding": slip.encoding.map { .text($0.rawValue) }, "revision": .integer(circumstances.revision),
            "isRepeated": .flag(circumstances.revision > 1), "isFine": .flag(slip.outcome == .fine),
            "hasRows": .flag(slip.tally.rowsAccepted > 0), "isOneRow": .flag(slip.tally.rowsAccepted == 1),
            "outcome": .text(slip.outcome.rawValue), "correctionCount": .integer(count(of: .error, in: slip)),
            "remarkCount": .integer(count(of: .warning, in: slip)), "sequence": .integer(Int(circumstances.sequence)),
            "isWithdrawn": .flag(slip.outcome == .withdrawn), "isReceipt": .flag(slip.isReceipt),
            "otherFiles": slip.withdrawn.count > 1 ? .integer(slip.withdrawn.count - 1) : nil,
            "sentAt": .text(zone.rfc3339(circumstances.sent)), "generator": .text(circumstances.generator),
        ])
        for (name, count) in slip.tally.counts where count > 0 || name == "rowsAccepted" {
            facts[name] = .integer(count)
        }
        return facts
    }

    private static func list(of rivals: [Slip.Rival]) -> Facts.Value {
        .list(
            rivals.enumerated().map { index, rival in
                Facts([
                    "number": .integer(index + 1), "other": .text(oneLine(rival.file)), "rows": .integer(rival.rows),
                    "samples": rival.samples.isEmpty
                        ? nil : .text(rival.samples.map(oneLine).joined(separator: "; ")),
                ])
            }
        )
    }

    private static func list(of withdrawn: some Sequence<Slip.Withdrawal>, _ zone: Zone) -> Facts.Value {
        .list(
            withdrawn.enumerated().map { index, withdrawal in
                Facts([
                    "number": .integer(index + 1), "file": .text(oneLine(withdrawal.file)),
                    "received": .text(zone.civil(at: withdrawal.firstSeen).toTheMinute),
                    "gone": .text(zone.civil(at: withdrawal.gone).toTheMinute),
                    "rows": withdrawal.rows.map(Facts.Value.integer),
                ])
            }
        )
    }

    /// How many complaints there are of a severity, with those that one complaint only counts.
    private static func count(of severity: Diagnostic.Severity, in slip: Slip) -> Int {
        slip.rejects.reduce(0) { sum, reject in
            guard reject.diagnostic.severity == severity else { return sum }
            return sum + (reject.reason == .notListed ? reject.diagnostic.found.flatMap { Int($0) } ?? 1 : 1)
        }
    }
}

extension CivilDateTime {
    /// `2024-03-05 09:00`, which is near enough for people.
    var toTheMinute: String {
        String(CivilDateTime(date: date, hour: hour, minute: minute).description.dropLast(3))
    }
}
