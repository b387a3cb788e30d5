// The notice for machines; its form is published in Config/schemas/notice.schema.json.

import Almanac
import Checks
import JSON
import Records

extension NoticeWriter {
    /// Names the form of these documents; another number means that readers have to be adapted.
    private static let schema = "urn:dutyd:notice:1"

    func json(
        _ change: Change,
        _ addressee: Addressee,
        _ sequence: Int64,
        _ circumstances: Circumstances,
        _ wordings: [Wording]
    ) -> JSONValue {
        let zone = circumstances.zone
        let (alert, assessment) = (change.alert, change.assessment)
        let sent =
            alert.tellings.last { $0.revision == alert.revision }?.sentText ?? zone.rfc3339(circumstances.sent)
        return .object([
            "schema": .string(Self.schema),
            "type": "alert",
            "serial": .string(alert.serial),
            "revision": .integer(Int64(alert.revision)),
            "sequence": .integer(sequence),
            "change": .string(change.kind.rawValue),
            "occasion": change.occasion.map { .string($0.rawValue) },
            "reason": change.reason.map(JSONValue.string),
            "job": .string(circumstances.job),
            "check": .string(circumstances.kind),
            "subject": .string(assessment.subject),
            "name": .string(assessment.name),
            "indicator": .string(assessment.indicator),
            "period": .string(assessment.period.label),
            "state": .string(alert.state.rawValue),
            "previous": change.previous.map { .string($0.rawValue) },
            "department": .string(addressee.department),
            "to": .array(change.recipients.to.map(JSONValue.string)),
            "cc": .array(change.recipients.cc.map(JSONValue.string)),
            "owners": .array(alert.recipients.to.map(JSONValue.string)),
            "sent": .string(sent),
            "raised": .string(zone.rfc3339(alert.raisedAt)),
            "asOf": .string(zone.rfc3339(circumstances.asOf)),
            "term": Self.json(Self.term(of: change, circumstances), due: assessment.facts["due"]),
            "answer": Self.json(Self.answer(to: change, circumstances, [:])),
            "facts": assessment.facts.json,
            "gaps": .array(assessment.gaps.map { .string($0.description) }),
            "source": .array(assessment.source.map { .string($0.description) }),
            "history": .array(
                alert.tellings.filter { $0.revision < alert.revision }.map { telling in
                    .object([
                        "revision": .integer(Int64(telling.revision)), "change": .string(telling.kind.rawValue),
                        "state": .string(telling.state.rawValue), "sent": .string(telling.sentText),
                    ])
                }
            ),
            "acknowledgement": alert.acknowledgement.map { acknowledgement in
                .object([
                    "department": acknowledgement.department.map(JSONValue.string),
                    "author": .string(acknowledgement.author), "note": .string(acknowledgement.note),
                    "at": .string(zone.rfc3339(acknowledgement.at)),
                    "until": .string(zone.rfc3339(acknowledgement.until)),
                ])
            },
            "words": .object(
                wordings.map { wording in
                    let fields = wording.sentences.map { JSONValue.Member($0.field.rawValue, .string($0.text)) }
                    return JSONValue.Member(wording.language, .object(fields))
                }
            ),
            "run": .integer(circumstances.run),
            "rules": circumstances.rules.map(JSONValue.string),
            "generator": .string(circumstances.generator),
        ])
    }

    /// The facts as members; `nil` when there are none.
    private static func json(_ facts: Facts, due: Facts.Value? = nil) -> JSONValue? {
        guard !facts.all.isEmpty else { return nil }
        return Facts(["due": due]).merging(facts).json
    }
}
