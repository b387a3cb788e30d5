// What sentences of notices and return slips may name beside the facts of a verdict.

package import Checks
import Records

extension FactNames {
    /// What each sentence of a notice knows of the notice itself.
    package static let notice = FactNames(
        [
            "serial", "revision", "sequence", "change", "isFirst", "isOver", "subjectCode", "name", "indicator",
            "period", "year", "week", "month", "day", "state", "previous", "occasion", "reason", "isWatchEnded",
            "isContradicted",
            "lateSince",
            "raisedOn", "sentAt", "asOf", "run", "generator", "job", "title", "rules", "moreRows", "moreGaps",
            "dueWeekday", "isDueToday", "isProvisional", "daysAhead", "workingDaysAhead", "daysPast",
            "workingDaysPast", "receiptFile", "remindEvery", "remindUnit", "answerBy", "answerWeekday",
            "answerWorkingDays", "olderTellings", "isEscalated", "acknowledgedBy", "acknowledgedOn",
            "acknowledgedUntil", "acknowledgementNote",
        ],
        lists: [
            "to": texts, "cc": texts, "owners": texts, "answerElse": texts, "rows": place,
            "gaps": place.union(["reason", "what"]), "values": ["fact", "value"],
            "tellings": ["number", "date", "change", "state"],
            "standings": ["department", "delivered", "pickedUp", "acknowledged"],
        ]
    )

    /// What the layout of a notice knows besides: its sentences.
    package static let fields = FactNames(Words.Field.allCases.map(\.rawValue))

    /// What a general sentence knows of the one whose place it takes.
    package static let usual = FactNames(["usual"])

    /// What a digest knows of the run behind it.
    static let digestOrigin = ["generator", "job", "title", "run", "asOf", "sentAt", "rules"]

    /// What a digest knows of each change beside its sentences.
    static let digestEntry = [
        "serial", "revision", "change", "state", "name", "subjectCode", "isFirst", "isOver", "receiptFile",
    ]

    /// What the layout of a digest knows.
    package static let digest = FactNames(
        digestOrigin + ["sequence", "department", "count", "judged", "good", "unknownCount", "moreUnknown"],
        lists: [
            "levels": ["state", "count"], "kinds": ["change", "count"],
            "entries": Set(digestEntry + Words.Field.allCases.map(\.rawValue) + ["number"]),
            "unknown": ["name", "subjectCode"], "gaps": ["reason", "what"],
            "table": FactNames.districtRow, "exceeding": ["item", "value", "multipleTarget"],
            "summary": FactNames.districtSummary, "mainPollutants": ["item", "sections", "share"],
        ]
    )

    /// What the guide to a department's folder knows.
    package static let guide = FactNames(["department", "district", "folder", "text", "json", "cap"])

    /// What each sentence of a return slip knows of its file.
    package static let slip = FactNames(
        [
            "file", "feed", "feedTitle", "received", "replaced", "encoding", "revision", "isRepeated", "isFine",
            "outcome", "correctionCount", "remarkCount", "sequence", "sentAt", "generator", "unlisted", "hasRows",
            "isOneRow", "isWithdrawn", "isReceipt", "withdrawnRows", "otherFiles",
        ] + TableTally().counts.map(\.name),
        lists: [
            "corrections": complaint.union(listed), "remarks": complaint.union(listed),
            "notes": complaint.union(listed),
            "superseded": rival, "contradicted": rival, "withdrawn": ["number", "file", "received", "gone", "rows"],
        ].merging(details) { $0.union($1) }
    )

    /// What the layout of a slip knows besides.
    package static let slipSentences = FactNames(["summary", "action"])

    /// What a sentence about one complaint knows.
    package static let reject = FactNames(Array(complaint), lists: details)

    private static let place: Set<String> = ["file", "line", "column"]
    private static let listed: Set<String> = ["number", "sentence"]
    private static let rival: Set<String> = ["number", "other", "rows", "samples"]
    private static let details: [String: Set<String>] = [
        "bearers": texts, "foundHeaders": texts, "requiredHeaders": texts, "otherHeaders": texts,
        "words": texts,
    ]

    private static let complaint: Set<String> = [
        "file", "line", "column", "header", "hasPlace", "value", "unit", "accepted", "nearest",
        "atLeast", "atMost", "costsRow", "otherLine", "otherColumn", "otherFile", "moreRows", "code", "registered",
        "hasMoreHeaders", "wanted", "seeming",
    ]
}
