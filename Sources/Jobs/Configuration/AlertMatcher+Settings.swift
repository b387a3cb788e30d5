// Which alerts a rule is about, as settings say it.

import Alerts
import Checks
import Diagnostics

extension AlertMatcher {
    /// The severities that an alert can have.
    enum Severity: String, CaseIterable {
        case warning, critical

        var state: Assessment.State { self == .warning ? .warning : .critical }
    }

    /// Reads `job`, `subject`, `indicator` and `severity`, each of which may be left out.
    init(_ section: Section) {
        func glob(_ key: String) -> Glob? { section.optionalText(key).map(Glob.init) }
        self.init(
            job: glob("job"),
            subject: glob("subject"),
            indicator: glob("indicator"),
            severity: section.has("severity") ? section.choice("severity", of: Severity.self)?.state : nil
        )
    }
}
