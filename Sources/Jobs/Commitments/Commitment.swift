// The promises of the district's yearly report, as commitments.yaml lists them.

package import Alerts
import Checks
import Diagnostics

/// One promise: its words, who answers for it, and what watches it.
package struct Commitment: Sendable, Hashable {
    /// How it can be told whether it is kept.
    package enum Measure: String, Sendable, CaseIterable {
        /// The report itself says what is counted.
        case inText = "in-text"
        /// A department has to choose a measure first.
        case byIndicator = "by-indicator"
        /// Pure direction, of which no figure is made.
        case not
    }

    /// Such as `C060`.
    package let id: String
    /// The part of the report in which it stands.
    package let section: String
    package let textZh: String
    package let textEn: String
    package let departments: [String]
    package let measure: Measure
    /// The kind of check that it needs.
    package let kind: String
    /// The job that watches it; `nil` when it is not measured, or awaits a kind of check.
    package let job: String?
    /// Which of the job's subjects are its own.
    package let subjects: [Glob]
    /// The kind of check that it needs and that no job has.
    package let awaits: String?
    /// What is counted; `nil` as long as nobody has chosen.
    package let indicator: String?
    package let definition: String?
    /// Who has to choose what.
    package let definedBy: String?
    package let toDefine: String?
    /// How often it should be looked at, in the words of the list.
    package let every: String?

    init?(_ section: Section, id: String) {
        self.id = id
        let part = section.text("section")
        let zh = section.text("zh")
        let en = section.text("en")
        departments = section.neededTexts("departments").map(\.text)
        let measure = section.choice("measured", of: Measure.self)
        let kind = section.text("kind")
        job = section.optionalText("job")
        subjects = section.texts("subjects").map { Glob($0.text) }
        awaits = section.optionalText("awaits")
        indicator = section.optionalText("indicator")
        definition = section.optionalText("definition")
        let define = section.optionalSection("define")
        definedBy = define?.text("by")
        toDefine = define?.text("what")
        define?.close()
        every = section.optionalText("every")
        section.close()
        guard let part, let zh, let en, let measure, let kind else { return nil }
        self.section = part
        textZh = zh
        textEn = en
        self.measure = measure
        self.kind = kind
    }

    /// Whether it can be told at present whether it is kept.
    package var isWatched: Bool { measure == .inText || (measure == .byIndicator && indicator != nil) }

    /// Whether a verdict is about it.
    package func owns(_ subject: String) -> Bool { subjects.contains { $0.matches(subject) } }
}
