// How a job states its check of river sections: by which standard, in which mode, and what is judged beside the class.

import Almanac
import Checks
import Diagnostics

extension SectionCompliance.Parameters {
    init?(_ settings: Section, in surroundings: Job.Surroundings) {
        let standards = settings.neededTexts("standard").compactMap { name, mark in
            Self.standard(name, settings, surroundings) { settings.complain($0, key: "standard", mark: mark) }
        }
        let mode = settings.choice("mode", of: AssessmentMode.self)
        let basis =
            settings.has("assessment-basis")
            ? settings.choice("assessment-basis", of: AssessmentBasis.self) : .monthly
        let indicators = Self.indicators(settings)
        let near = settings.optionallyParsed("near-limit", Self.percent)
        let late = settings.optionallyParsed("late-after", Self.days)
        let critical = settings.optionallyParsed("critical-after", Self.count)
        let changed = settings.optionallyParsed("changes-for", Self.months)
        let trend = Self.trendPoints(settings)
        guard let mode, let basis, !standards.isEmpty else { return nil }
        self.init(standards: standards)
        self.mode = mode
        self.basis = basis
        self.indicators = indicators
        nearLimitPercent = near ?? nearLimitPercent
        lateAfterDays = late ?? lateAfterDays
        criticalAfter = critical ?? criticalAfter
        changedMonths = changed ?? changedMonths
        someTrendPoints = trend?.some ?? someTrendPoints
        markedTrendPoints = trend?.marked ?? markedTrendPoints
    }

    private static func standard(
        _ name: String,
        _ settings: Section,
        _ surroundings: Job.Surroundings,
        _ complain: (Diagnostic) -> Void
    ) -> WaterQualityStandard? {
        let standards = surroundings.standards
        if let standard = standards[name] { return standard }
        guard !surroundings.broken.standards.contains(name) else {
            settings.complaints.lose([BrokenFiles.standard(name)])
            return nil
        }
        complain(
            Diagnostic(
                "unknown standard",
                found: name,
                remedy: suggestion(for: name, among: standards.keys) ?? "add standards/\(name).yaml"
            )
        )
        return nil
    }

    /// What is judged beside the class; all there is when the job does not choose.
    private static func indicators(_ settings: Section) -> [SectionIndicator] {
        let known = SectionIndicator.optional
        guard settings.has("alerts") else { return known }
        let chosen = settings.texts("alerts").compactMap { text, mark -> SectionIndicator? in
            if let indicator = known.first(where: { $0.rawValue == text }) { return indicator }
            settings.complain(
                Diagnostic(
                    "there is no such alert",
                    found: text,
                    expected: "some of " + known.map(\.rawValue).joined(separator: ", "),
                    remedy: suggestion(for: text, among: known.map(\.rawValue))
                ),
                key: "alerts",
                mark: mark
            )
            return nil
        }
        return known.filter(chosen.contains)
    }

    /// `trend-points: [10, 20]`.
    private static func trendPoints(_ settings: Section) -> (some: Int, marked: Int)? {
        guard settings.has("trend-points") else { return nil }
        let points = settings.texts("trend-points").compactMap { Int($0.text) }
        guard points.count == 2, (0...points[1]).contains(points[0]), points[1] <= 200 else {
            settings.complain(
                Diagnostic(
                    "these are no limits of a trend",
                    found: settings.texts("trend-points").map(\.text).joined(separator: ", "),
                    expected: "two numbers of points, the smaller one first, such as [10, 20]"
                ),
                key: "trend-points"
            )
            return nil
        }
        return (points[0], points[1])
    }

    private static func percent(_ text: String) throws(Diagnostic) -> Int {
        guard text.hasSuffix("%"), let percent = Int(text.dropLast()), (50...100).contains(percent) else {
            throw Diagnostic(
                "this is no share of a limit",
                found: text,
                expected: "at least 50% and at most 100%, such as \"90%\""
            )
        }
        return percent
    }

    private static func days(_ text: String) throws(Diagnostic) -> Int {
        let span = try TimeSpan(text)
        guard span.seconds % 86_400 == 0, span.seconds >= 0, span.seconds <= 366 * 86_400 else {
            throw Diagnostic("whole days are needed", found: text, expected: "a span such as \"5 days\"")
        }
        return Int(span.seconds / 86_400)
    }

    private static func count(_ text: String) throws(Diagnostic) -> Int {
        guard let count = Int(text), (2...24).contains(count) else {
            throw Diagnostic("this is no number of periods in a row", found: text, expected: "2 to 24")
        }
        return count
    }

    private static func months(_ text: String) throws(Diagnostic) -> Int {
        let words = text.split(separator: " ")
        guard let first = words.first, let count = Int(first), (1...12).contains(count),
            words.count == 1 || words.count == 2 && ["month", "months"].contains(words[1])
        else { throw Diagnostic("this is no number of months", found: text, expected: "1 to 12 months") }
        return count
    }
}
