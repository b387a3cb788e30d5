// What sentences about recurring duties may name.

extension Cadence {
    private static let law = [
        "rule", "titleZh", "titleEn", "stage", "basis", "law", "article", "isLocalDefault", "isInspection",
    ]

    static let factNames = [
        "cadence": FactNames(
            law + [
                "isRedSlip", "clock", "slot", "done", "owed", "due", "daysLeft", "daysOver", "every", "per",
                "windowFrom",
                "windowTo", "gapSince", "last", "lastRow", "uncounted", "since", "slotsKept", "slotsOwed",
            ],
            lists: ["lacking": FactNames.texts, "alsoServes": FactNames.texts]
        ),
        "follow-up": FactNames(
            law + ["step", "last", "due", "provisional", "daysOver"],
            lists: ["open": FactNames.texts]
        ),
        "compliance": FactNames(law + ["kept", "owed", "moreShort"], lists: ["short": ["unit", "kept", "owed"]]),
    ]
}
