// What sentences about deadlines may name.

extension Deadline {
    private static let shared = [
        "rule", "titleZh", "titleEn", "party", "stage", "start", "rawDue", "due", "provisional", "remaining",
        "remainingUnit", "daysOver", "done", "basis", "law", "article",
    ]

    static let factNames = [
        "deadline": FactNames(
            shared + [
                "isTooShort", "sense", "term", "startsFrom", "holiday", "isRolled", "originalDue", "extendedOn",
                "extendedBy",
                "extensionTold", "extensionCondition", "isExtensionCut", "lateExtension", "paused", "pausedSince",
                "jurisdiction",
            ]
        ),
        "promise": FactNames(shared),
    ]
}
