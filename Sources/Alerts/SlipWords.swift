// The words of return slips in one language.

package import Records

/// What a return slip says; whatever is missing here was complained about when it was read.
package struct SlipWords: Sendable, Hashable {
    /// The whole slip, with holes for its facts and sentences.
    package let layout: Template
    /// The first line.
    package let summaries: [Slip.Outcome: Template]
    /// What to do.
    package let actions: [Slip.Outcome: Template]
    /// Why something was not used.
    package let reasons: [Reject.Reason: Template]
    /// What may be written in a column.
    package let accepted: [ColumnType: String]

    package init(
        layout: Template,
        summaries: [Slip.Outcome: Template],
        actions: [Slip.Outcome: Template],
        reasons: [Reject.Reason: Template],
        accepted: [ColumnType: String]
    ) {
        self.layout = layout
        self.summaries = summaries
        self.actions = actions
        self.reasons = reasons
        self.accepted = accepted
    }
}
