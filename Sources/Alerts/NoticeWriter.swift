// Puts a change into words: the text for people and the same document for machines.

package import Almanac
import Checks
import Diagnostics
import JSON
import Records

/// Writes notices from facts and words.
package struct NoticeWriter: Sendable {
    /// Who is told, in which formats.
    package struct Addressee: Sendable, Hashable {
        package let department: String
        package let formats: [NoticeFormat]

        package init(department: String, formats: [NoticeFormat]) {
            self.department = department
            self.formats = formats
        }
    }

    /// What the notice says about the run behind it.
    package struct Circumstances: Sendable {
        package let job: String
        /// The job's kind of check, which chooses the sentences.
        package let kind: String
        package let run: Int64
        /// When the notice is written.
        package let sent: Instant
        /// The instant the run judged as of.
        package let asOf: Instant
        package let zone: Zone
        /// The program's name and version.
        package let generator: String
        /// Departments' names by language and department.
        package let departmentNames: [String: [String: String]]
        /// How messages of the Common Alerting Protocol are written; `nil` when the settings do not say.
        package let cap: CAPProfile?
        /// Whether what the job finds is found for an exercise only.
        package let isExercise: Bool
        /// The job's titles by language.
        package let titles: [String: String]
        /// The working days by which terms are counted; without one they are not counted.
        package let calendar: WorkingDayCalendar?
        /// How the job's alerts live.
        package let policy: AlertPolicy
        /// Tells one state of the rules and calendars from another.
        package let rules: String?

        package init(
            job: String,
            kind: String,
            run: Int64,
            sent: Instant,
            asOf: Instant,
            zone: Zone,
            generator: String,
            departmentNames: [String: [String: String]],
            cap: CAPProfile? = nil,
            isExercise: Bool = false,
            titles: [String: String] = [:],
            calendar: WorkingDayCalendar? = nil,
            policy: AlertPolicy = AlertPolicy(),
            rules: String? = nil
        ) {
            self.job = job
            self.kind = kind
            self.run = run
            self.sent = sent
            self.asOf = asOf
            self.zone = zone
            self.generator = generator
            self.departmentNames = departmentNames
            self.cap = cap
            self.isExercise = isExercise
            self.titles = titles
            self.calendar = calendar
            self.policy = policy
            self.rules = rules
        }
    }

    /// The languages in the order in which a text gives them.
    let words: [Words]

    package init(words: [Words]) { self.words = words }

    /// One change, told to one department.
    package func notice(
        of change: Change,
        to addressee: Addressee,
        sequence: Int64,
        _ circumstances: Circumstances
    ) -> Notice {
        let base = Notice.baseName(
            sequence: sequence,
            sent: circumstances.zone.civil(at: circumstances.sent),
            digest: change.alert.key.digest,
            revision: change.alert.revision,
            kind: change.kind == .raised ? "alert" : change.kind == .withdrawn ? "cancel" : "update"
        )
        func document(_ format: NoticeFormat, _ text: String) -> Notice.Document {
            Notice.Document(fileName: "\(base).\(format.fileExtension)", bytes: Array(text.utf8))
        }
        let wordings = words.map { wording(of: change, sequence, circumstances, in: $0) }
        func text() -> Notice.Document { document(.text, Notice.text(of: wordings.map(\.whole))) }
        var withheld: [Diagnostic] = []
        var documents = addressee.formats.compactMap { format -> Notice.Document? in
            switch format {
            case .text: return text()
            case .json:
                let value = json(change, addressee, sequence, circumstances, wordings)
                return document(.json, value.text(.indented) + "\n")
            case .cap:
                do throws(Withheld) {
                    return document(.cap, try cap(change, circumstances).xml)
                } catch {
                    withheld = error.reasons
                    return nil
                }
            }
        }
        if documents.isEmpty { documents = [text()] }
        return Notice(
            sequence: sequence,
            department: addressee.department,
            matter: .alert(
                serial: change.alert.serial,
                revision: change.alert.revision,
                key: change.alert.key,
                change: change.kind
            ),
            documents: documents,
            withheld: withheld
        )
    }
}
