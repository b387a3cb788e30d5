// Dated rules on beds, with the paper they stand in.

import Almanac
import Diagnostics
import Records

/// One edition of a rule on the share of beds.
struct BedRule: Sendable {
    /// What the share is of.
    enum Kind: String, Sendable, CaseIterable {
        /// Intensive-care beds among all open beds.
        case icuShare = "icu-share"
        /// Beds that can be turned into intensive-care beds, among all open beds.
        case convertibleShare = "convertible-share"
    }

    let kind: Kind
    let percent: ExactDecimal
    private let days: DaysInForce
    /// The paper, its clause and rank, as a notice quotes them.
    let citation: String

    init?(_ row: borrowing Row, _ columns: ColumnMap, _ complaints: inout RowComplaints) {
        let word = columns.text("kind", of: row) ?? ""
        guard let kind = Kind(rawValue: word) else {
            complaints.unknownWord(
                "unknown kind of rule, the row is not used",
                word,
                at: columns.place("kind", of: row),
                known: Kind.allCases.map(\.rawValue)
            )
            return nil
        }
        guard let percent = columns.cell("value", of: row).decimal, !percent.isNegative,
            let document = columns.text("document", of: row)
        else {
            complaints.invalid(
                "a rule needs its number and the paper that sets it, the row is not used",
                at: columns.place("value", of: row),
                expected: "a percentage, and the paper in \"document\""
            )
            return nil
        }
        self.kind = kind
        self.percent = percent
        days = DaysInForce(from: columns.cell("from", of: row).date, until: columns.cell("until", of: row).date)
        citation = [document, columns.text("article", of: row), columns.text("basis", of: row)].compactMap(\.self)
            .joined(separator: "，")
    }

    func isInForce(on day: CivilDate) -> Bool { days.contains(day) }
}
