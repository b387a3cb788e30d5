// Which alerts a rule or a silence is about.

package import Checks

/// A description of alerts by job, subject, indicator and severity; what it leaves open matches everything.
package struct AlertMatcher: Sendable, Hashable {
    package let job: Glob?
    package let subject: Glob?
    package let indicator: Glob?
    package let severity: Assessment.State?

    package init(
        job: Glob? = nil,
        subject: Glob? = nil,
        indicator: Glob? = nil,
        severity: Assessment.State? = nil
    ) {
        self.job = job
        self.subject = subject
        self.indicator = indicator
        self.severity = severity
    }

    /// Whether it matches every alert.
    package var isOpen: Bool { job == nil && subject == nil && indicator == nil && severity == nil }

    /// Whether an alert of that key and state is meant.
    package func matches(_ key: AlertKey, _ state: Assessment.State) -> Bool {
        (job?.matches(key.job) ?? true) && (subject?.matches(key.subject) ?? true)
            && (indicator?.matches(key.indicator) ?? true) && (severity.map { $0 == state } ?? true)
    }
}

extension AlertMatcher: CustomStringConvertible {
    /// `job=river-*, severity=critical`, or `everything`.
    package var description: String {
        let parts = [
            ("job", job?.description), ("subject", subject?.description), ("indicator", indicator?.description),
            ("severity", severity?.rawValue),
        ]
        let text = parts.compactMap { name, value in value.map { "\(name)=\($0)" } }.joined(separator: ", ")
        return text.isEmpty ? "everything" : text
    }
}
