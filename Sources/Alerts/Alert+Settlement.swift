// What departments call settled, held against the verdicts that come after.

import Almanac

extension Alert {
    /// The departments that said the matter is settled, on a day before the one that the latest verdict is of, which still
    /// finds it bad; by name.
    ///
    /// A verdict of the same day proves nothing: the table may be on its way.
    func contradicted(_ rules: AlertBook.Rules) -> [String] {
        let said = standings.compactMapValues(\.saidSettled)
        guard !said.isEmpty, isKnown else { return [] }
        let judged = rules.zone.civil(at: asOf).date
        return said.filter { rules.zone.civil(at: $0.value).date < judged }.keys.sorted()
    }
}
