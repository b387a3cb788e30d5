// The control interface in the Varlink interface language: the contract with every client, whatever it is written in.

/// `io.dutyd.Control`, as introspection shows it.
package enum ControlInterface {
    package static let name = "io.dutyd.Control"

    package static let description = """
        # Look at a duty officer and tell it what to do.
        # All times are RFC 3339 with the district's offset. Members of the group for looking may call the methods that
        # list; members of the group for acting, and root, may call all.
        interface io.dutyd.Control

        # A job of the configuration.
        type Job (
          name: string,
          # The title in Chinese and in English.
          titleZh: string,
          titleEn: string,
          # The kind of check.
          kind: string,
          # The calendar events in normal form, with their zone and the rule of working days.
          schedule: string,
          # The next slot; null when there is none.
          next: ?string,
          lastRun: ?Run,
          # What is wrong with the job's file, one line each; a job with problems does not run.
          problems: []string
        )

        # How a run went.
        type Run (
          run: int,
          # timer, catch-up, manual or data (a table that it judges was handed in)
          cause: string,
          asOf: string,
          # completed or failed
          outcome: string,
          summary: string
        )

        type NextRun (
          job: string,
          slot: string,
          # Why the slot was moved off a rest day, or that it is provisional; null when it is as planned.
          remark: ?string
        )

        # An open alert.
        type Alert (
          serial: string,
          job: string,
          subject: string,
          name: string,
          indicator: string,
          # warning or critical; ok when it has ended and somebody has still to be told so
          state: string,
          # The state that departments were last told; null when nobody was told yet.
          told: ?string,
          # Why it is not told at present; null when nothing holds it back.
          muted: ?string,
          period: string,
          # How often it was told.
          revision: int,
          raised: string,
          changed: string,
          to: []string,
          cc: []string,
          acknowledgement: ?Acknowledgement
        )

        # That somebody takes care of an alert; it always ends.
        type Acknowledgement (author: string, note: string, at: string, until: string)

        # A fact of a verdict; lists are JSON.
        type Fact (name: string, value: string)

        # One change of an alert, told or only recorded.
        type HistoryEntry (
          # How often the alert had been told by then; null when nobody was told of this change.
          revision: ?int,
          # raised, worsened, eased, reminder, escalated, cleared or withdrawn
          kind: string,
          state: string,
          at: string,
          to: []string,
          cc: []string,
          # Why it was told or kept back, beyond what the kind says.
          why: ?string
        )

        # How far an alert's notices have got with a department; each time is the first, and null when not yet.
        type Standing (
          department: string,
          delivered: ?string,
          pickedUp: ?string,
          acknowledged: ?string,
          # The department's last answer; null when it gave none.
          answer: ?string
        )

        # Something that happens by itself when its time comes.
        type Due (what: string, at: string)

        # A time in which alerts are judged and recorded, and not told.
        type SilenceEntry (
          id: int,
          # What it is about, such as job=river-*, severity=critical.
          matches: string,
          author: string,
          reason: string,
          from: string,
          until: string,
          # How many open alerts it matches now.
          alerts: int
        )

        # What a department has not got or not picked up yet.
        type OutboxEntry (
          department: string,
          # Notices that are committed and not yet visible in the spool.
          waiting: int,
          # Why they wait; null when nothing is wrong.
          problem: ?string,
          # Files that lie in its folder and that it has not taken.
          untaken: int
        )

        # An alert that a run changed.
        type Change (
          serial: string,
          # raised, worsened, eased or cleared
          kind: string,
          subject: string,
          name: string,
          indicator: string,
          state: string
        )

        # One promise of the yearly report.
        type Commitment (
          id: string,
          section: string,
          textZh: string,
          textEn: string,
          departments: []string,
          # kept, at risk, broken, no data, no indicator or unmeasured
          status: string,
          # Why, in a sentence.
          why: string,
          # What is counted, and how; null when nobody has chosen.
          indicator: ?string,
          definition: ?string,
          # The job that watches it; null when none does.
          job: ?string,
          # The latest figure; null when there is none.
          figure: ?string,
          # As of when it was judged last, and when it will be next.
          asOf: ?string,
          next: ?string
        )

        # An instant at which a job was due, and what became of it.
        type Slot (
          job: string,
          slot: string,
          # ran, late or skipped with its reason
          reason: string,
          # The reason in a sentence, with why the slot was where it was.
          explanation: string,
          # The first of a row of missed slots that this one stands for; null when it stands for itself alone.
          since: ?string,
          run: ?int,
          decided: string
        )

        # That somebody does not want slots to be run.
        type Paused (
          # Null for all jobs.
          job: ?string,
          since: string,
          author: string,
          note: string
        )

        # A job whose slots another configuration changes.
        type Move (
          job: string,
          # added, removed or moved: the next slot before and after; shifted: any slot of the coming year that holidays
          # move, bring or take away.
          kind: string,
          before: ?string,
          after: ?string,
          # Why the slot is where it is after.
          remark: ?string
        )

        # How far a job's slots are accounted for, also of a job that is no longer there.
        type Account (
          job: string,
          # Tells an edited schedule from an unchanged one.
          schedule: string,
          # The last slot accounted for, or the instant from which slots count.
          last: string,
          # Whether the job is there.
          current: bool,
          next: ?string,
          # For when the latest slots were planned that come no more, wherever a notice about working days moves them.
          served: []string
        )

        # A feed of the inbox: tables that a department hands in.
        type Feed (
          name: string,
          # The title in Chinese and in English.
          titleZh: string,
          titleEn: string,
          # The department that hands the files in; null when none is declared.
          supplier: ?string,
          # awaiting (nothing was ever handed in), received, or unusable (the last file cannot be used)
          state: string,
          # What was received last; null when nothing was.
          last: ?Reception,
          inTheWay: []BlockingFile
        )

        # A file of the inbox that cannot be used: no verdict of its feed is good until it is mended or removed.
        type BlockingFile (
          feed: string,
          file: string,
          # When the file was first seen with this content.
          since: string,
          # Why it cannot be used.
          summary: string
        )

        # One version of one file. Another content under the same name is another version.
        type Reception (
          file: string,
          # Counts the versions of a file from 1.
          version: int,
          # When the file was first seen with this content.
          firstSeen: string,
          # When the file was found missing; null while it lies there or when a later version took its place.
          gone: ?string,
          # When the version whose place it took was first seen; null when there was none.
          replaces: ?string,
          # Rows that can be used.
          accepted: int,
          # Rows that cannot.
          rejectedRows: int,
          # Cells that cannot, in rows that can.
          rejectedCells: int,
          # Null when the file could not be read as a text.
          encoding: ?string,
          # Tells one content from another; null when the file could not be read.
          fingerprint: ?string,
          usable: bool,
          summary: string
        )

        # How the daemon is.
        method Status() -> (
          version: string,
          now: string,
          # True when the clock was shifted for a rehearsal.
          rehearsal: bool,
          jobs: int,
          brokenJobs: int,
          openAlerts: int,
          # Notices that are committed and not yet visible in the spool.
          waitingNotices: int,
          # Complaints about the configuration and the folders of the inbox, one line each.
          problems: []string,
          # What somebody has paused.
          pauses: []Paused,
          # Feeds of the inbox for which nothing was ever handed in.
          awaiting: []string,
          # Files of the inbox that keep verdicts from being good.
          inTheWay: []BlockingFile,
          next: ?NextRun
        )

        method ListJobs() -> (jobs: []Job)

        # The next slots of all jobs, or of one.
        method NextRuns(job: ?string, count: ?int) -> (runs: []NextRun)

        # Run a job now, as of now or of another instant. A dry run changes nothing: no alert, no notice, no record.
        # asOf may also be a date, meaning the end of that day. An instant before the job's last run is for dry runs only.
        # knownAt, in the same form and for dry runs only, reads of each inbox feed the versions that were known then; a
        # version that is not kept any more is a table that could not be read.
        method RunJob(job: string, asOf: ?string, dryRun: ?bool, knownAt: ?string) -> (
          run: int,
          job: string,
          period: string,
          asOf: string,
          committed: bool,
          summary: string,
          changes: []Change,
          # Everything of the input that could not be used, one line each.
          rejects: []string,
          # What verdicts had to do without, one line each.
          gaps: []string,
          # The files of the notices, as department/file.
          notices: []string
        )

        method ListAlerts(job: ?string) -> (alerts: []Alert)

        # Everything about one alert, open or ended: the rule, what it rests on, who was told what and when, and what happens next.
        method GetAlert(alert: string) -> (
          alert: Alert,
          # When it ended; null while it is open.
          ended: ?string,
          # The rule in sentences.
          rule: []string,
          facts: []Fact,
          gaps: []string,
          source: []string,
          history: []HistoryEntry,
          departments: []Standing,
          waitsFor: []Due
        )

        # Say that somebody takes care of an alert. Until the acknowledgement ends, no reminder and no escalation is told.
        # until is RFC 3339, a date, or a term such as "3 working days"; five working days when it is null.
        method Acknowledge(alert: string, note: string, until: ?string) -> (until: string)

        # End an alert that was raised in error; whoever was told of it is told why it is withdrawn.
        method Withdraw(alert: string, note: string) -> ()

        # Keep alerts from being told for a time; at its end what has changed meanwhile is told once. Names may be patterns
        # with * and ?, and what is null matches everything. until has the form that Acknowledge takes.
        method Silence(
          job: ?string,
          subject: ?string,
          indicator: ?string,
          severity: ?string,
          reason: string,
          until: string
        ) -> (silence: SilenceEntry)

        # End a silence before its time.
        method Unsilence(silence: int) -> ()

        method ListSilences() -> (silences: []SilenceEntry)

        # Record a department's answer to an alert's notice, as if it had dropped it as a file. It closes nothing.
        method Receipt(
          alert: string,
          department: string,
          # received, done, extension, misdirected or disputed
          answer: string,
          author: ?string,
          # The day until which an extension was granted.
          date: ?string,
          # Who granted it.
          approver: ?string,
          reason: ?string,
          # Where the proof is found that the matter was dealt with.
          evidence: ?string
        ) -> ()

        # What departments have not got or not picked up.
        method ListOutbox() -> (departments: []OutboxEntry)

        # Put the notices of an alert into the spool again where they are gone: same names, same bytes.
        method Resend(alert: string, department: ?string) -> (
          # What was put there, as department/sequence.
          notices: []string,
          # What keeps departments from getting theirs, one line each.
          problems: []string
        )

        # The latest slots, newest first, of all jobs or of one.
        #
        # since: from when the slots of that one job count by its present schedule; what would have come before is not due.
        method ListSlots(job: ?string, count: ?int) -> (slots: []Slot, since: ?string)

        # Run no slot of a job, or of any when job is null, until somebody resumes it. The slots that come are recorded as
        # paused; RunJob still runs.
        method Pause(job: ?string, note: ?string) -> ()

        # Let a job go on, or all when job is null, also those that were paused one by one.
        method Resume(job: ?string) -> ()

        # Read all files of the configuration and put them into force at once. When any of them has an error, nothing
        # changes.
        method Reload() -> (
          # False when the files are what they were.
          changed: bool,
          moves: []Move,
          # How many jobs wait for what they waited for.
          unchanged: int,
          # Warnings, one line each.
          problems: []string
        )

        # How far the slots of each job are accounted for.
        method ListAccounts() -> (accounts: []Account)

        # The feeds of the inbox, all or one; of one also what it has received, newest first, and how often in all.
        method ListFeeds(feed: ?string, count: ?int) -> (feeds: []Feed, receptions: []Reception, total: ?int)

        # The promises of the yearly report, in their order, each with how it stands.
        method ListCommitments() -> (commitments: []Commitment)

        # No open alert has that serial.
        error UnknownAlert (alert: string)
        error UnknownSilence (silence: int)
        error UnknownDepartment (department: string, known: []string)
        # What was asked for cannot be meant, and why.
        error Unfit (problem: string)
        # There is no such feed in the inbox.
        error UnknownFeed (feed: string, known: []string)
        error UnknownJob (job: string, known: []string)
        # The job's file cannot be used.
        error BrokenJob (job: string, problems: []string)
        error AlreadyRunning (job: string)
        # The job was already judged as of a later instant; only a dry run may look back.
        error LooksBack (job: string, asOf: string, last: string)
        # The instant has not come yet; only a dry run may look ahead.
        error InTheFuture (asOf: string, now: string)
        # The files of the configuration have errors; the one in force stays.
        error BrokenConfiguration (problems: []string)
        error Stopping ()
        error RunFailed (job: string, problem: string)
        # The ledger could not be read.
        error LedgerFailed (problem: string)
        """

    /// The full name of one of the interface's errors.
    package static func error(_ name: String) -> String { "\(self.name).\(name)" }
}
