// The names of the facts that verdicts on river sections rest on.

extension SectionCompliance {
    private static let item: Set<String> = [
        "item", "value", "unit", "samples", "notDetected", "detectionLimit", "class", "limit", "targetLimit",
        "multipleIII", "multipleTarget",
    ]
    private static let who = ["river", "section", "office", "suspension"]
    private static let aim = ["target", "standard", "targetSource"]
    private static let comparison: Set<String> = ["period", "earlierClass", "trend", "classesWorse"]
    private static let shares: Set<String> = ["period", "goodShare", "worstShare", "points", "trend"]
    private static let projected: Set<String> = [
        "item", "unit", "value", "targetLimit", "known", "left", "required", "requiredLow", "lastYear", "outlook",
    ]

    static let factNames: [String: FactNames] = [
        "class": FactNames(
            who + aim + [
                "class", "compliant", "evaluated", "expected", "mode", "basis", "grade", "colour", "waterBody", "since",
                "time",
            ],
            lists: [
                "deciding": FactNames.texts, "flags": FactNames.texts, "items": item, "exceeding": item,
                "mainPollutants": ["item", "class", "multipleIII"], "references": ["item", "value", "class"],
                "drinkingWater": ["item", "value", "limit", "compliant"],
                "bases": ["basis", "period", "months", "class", "compliant"],
                "monthOnMonth": comparison, "yearOnYear": comparison, "earlier": ["period", "class", "earlierItems"],
                "earlierItems": ["item", "value"],
            ]
        ),
        "exceed_ytd": FactNames(
            who + aim + ["class", "compliant", "months", "from", "until", "evaluated", "expected"],
            lists: [
                "deciding": FactNames.texts, "flags": FactNames.texts, "items": item, "exceeding": item,
                "yearOnYear": comparison,
            ]
        ),
        "yangtze_l2": yangtze, "yangtze_l1": yangtze,
        "near_limit": FactNames(
            who + aim + ["class", "percent"],
            lists: ["flags": FactNames.texts, "near": item.union(["share"])]
        ),
        "deteriorated": FactNames(
            who + aim + ["class", "grade", "classDrop"],
            lists: ["flags": FactNames.texts, "monthOnMonth": comparison, "yearOnYear": comparison]
        ),
        "consecutive": FactNames(
            who + aim + ["class", "count", "since"],
            lists: ["flags": FactNames.texts, "missed": ["period", "class", "items"], "items": FactNames.texts]
        ),
        "annual_projection": FactNames(
            who + aim + ["class", "months"],
            lists: ["flags": FactNames.texts, "endangered": projected, "items": projected]
        ),
        "missing": FactNames(
            who + ["evaluated", "expected", "stage", "due"],
            lists: ["flags": FactNames.texts, "missingItems": ["item", "reason"]]
        ),
        "late": FactNames(
            who + ["due", "daysLate", "last", "arrived", "owed"],
            lists: ["flags": FactNames.texts, "lateSections": ["code", "river", "section", "office"]]
        ),
        "implausible": FactNames(
            who,
            lists: ["flags": FactNames.texts, "oddities": ["oddity", "item", "value", "beside", "reference"]]
        ),
        "changed": FactNames(
            who + ["class", "target"],
            lists: ["flags": FactNames.texts, "changes": ["period", "item", "old", "new", "oldRow"]]
        ),
        "district": FactNames(
            FactNames.districtSummary.sorted(),
            lists: [
                "mainPollutants": ["item", "sections", "share"], "monthOnMonth": shares, "yearOnYear": shares,
                "table": FactNames.districtRow, "exceeding": ["item", "value", "multipleTarget"],
            ]
        ),
    ]

    private static let yangtze = FactNames(
        who + aim + ["class", "classYearToDate", "level"],
        lists: ["flags": FactNames.texts, "yearOnYear": comparison, "yearToDateOnYear": comparison]
    )
}

extension FactNames {
    /// What all sections are together.
    package static let districtSummary: Set<String> = [
        "sections", "met", "missed", "suspendedSections", "unknownSections", "metShare", "goodShare", "worstShare",
        "method",
        "meanClass", "grade", "colour", "standard",
    ]

    /// What the table of all sections says of each of them.
    package static let districtRow: Set<String> = [
        "code", "river", "section", "office", "target", "class", "previousClass", "lastYearClass", "verdict",
        "exceeding",
    ]
}
