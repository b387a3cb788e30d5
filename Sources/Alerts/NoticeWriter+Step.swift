// Everything that is told in one step: one notice for each change and department, or one digest where they are many.

package import Checks

extension NoticeWriter {
    /// The notices of one step, numbered in the order in which they are to be read.
    ///
    /// Where more texts of one job than `digestAbove` would go to a department, one digest takes their place, behind what
    /// the department gets for its machines, which stays one document an alert.
    /// - Parameters:
    ///   - verdicts: All verdicts of a job that caused the step, good ones too; none when no run of it did.
    ///   - digestAbove: By job.
    ///   - addressee: How a department wants to be told.
    ///   - circumstances: What stands behind a change; those of one job's changes differ in their runs only.
    ///   - number: Gives the next sequence number.
    package func notices(
        of changes: [Change],
        verdicts: (_ job: String) -> [Assessment] = { _ in [] },
        digestAbove: (_ job: String) -> Int,
        to addressee: (_ department: String) -> Addressee,
        _ circumstances: (Change) -> Circumstances,
        number: () -> Int64
    ) -> [Notice] {
        var byPlace: [DigestPlace: [Change]] = [:]
        var places: [DigestPlace] = []
        for change in changes {
            for department in change.recipients.all {
                let place = DigestPlace(job: change.alert.key.job, department: department)
                if byPlace[place] == nil { places.append(place) }
                byPlace[place, default: []].append(change)
            }
        }
        func isDigested(_ change: Change, _ addressee: Addressee) -> Bool {
            let place = DigestPlace(job: change.alert.key.job, department: addressee.department)
            return addressee.formats.contains(.text) && (byPlace[place]?.count ?? 0) > digestAbove(place.job)
        }
        var notices: [Notice] = []
        for change in changes {
            let circumstances = circumstances(change)
            for department in change.recipients.all {
                let whole = addressee(department)
                let isDigested = isDigested(change, whole)
                let formats = isDigested ? whole.formats.filter { $0 != .text } : whole.formats
                guard !formats.isEmpty else { continue }
                let part = Addressee(department: department, formats: formats)
                notices.append(notice(of: change, to: part, sequence: number(), circumstances))
            }
        }
        for place in places {
            guard let all = byPlace[place], let first = all.first, isDigested(first, addressee(place.department)) else {
                continue
            }
            notices.append(
                digest(of: all, verdicts(place.job), for: place.department, sequence: number(), circumstances(first))
            )
        }
        return notices
    }
}

/// What one digest can tell of, and to whom.
private struct DigestPlace: Hashable {
    let job: String
    let department: String
}
