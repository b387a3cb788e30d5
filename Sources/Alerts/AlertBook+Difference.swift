// What one step has changed in the book, so that a ledger can keep it.

import Almanac
import Checks

extension AlertBook {
    /// What has to be written so that one book becomes another.
    package struct Difference: Sendable, Hashable {
        /// Open alerts that are new or not what they were.
        package var open: [Alert] = []
        /// Alerts that are open no more, as they ended.
        package var ended: [Alert] = []
        /// Bad subjects that wait to be confirmed; `nil` for those that wait no more.
        package var candidates: [AlertKey: Confirmation?] = [:]
        /// Silences that are new or end at another time.
        package var silences: [Silence] = []
        /// Silences that have ended.
        package var endedSilences: [Silence] = []

        package init() {}

        package var isEmpty: Bool { self == Difference() }
    }

    /// What this book has that an earlier one had not.
    /// - Parameter changes: What the steps between them gave; alerts that began and ended within are found there.
    package func difference(from old: AlertBook, through changes: [Change]) -> Difference {
        var result = Difference()
        result.open = open.values.filter { old.open[$0.key] != $0 }.sorted { $0.serial < $1.serial }
        let serials = Set(open.values.map(\.serial))
        var ended: [String: Alert] = [:]
        for alert in old.open.values where !serials.contains(alert.serial) { ended[alert.serial] = alert }
        for change in changes where !serials.contains(change.alert.serial) {
            ended[change.alert.serial] = change.alert
        }
        result.ended = ended.values.sorted { $0.serial < $1.serial }
        for (key, confirmation) in candidates where old.candidates[key] != confirmation {
            result.candidates[key] = .some(confirmation)
        }
        for key in old.candidates.keys where candidates[key] == nil { result.candidates[key] = .some(nil) }
        let standing = Dictionary(old.silences.map { ($0.id, $0) }) { $1 }
        result.silences = silences.filter { standing[$0.id] != $0 }
        result.endedSilences = old.silences.filter { silence in !silences.contains { $0.id == silence.id } }
        return result
    }
}
