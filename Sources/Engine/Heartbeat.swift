// The sign of life that each department finds beside its folders.

import Almanac
import JSON
import Jobs

/// What a heartbeat says: when it was written, from when on its age means that dutyd is silent, and what is due next.
struct Heartbeat {
    static let fileName = "heartbeat.json"
    /// A reader telephones the operators when three beats are missing.
    private static let missedBeats: Int64 = 3
    /// So many of the coming slots are named.
    static let slots = 10

    let department: Department
    let sent: Instant
    /// From one beat to the next.
    let interval: Int64
    let zone: Zone
    let generator: String
    /// The next slots of the jobs that may tell the department.
    let ahead: [DutyEngine.SlotAhead]
    let titles: [String: Title]

    var bytes: [UInt8] {
        let document = JSONValue.object([
            "type": "heartbeat",
            "department": .string(department.name),
            "sent": .string(zone.rfc3339(sent)),
            "next": .string(zone.rfc3339(sent.adding(seconds: interval))),
            "staleAfter": .string(zone.rfc3339(sent.adding(seconds: interval * Self.missedBeats))),
            "due": .array(
                ahead.map { slot in
                    .object([
                        "job": .string(slot.job),
                        "title": titles[slot.job].map { .object(["zh-CN": .string($0.zh), "en": .string($0.en)]) },
                        "at": .string(zone.rfc3339(slot.instant)),
                        "remark": slot.remark.map(JSONValue.string),
                    ])
                }
            ),
            "generator": .string(generator),
        ])
        return Array((document.text(.indented) + "\n").utf8)
    }
}
