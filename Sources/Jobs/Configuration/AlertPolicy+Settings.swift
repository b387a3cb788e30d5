// How the alerts of a job live, as the job's "notify" says it.

import Alerts
import Almanac
import Checks
import Diagnostics

extension AlertPolicy {
    /// What keys of `notify` mean an answer that is waited for.
    private static let answers: KeyValuePairs<String, EscalationStep.Answer> = [
        "unacknowledged-for": .acknowledgement, "not-picked-up-for": .pickUp,
    ]
    /// More runs than that nobody waits for.
    private static let mostRuns = 12

    /// Reads `confirm`, `remind-every`, `escalate`, `acknowledgement` and `held-back-by`; what is wrong is complained
    /// about and left as it is without it.
    init(_ notify: Section, in surroundings: Job.Surroundings) {
        let confirm = notify.optionalSection("confirm")
        let raise = confirm.flatMap { Self.runs("raise", of: $0) } ?? 1
        let clear = confirm.flatMap { Self.runs("clear", of: $0) } ?? 1
        confirm?.close()
        let answer = notify.optionalSection("acknowledgement")
        let life = answer.flatMap { Self.term("lasts", of: $0) }
        let acknowledgers = answer.flatMap { $0.has("by") ? $0.choice("by", of: Acknowledgers.self) : nil }
        answer?.close()
        let sections = notify.sections("escalate")
        let byStage = sections.filter { $0.has("at-stage") }.compactMap { Self.stage($0, in: surroundings) }
        let steps = sections.filter { !$0.has("at-stage") }.compactMap { Self.step($0, in: surroundings) }
        if let late = zip(steps, steps.dropFirst()).first(where: { Self.length($0.0) > Self.length($0.1) }) {
            notify.complain(
                Diagnostic(
                    "the steps are not in the order of their terms",
                    found: "\(late.0.after), then \(late.1.after)",
                    remedy: "put the shorter term first"
                ),
                key: "escalate"
            )
        }
        self.init(
            confirmRaise: raise,
            confirmClear: clear,
            remindEvery: Self.term("remind-every", of: notify),
            escalation: steps,
            stages: Dictionary(byStage) { $0 + $1 },
            acknowledgementLife: life ?? Self.standardAcknowledgementLife,
            acknowledgedBy: acknowledgers ?? .any,
            heldBackBy: notify.sections("held-back-by").compactMap { section in
                let matcher = AlertMatcher(section)
                section.close()
                guard matcher.isOpen else { return matcher }
                section.complain(
                    Diagnostic(
                        "every open alert would hold back those of this job",
                        expected: "job, subject, indicator or severity"
                    )
                )
                return nil
            }
        )
    }

    private static func runs(_ key: String, of section: Section) -> Int? {
        section.optionallyParsed(key) { text throws(Diagnostic) in
            guard let runs = Int(text), (1...mostRuns).contains(runs) else {
                throw Diagnostic(
                    "this is no number of runs in a row",
                    found: text,
                    expected: "a whole number from 1 to \(mostRuns)"
                )
            }
            return runs
        }
    }

    /// A term that takes time.
    private static func term(_ key: String, of section: Section) -> Term? {
        section.optionallyParsed(key) { text throws(Diagnostic) in
            let term = try Term(text)
            guard term.count > 0 else {
                throw Diagnostic("this takes no time", found: text, expected: "at least 1 \(term.unit.rawValue)")
            }
            return term
        }
    }

    private static func step(_ section: Section, in surroundings: Job.Surroundings) -> EscalationStep? {
        let keys = answers.filter { section.has($0.key) }
        let term = keys.first.flatMap { Self.term($0.key, of: section) }
        let to = section.departments("to", in: surroundings, mayBeEmpty: false)
        if !section.has("to") { _ = section.text("to") }
        section.close()
        guard keys.count == 1 else {
            section.complain(
                Diagnostic(
                    keys.isEmpty ? "the step does not say what it waits for" : "the step waits for two things",
                    expected: "one of " + (answers.map(\.key) + ["at-stage"]).joined(separator: ", ")
                )
            )
            return nil
        }
        guard let term, let answer = keys.first?.value, !to.isEmpty else { return nil }
        return EscalationStep(after: term, waitsFor: answer, to: to)
    }

    /// Who is told when a verdict reaches a stage.
    private static func stage(_ section: Section, in surroundings: Job.Surroundings) -> (String, [String])? {
        let stage = section.optionallyParsed("at-stage") { text throws(Diagnostic) in
            guard Assessment.pressingStages.contains(text) else {
                throw Diagnostic(
                    "no verdict comes to that stage while its alert goes on",
                    found: text,
                    expected: "one of " + Assessment.pressingStages.joined(separator: ", "),
                    remedy: suggestion(for: text, among: Assessment.pressingStages)
                )
            }
            return text
        }
        let to = section.departments("to", in: surroundings, mayBeEmpty: false)
        if !section.has("to") { _ = section.text("to") }
        section.close()
        guard let stage, !to.isEmpty else { return nil }
        return (stage, to)
    }

    /// About how many days a step waits, to see which comes first; five working days are a week.
    private static func length(_ step: EscalationStep) -> Int {
        switch step.after.unit {
        case .workingDays: step.after.count * 7 / 5
        case .days: step.after.count
        case .months: step.after.count * 30
        }
    }
}
