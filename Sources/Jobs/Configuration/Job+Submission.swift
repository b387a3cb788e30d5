// The jobs that dutyd makes itself: one for each feed whose file says by when its table is due.

import Alerts
package import Almanac
import Checks
import Diagnostics
import Scheduling

extension Job {
    /// What the serials of these jobs carry.
    private static let submissionSerial = "SUB"
    /// A run that was missed while the daemon was down is made up for, at most that long after.
    private static let submissionCatchUp = Schedule.CatchUp.latest(within: TimeSpan(seconds: 30 * 86_400))

    /// The job that runs when a feed's table becomes late, and tells who owes it.
    ///
    /// - Parameter title: How a language, given by its tag, calls such a job; `{feed}` stands for the feed's title.
    /// - Returns: `nil` when the file says nothing of a due day, or after a complaint.
    init?(
        submissionOf feed: Feed,
        _ file: SettingsFile,
        in surroundings: Surroundings,
        complaints: Complaints,
        title template: (String) -> String?
    ) {
        // The file has been read for the feed; everything else in it has been complained about.
        guard let section = Section.root(of: file, complaints: complaints)?.optionalSection("due"),
            let due = SubmissionDue(section, of: feed, in: surroundings), complaints.areHarmless
        else { return nil }
        func title(_ language: String, _ name: String) -> String {
            guard let text = template(language) else { return name }
            do throws(Diagnostic) {
                return try Template(text).text(with: Facts(["feed": .text(name)]), tables: [:])
            } catch {
                // It was complained of with the words.
                return name
            }
        }
        let term = due.submission.term
        name = SubmissionDue.jobPrefix + feed.name
        self.title = Title(zh: title("zh-CN", feed.title.zh), en: title("en", feed.title.en))
        serial = Self.submissionSerial
        commitments = []
        // The first instant at which the table is late: the working day after the grace begins.
        schedule = Schedule(
            occurrences: [Schedule.Occurrence(event: term.days, zone: surroundings.defaultZone)],
            catchUp: Self.submissionCatchUp,
            workingDays: WorkingDayRule(.next, term.calendar, offset: term.grace + 1)
        )
        period = term.period
        // What is handed in late ends the matter at once.
        runsOnData = true
        isExercise = false
        feeds = due.feeds
        check = .submission(due.submission)
        recipients = Recipients(to: [feed.supplier].compactMap(\.self))
        policy = AlertPolicy()
        formerly = nil
    }

    /// The period that a run as of a day judges.
    package func period(asOf date: CivilDate) -> Period { check.period(period, asOf: date) }
}
