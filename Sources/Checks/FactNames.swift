// The names of facts, by which sentences may call them; whoever adds a fact enters its name here.

/// What facts are called, and for lists what the facts of their entries are called.
package struct FactNames: Sendable, Hashable {
    /// The names that the entries of a list know, by the list's name; none for a fact that is no list.
    package private(set) var entries: [String: Set<String>]

    /// How the entries of a list of texts are called.
    package static let texts: Set<String> = ["it"]

    package init(_ names: [String], lists: [String: Set<String>] = [:]) {
        entries = Dictionary(names.map { ($0, []) }) { first, _ in first }.merging(lists) { $1 }
    }

    /// These names and others; what both call alike may be a list if it is one for either.
    package func union(_ other: FactNames) -> FactNames {
        var result = self
        result.entries.merge(other.entries) { $0.union($1) }
        return result
    }
}

extension CheckDefinition {
    /// The names of all kinds, also of those that dutyd makes jobs of by itself.
    package static let allKinds = kinds + ["submission", "calendar-coverage", "slot-accounts", "delivery"]

    /// The facts of each indicator of a kind of check; `nil` when there is no such kind.
    package static func factNames(ofKind kind: String) -> [String: FactNames]? {
        switch kind {
        case "section-compliance": SectionCompliance.factNames
        case "stock": Stock.factNames
        case "cadence": Cadence.factNames
        case "deadline": Deadline.factNames
        case "target": Target.factNames
        case "milestone": Milestone.factNames
        case "coverage": Coverage.factNames
        case "surveillance": Surveillance.factNames
        case "cold-chain": ColdChain.factNames
        case "occupancy": Occupancy.factNames
        case "submission": Submission.factNames
        case "calendar-coverage": CalendarCoverage.factNames
        case "slot-accounts": SlotAccounts.factNames
        case "delivery": DeliveryWatch.factNames
        default: nil
        }
    }
}

extension Submission {
    static let factNames = [
        "submission": FactNames(
            [
                "titleZh", "titleEn", "stage", "due", "planned", "holiday", "grace", "graceUntil", "lateFrom",
                "provisional", "daysLate", "workingDaysLate", "rowCount", "seen", "expected", "moreMissing",
                "moreStrangers", "calledZh", "calledEn", "undated", "last", "basis",
            ],
            lists: ["missing": FactNames.texts, "strangers": FactNames.texts]
        )
    ]
}

extension CalendarCoverage {
    static let factNames = [
        "coverage": FactNames(
            ["calendar", "stage", "year", "knownFrom", "knownUntil", "daysLeft", "restDays", "makeUpDays", "moreJobs"]
                + Stage.allCases.map(\.rawValue),
            lists: ["jobs": FactNames.texts]
        )
    ]
}

extension SlotAccounts {
    static let factNames = [
        "slots": FactNames(
            ["titleZh", "titleEn", "moreLost", "lastLost", "moreHeld", "problem"],
            lists: ["lost": FactNames.texts, "held": FactNames.texts]
        )
    ]
}

extension DeliveryWatch {
    static let factNames = [
        "room": FactNames(["waiting"]),
        "folder": FactNames(["department", "problem"]),
        "backlog": FactNames(["department", "files"]),
        "claims": FactNames(["department", "files", "oldest"]),
    ]
}
