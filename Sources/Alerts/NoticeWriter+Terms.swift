// Days that somebody who is told has to know: by when to act, by when to answer, counted on the day of telling.

import Almanac
import Checks

extension NoticeWriter {
    /// How far it is to the verdict's due day, or how long that has passed.
    ///
    /// Verdicts count from the day that they judge; a reminder comes later than its verdict.
    static func term(of change: Change, _ circumstances: Circumstances) -> Facts {
        guard !change.kind.isEnd, case .date(let due)? = change.assessment.facts["due"] else { return Facts() }
        let today = today(circumstances)
        let days = today.days(to: due)
        let workingDays = circumstances.calendar?.workingDays(after: today, through: due)
        var facts = Facts([
            "dueWeekday": .integer(due.weekday.rawValue), "isDueToday": .flag(days == 0),
            "isProvisional": .flag(workingDays?.isProvisional ?? false),
        ])
        if days > 0 {
            facts["daysAhead"] = .integer(days)
            facts["workingDaysAhead"] = (workingDays?.value).map(Facts.Value.integer)
        } else if days < 0 {
            facts["daysPast"] = .integer(-days)
            facts["workingDaysPast"] = (workingDays?.value).map { .integer(-$0) }
        }
        return facts
    }

    /// How to answer, and what happens when nobody does.
    static func answer(to change: Change, _ circumstances: Circumstances, _ names: [String: String]) -> Facts {
        let alert = change.alert
        guard !change.kind.isEnd else { return Facts() }
        var facts = Facts([
            "receiptFile": .text(receiptName(of: alert.serial)),
            "remindEvery": circumstances.policy.remindEvery.map { .integer($0.count) },
            "remindUnit": circumstances.policy.remindEvery.map { .text($0.unit.rawValue) },
        ])
        let steps = circumstances.policy.escalation.dropFirst(alert.escalation.done)
        guard alert.acknowledgement == nil, let step = steps.first(where: { $0.waitsFor == .acknowledgement }),
            let calendar = circumstances.calendar
        else { return facts }
        let today = today(circumstances)
        let start = alert.escalation.started.map { circumstances.zone.civil(at: $0).date } ?? today
        let end = calendar.end(of: step.after, from: start)
        // The clock stood still meanwhile, so nobody can say now when it will be.
        guard end.date >= today else { return facts }
        facts["answerBy"] = .date(end.date)
        facts["answerWeekday"] = .integer(end.date.weekday.rawValue)
        facts["answerWorkingDays"] = .integer(calendar.workingDays(after: today, through: end.date).value)
        facts["answerElse"] = .texts(step.to.map { names[$0] ?? $0 })
        return facts
    }

    /// The name under which a department drops its answer.
    package static func receiptName(of serial: String) -> String { "\(serial).回执.csv" }

    private static func today(_ circumstances: Circumstances) -> CivilDate {
        circumstances.zone.civil(at: max(circumstances.sent, circumstances.asOf)).date
    }
}
