// How near a last day is, in the steps in which people are reminded of it.

package import Almanac

/// How long before a last day people are reminded: first, again, and for the last time.
package struct LeadTimes: Sendable, Hashable {
    /// The first reminder.
    package let lead: Term
    /// From here on the duty counts as due.
    package let due: Term
    /// From here on it is the last moment.
    package let last: Term

    package init(lead: Term, due: Term, last: Term = Term(1, .days)) {
        self.lead = lead
        self.due = due
        self.last = last
    }

    /// Lead times with the calendar by which their working days are counted.
    package struct Counted: Sendable, Hashable {
        package let leads: LeadTimes
        package let calendar: WorkingDayCalendar

        package init(leads: LeadTimes, calendar: WorkingDayCalendar) {
            self.leads = leads
            self.calendar = calendar
        }
    }

    /// How near a day is.
    enum Nearness { case far, upcoming, due, last, past }

    func nearness(of day: CivilDate, asOf: CivilDate, calendar: WorkingDayCalendar, lead own: Term? = nil) -> Nearness {
        if asOf > day { return .past }
        func reaches(_ term: Term) -> Bool { asOf >= calendar.reminderDay(term, before: day) }
        if reaches(last) { return .last }
        if reaches(due) { return .due }
        return reaches(own ?? lead) ? .upcoming : .far
    }
}

extension WorkingDayCalendar {
    /// The day that lies a term after another, taken as it is like that of a reminder.
    func dayAfter(_ day: CivilDate, by term: Term) -> CivilDate {
        switch term.unit {
        case .workingDays: date(workingDays: term.count, after: day).value
        case .days: day.adding(days: term.count)
        case .months: day.adding(months: term.count)
        }
    }

    /// The day that lies a term before another: calendar days are taken as they are, since a reminder is no legal term.
    func reminderDay(_ term: Term, before day: CivilDate) -> CivilDate {
        switch term.unit {
        case .workingDays: date(workingDays: -term.count, after: day).value
        case .days: day.adding(days: -term.count)
        case .months: day.adding(months: -term.count)
        }
    }
}
