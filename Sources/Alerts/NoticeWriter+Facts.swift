// What templates may name: the verdict's facts and the notice's own.

import Almanac
import Checks
import Diagnostics
import Records

extension NoticeWriter {
    /// So many rows, gaps and earlier tellings are named; the document for machines has them all.
    private static let listed = 20

    /// What the sentences of a change may name, with line breaks and control characters made visible.
    func facts(
        of change: Change,
        _ sequence: Int64,
        _ circumstances: Circumstances,
        in words: Words
    ) -> Facts {
        let assessment = change.assessment
        let names = circumstances.departmentNames[words.language] ?? [:]
        return assessment.facts
            .merging(Self.head(of: change, circumstances, in: words.language, names))
            .merging(Facts(["sequence": .integer(Int(sequence)), "values": Self.values(assessment.facts)]))
            .merging(Self.evidence(assessment))
            .merging(Self.term(of: change, circumstances))
            .merging(Self.past(of: change, circumstances, names))
            .merging(Self.answer(to: change, circumstances, names))
            .onOneLine
    }

    private static func head(
        of change: Change,
        _ circumstances: Circumstances,
        in language: String,
        _ names: [String: String]
    ) -> Facts {
        let zone = circumstances.zone
        let (alert, assessment) = (change.alert, change.assessment)
        let (unit, first) = (assessment.period.unit, assessment.period.first)
        let week = unit == .week ? first.week : nil
        return Facts([
            "serial": .text(alert.serial), "revision": .integer(alert.revision), "change": .text(change.kind.rawValue),
            "isFirst": .flag(alert.revision == 1), "isOver": .flag(change.kind.isEnd),
            "subjectCode": .text(assessment.subject), "name": .text(assessment.name),
            "indicator": .text(assessment.indicator), "period": .text(assessment.period.label),
            "year": .integer(week?.year ?? first.year), "week": week.map { .integer($0.number) },
            // A language may write out a month or a day.
            "month": unit == .month || unit == .day ? .integer(first.month) : nil,
            "day": unit == .day ? .integer(first.day) : nil,
            // What is taken back has no level any more.
            "state": .text(change.kind == .withdrawn ? Change.Kind.withdrawn.rawValue : alert.state.rawValue),
            "previous": change.previous.map { .text($0.rawValue) },
            "occasion": change.occasion.map { .text($0.rawValue) }, "reason": change.reason.map(Facts.Value.text),
            "isWatchEnded": .flag(change.occasion == .watchEnded),
            "isContradicted": .flag(change.occasion == .contradicted),
            "lateSince": change.due.map { .date(zone.civil(at: $0).date) },
            "to": departments(change.recipients.to, names), "cc": departments(change.recipients.cc, names),
            "owners": departments(alert.recipients.to, names),
            "raisedOn": .date(zone.civil(at: alert.raisedAt).date),
            "sentAt": .text(zone.legible(circumstances.sent)), "asOf": .text(zone.legible(circumstances.asOf)),
            "run": .integer(Int(circumstances.run)), "generator": .text(circumstances.generator),
            "job": .text(circumstances.job), "title": .text(circumstances.titles[language] ?? circumstances.job),
            "rules": circumstances.rules.map(Facts.Value.text),
        ])
    }

    private static func departments(_ list: [String], _ names: [String: String]) -> Facts.Value? {
        list.isEmpty ? nil : .texts(list.map { names[$0] ?? $0 })
    }

    /// The verdict's plain facts, for kinds of checks whose words name none of them.
    private static func values(_ facts: Facts) -> Facts.Value {
        .list(
            facts.all.compactMap { fact in
                switch fact.value {
                case .text, .decimal, .integer, .date, .flag: Facts(["fact": .text(fact.name), "value": fact.value])
                case .list, .texts: nil
                }
            }
        )
    }

    private static func evidence(_ assessment: Assessment) -> Facts {
        let gaps = assessment.gaps.prefix(listed).map { gap in
            Facts(["reason": .text(gap.reason.rawValue), "what": .text(gap.what)])
                .merging(gap.at.map(place) ?? Facts())
        }
        return Facts([
            "rows": .list(assessment.source.prefix(listed).map(place)),
            "moreRows": more(assessment.source.count),
            "gaps": .list(gaps),
            "moreGaps": more(assessment.gaps.count),
        ])
    }

    private static func more(_ count: Int) -> Facts.Value? { count > listed ? .integer(count - listed) : nil }

    private static func place(_ row: RowReference) -> Facts {
        Facts([
            "file": .text(row.file), "line": .integer(row.line), "column": row.column.map { .text(columnLetters($0)) },
        ])
    }

    /// How often, when and as what the alert was told before, and who has answered.
    private static func past(of change: Change, _ circumstances: Circumstances, _ names: [String: String]) -> Facts {
        let zone = circumstances.zone
        let alert = change.alert
        func date(_ instant: Instant?) -> Facts.Value? { instant.map { .date(zone.civil(at: $0).date) } }
        let tellings = alert.tellings.filter { $0.revision < alert.revision }
        let standings = alert.recipients.to.map { name in
            let standing = alert.standings[name] ?? Standing()
            return Facts([
                "department": .text(names[name] ?? name), "delivered": date(standing.delivered),
                "pickedUp": date(standing.pickedUp), "acknowledged": date(standing.acknowledged),
            ])
        }
        let acknowledgement = alert.acknowledgement
        return Facts([
            "tellings": .list(
                tellings.suffix(listed).map { telling in
                    Facts([
                        "number": .integer(telling.revision), "date": date(telling.at),
                        "change": .text(telling.kind.rawValue), "state": .text(telling.state.rawValue),
                    ])
                }
            ),
            "olderTellings": more(tellings.count),
            "isEscalated": .flag(alert.tellings.contains { $0.kind == .escalated }),
            "standings": .list(standings),
            "acknowledgedBy": acknowledgement.map { .text($0.department.map { names[$0] ?? $0 } ?? $0.author) },
            "acknowledgedOn": date(acknowledgement?.at),
            "acknowledgedUntil": date(acknowledgement?.until),
            "acknowledgementNote": acknowledgement.map { .text($0.note) },
        ])
    }
}

extension Zone {
    /// `2024-03-05 09:00 +08:00`, which is near enough for people.
    fileprivate func legible(_ instant: Instant) -> String {
        let offset = rfc3339(instant).dropFirst(19)
        return "\(civil(at: instant).toTheMinute) \(offset == "Z" ? "UTC" : offset)"
    }
}

extension Facts {
    /// The facts with line breaks and control characters made visible: what a clerk or an intruder wrote into a table
    /// must not look like a line of the notice.
    var onOneLine: Facts {
        var result = Facts()
        for fact in all { result[fact.name] = fact.value.onOneLine }
        return result
    }
}

extension Facts.Value {
    var onOneLine: Facts.Value {
        switch self {
        case .text(let text): .text(printable(text, limit: .max))
        case .texts(let texts): .texts(texts.map { printable($0, limit: .max) })
        case .list(let entries): .list(entries.map(\.onOneLine))
        case .decimal, .integer, .date, .flag: self
        }
    }
}
