// Beds and referrals: how full hospitals are, in how many days they will be, and whether the way in is open.

import Almanac
import Diagnostics
package import Records

/// Judges each hospital's beds by the day's census, and its referrals.
package struct Occupancy: Check {
    /// What is judged.
    package enum Indicator: String, Sendable, CaseIterable {
        case occupancy, icu, referral
    }

    /// What a job sets.
    package struct Parameters: Sendable, Hashable {
        package var indicators: [Indicator]
        /// A census older than that many days no longer speaks for today.
        package var staleAfterDays: Int
        /// From how many percent of the staffed open beds on a ward is nearly full, and full.
        package var warnPercent = ExactDecimal(85)
        package var criticalPercent = ExactDecimal(92)
        /// Beds that will be full within that many days are reported.
        package var fullWithinDays = 3
        /// Over how many days admissions and discharges are averaged.
        package var trendDays = 7
        /// The least share of referrals that has to be accepted, in percent, and the longest wait in hours.
        package var acceptancePercent: ExactDecimal?
        package var waitHours: ExactDecimal?

        package init(indicators: [Indicator], staleAfterDays: Int) {
            self.indicators = indicators
            self.staleAfterDays = staleAfterDays
        }
    }

    static let roles = [
        TableRole(
            name: "hospitals",
            needs: [.init("hospital", .text), .init("hospital_name", .text, essential: false)],
            datedBy: nil
        ),
        TableRole(
            name: "rules",
            needs: [
                .init("kind", .text), .init("value", .decimal), .init("document", .text),
                .init("from", .date, essential: false), .init("until", .date, essential: false),
                .init("article", .text, essential: false), .init("basis", .text, essential: false),
            ],
            datedBy: nil,
            isOptional: true
        ),
        TableRole(
            name: "beds",
            needs: [
                .init("hospital", .text), .init("date", .date), .init("kind", .text), .init("open_beds", .decimal),
                .init("occupied", .decimal), .init("admissions", .decimal, essential: false),
                .init("discharges", .decimal, essential: false), .init("convertible", .decimal, essential: false),
                .init("referrals", .decimal, essential: false), .init("accepted", .decimal, essential: false),
                .init("wait_hours", .decimal, essential: false),
            ],
            datedBy: "date"
        ),
    ]

    /// One hospital's beds of one kind on one day.
    struct Census: Sendable {
        let day: CivilDate
        let open: Cell
        let occupied: Cell
        let admissions: ExactDecimal?
        let discharges: ExactDecimal?
        let convertible: ExactDecimal?
        let referrals: ExactDecimal?
        let accepted: ExactDecimal?
        let waitHours: ExactDecimal?
        let source: RowReference
        var isContradicted: Bool
    }

    /// A hospital, as the register names it, with its censuses by kind of bed, in the order of days.
    struct Hospital: Sendable {
        let code: String
        let name: String
        let source: RowReference
        var censuses: [String: [Census]] = [:]
    }

    /// The kinds of beds; how offices write them, the feed says.
    static let intensive = "icu"
    static let general = "general"

    let parameters: Parameters
    private let maps: [ColumnMap]
    let period: Period
    let asOf: CivilDate
    private(set) var hospitals: [Hospital] = []
    private var places: [String: Int] = [:]
    private(set) var rules: [BedRule] = []
    private(set) var isAwaitingFirstFile = false
    package private(set) var complaints = RowComplaints()

    init(_ parameters: Parameters, maps: [ColumnMap], period: Period, asOf: CivilDate) {
        self.parameters = parameters
        self.maps = maps
        self.period = period
        self.asOf = min(asOf, period.last)
    }

    package mutating func awaitFirstTable(role: Int) { if role == 2 { isAwaitingFirstFile = true } }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        switch role {
        case 0: enter(row)
        case 1: if let rule = BedRule(row, maps[1], &complaints) { rules.append(rule) }
        default: count(row)
        }
    }

    private mutating func enter(_ row: borrowing Row) {
        guard let code = maps[0].text("hospital", of: row) else {
            return complaints.nameless("hospital", key: "hospital", at: row.reference)
        }
        guard places[code] == nil else { return complaints.twice("hospital", code, at: row.reference) }
        places[code] = hospitals.count
        hospitals.append(
            Hospital(code: code, name: maps[0].text("hospital_name", of: row) ?? code, source: row.reference)
        )
    }

    private mutating func count(_ row: borrowing Row) {
        let columns = maps[2]
        let code = columns.text("hospital", of: row) ?? ""
        guard let place = places[code] else {
            guard !row.isRejected else { return }
            return complaints.unknown("hospital", code, at: row.reference, known: places.keys)
        }
        guard let day = columns.cell("date", of: row).date, day <= asOf else { return }
        let kind = columns.text("kind", of: row) ?? Self.general
        let census = Census(
            day: day,
            open: columns.cell("open_beds", of: row),
            occupied: columns.cell("occupied", of: row),
            admissions: columns.cell("admissions", of: row).decimal,
            discharges: columns.cell("discharges", of: row).decimal,
            convertible: columns.cell("convertible", of: row).decimal,
            referrals: columns.cell("referrals", of: row).decimal,
            accepted: columns.cell("accepted", of: row).decimal,
            waitHours: columns.cell("wait_hours", of: row).decimal,
            source: row.reference,
            isContradicted: row.isRejected || row.contradicted != nil
        )
        var all = hospitals[place].censuses[kind] ?? []
        if let twin = all.firstIndex(where: { $0.day == day }) {
            if all[twin].open == census.open, all[twin].occupied == census.occupied {
                complaints.repeated(at: row.reference, of: all[twin].source)
            } else {
                complaints.contradicts(all[twin].source, at: row.reference)
                all[twin].isContradicted = true
            }
        } else {
            all.insert(census, at: all.firstIndex { $0.day > day } ?? all.count)
        }
        hospitals[place].censuses[kind] = all
    }
}
