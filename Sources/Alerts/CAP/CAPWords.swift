// What messages of the Common Alerting Protocol say in one language beside the sentences of notices.

/// The words of `cap.yaml`.
package struct CAPWords: Sendable, Hashable {
    /// The parts of a message that have words of their own.
    package enum Field: String, Sendable, CaseIterable {
        /// Who sends it.
        case sender
        /// Who may read it; the first language says it for all.
        case restriction
        /// Which exercise it belongs to; the first language says it for all.
        case exercise
        /// One line.
        case headline
        /// What has happened.
        case description
        /// What has to be done.
        case instruction
    }

    /// The language's tag in messages, such as `en-US`.
    package let tag: String
    package let templates: [Field: Template]

    package init(tag: String, templates: [Field: Template]) {
        self.tag = tag
        self.templates = templates
    }
}
