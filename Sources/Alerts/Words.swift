// The words of one language: the layout of a notice, the sentences of each kind of check, and tables of terms.

/// Everything that people read in one language.
package struct Words: Sendable, Hashable {
    /// The parts of a notice that a kind of check has to word.
    package enum Field: String, Sendable, CaseIterable {
        /// The name of the document by its weight: 提醒单, 预警函, 督办单, 办结通知.
        case slip
        /// What field of work it belongs to.
        case topic
        /// One line: what happened, where, when.
        case subject
        /// The standard or rule, with clause.
        case basis
        /// What was read, with the arithmetic.
        case situation
        /// What has to be done.
        case action
        /// Until when; may be empty.
        case due
        /// What ends the matter.
        case clears
    }

    /// The sentences of one indicator: for each field, by change (`raised`), by state (`critical`), or `any`.
    package typealias Sentences = [Field: [String: Template]]

    /// The language's tag, such as `zh-CN`.
    package let language: String
    /// The whole notice, with one hole for each field and for the notice's own facts.
    package let layout: Template
    /// Tables of terms that templates look values up in.
    package let tables: [String: [String: String]]
    /// Sentences by kind of check and indicator.
    package let sentences: [String: [String: Sentences]]
    /// The words of return slips; `nil` when their files cannot be used.
    package let slip: SlipWords?
    /// The words of messages of the Common Alerting Protocol; `nil` when their file cannot be used.
    package let cap: CAPWords?

    package init(
        language: String,
        layout: Template,
        tables: [String: [String: String]],
        sentences: [String: [String: Sentences]],
        slip: SlipWords? = nil,
        cap: CAPWords? = nil
    ) {
        self.language = language
        self.layout = layout
        self.tables = tables
        self.sentences = sentences
        self.slip = slip
        self.cap = cap
    }

    /// The sentence for a field; the most particular one wins: by change, then by state, then `any`.
    package func sentence(_ field: Field, kind: String, indicator: String, change: String, state: String) -> Template? {
        let choices = sentences[kind]?[indicator]?[field]
        return choices?[change] ?? choices?[state] ?? choices?["any"]
    }
}
