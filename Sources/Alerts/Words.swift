// The words of one language: the layout of a notice, the sentences of each kind of check, and tables of terms.

import Checks

/// Everything that people read in one language.
package struct Words: Sendable, Hashable {
    /// The parts of a notice that a kind of check has to word.
    package enum Field: String, Sendable, CaseIterable {
        /// The name of the document by its weight: 提醒单, 催办单, 督办单, 预警函, 办结通知, 撤销通知.
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
        /// Whose matter it is.
        case owner
        /// How to answer, and what happens without an answer.
        case answer
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
    /// What every kind of check says of a change or a state that it has no words of its own for.
    package let general: Sentences
    /// Many changes as one text; `nil` when its file cannot be used.
    package let digest: Template?
    /// What departments have to know about their folder; `nil` when its file cannot be used.
    package let guide: Template?
    /// The words of return slips; `nil` when their files cannot be used.
    package let slip: SlipWords?
    /// The words of messages of the Common Alerting Protocol; `nil` when their file cannot be used.
    package let cap: CAPWords?

    package init(
        language: String,
        layout: Template,
        tables: [String: [String: String]],
        sentences: [String: [String: Sentences]],
        general: Sentences = [:],
        digest: Template? = nil,
        guide: Template? = nil,
        slip: SlipWords? = nil,
        cap: CAPWords? = nil
    ) {
        self.language = language
        self.layout = layout
        self.tables = tables
        self.sentences = sentences
        self.general = general
        self.digest = digest
        self.guide = guide
        self.slip = slip
        self.cap = cap
    }

    /// The sentence for a field.
    ///
    /// What the kind of check says of the change comes first; then what is generally said of it, which may quote with
    /// `{usual}` what would be said otherwise: what the kind says of the state or of any, or else what is generally said.
    func sentence(
        _ field: Field,
        kind: String,
        indicator: String,
        change: Change.Kind,
        state: Assessment.State,
        facts: Facts
    ) -> String? {
        let own = sentences[kind]?[indicator]?[field]
        let common = general[field]
        if let special = own?[change.rawValue] { return special.text(with: facts, tables: tables) }
        let usual = (own?[state.rawValue] ?? own?[Self.any] ?? common?[state.rawValue] ?? common?[Self.any])
            .map { $0.text(with: facts, tables: tables) }
        guard let quoting = common?[change.rawValue] else { return usual }
        var facts = facts
        facts["usual"] = usual.map(Facts.Value.text)
        return quoting.text(with: facts, tables: tables)
    }

    /// The key of what is said when nothing more particular is.
    package static let any = "any"
}
