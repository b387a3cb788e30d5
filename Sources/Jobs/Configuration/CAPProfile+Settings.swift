// The file cap.yaml: how alerts become messages of the Common Alerting Protocol.

import Alerts
import Almanac
import Checks
import Diagnostics

extension CAPProfile {
    static let file = "cap.yaml"

    /// What a message can be about that is not an exercise.
    private enum Concern: String, CaseIterable {
        case actual = "Actual"
        case system = "System"
    }

    /// Reads the file; `nil` after a complaint that leaves no message to be written.
    init?(_ file: SettingsFile, _ settings: DaemonSettings, complaints: Complaints) {
        guard let root = Section.root(of: file, complaints: complaints) else { return nil }
        let life = root.parsed("life") { text throws(Diagnostic) in try Self.life(text) }
        let lifeOfEnd = root.parsed("life-of-end") { text throws(Diagnostic) in try Self.life(text) }
        let kinds = root.section("kinds").map { section in
            Self.matters(section) { kind in
                guard !CheckDefinition.allKinds.contains(kind) else { return nil }
                let remedy = suggestion(for: kind, among: CheckDefinition.allKinds)
                return Diagnostic("there is no such kind of check", found: kind, remedy: remedy)
            }
        }
        let jobs = root.optionalSection("jobs").map { Self.matters($0) { _ in nil } }
        let levels = root.section("levels")
        let warning = levels?.section("warning").flatMap(Level.init)
        let critical = levels?.section("critical").flatMap(Level.init)
        levels?.close()
        let web = root.optionalText("web")
        let contact = root.optionalText("contact")
        let polygons = root.texts("polygons").map(\.text)
        root.close()
        guard let life, let lifeOfEnd, let kinds, let warning, let critical else { return nil }
        self.init(
            sender: settings.capSender,
            district: settings.district.byLanguage,
            division: settings.division,
            life: life,
            lifeOfEnd: lifeOfEnd,
            kinds: kinds,
            jobs: jobs ?? [:],
            warning: warning,
            critical: critical,
            web: web,
            contact: contact,
            polygons: polygons
        )
        let violations = violations
        for violation in violations { root.complain(violation) }
        guard !violations.contains(where: { $0.severity == .error }) else { return nil }
    }

    private static func matters(_ section: Section, problem: (String) -> Diagnostic?) -> [String: Matter] {
        section.keys.reduce(into: [:]) { matters, name in
            guard let entry = section.section(name) else { return }
            if let problem = problem(name) { section.complain(problem, key: name) }
            let categories: [CAPMessage.Info.Category]? = choices("categories", of: entry)
            let status = entry.has("status") ? entry.choice("status", of: Concern.self) : .actual
            entry.close()
            guard let categories, !categories.isEmpty, let status else { return }
            matters[name] = Matter(categories: categories, status: status == .system ? .system : .actual)
        }
    }

    /// The words of the standard under a key that must be there; `nil` after a complaint.
    fileprivate static func choices<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        of section: Section
    ) -> [Choice]? where Choice.RawValue == String {
        let texts = section.neededTexts(key)
        let known = Choice.allCases.map(\.rawValue)
        let choices = texts.compactMap { text, mark -> Choice? in
            if let choice = Choice(rawValue: text) { return choice }
            section.complain(
                Diagnostic(
                    "the standard has no such word here",
                    found: text,
                    expected: known.joined(separator: ", "),
                    remedy: nearestName(to: text, among: known).map { "did you mean \"\($0)\"?" }
                ),
                key: key,
                mark: mark
            )
            return nil
        }
        return choices.count == texts.count ? choices : nil
    }

    private static func life(_ text: String) throws(Diagnostic) -> TimeSpan {
        let span = try TimeSpan(text)
        guard (3_600...366 * 86_400).contains(span.seconds) else {
            throw Diagnostic(
                "messages would count too short or too long",
                found: text,
                expected: "at least 1 hour and at most 366 days, such as 30 days"
            )
        }
        return span
    }
}

extension CAPProfile.Level {
    fileprivate init?(_ section: Section) {
        let urgency = section.choice("urgency", of: CAPMessage.Info.Urgency.self)
        let severity = section.choice("severity", of: CAPMessage.Info.Severity.self)
        let certainty = section.choice("certainty", of: CAPMessage.Info.Certainty.self)
        let responses: [CAPMessage.Info.ResponseType]? = CAPProfile.choices("response", of: section)
        section.close()
        guard let urgency, let severity, let certainty, let responses else { return nil }
        self.init(urgency: urgency, severity: severity, certainty: certainty, responseTypes: responses)
    }
}
