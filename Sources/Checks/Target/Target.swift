// Indicators with a target and a day: where they stand, where they should stand, where they will end.

package import Almanac
import Diagnostics
package import Records

/// Judges each indicator of the register.
package struct Target: Check {
    /// What a job sets.
    package struct Parameters: Sendable, Hashable {
        /// Required rate over recent rate, in percent: beyond the first at risk, beyond the second off track.
        package let riskRatio: Int
        package let offTrackRatio: Int
        /// By which plans count working days.
        package let calendar: WorkingDayCalendar

        package init(riskRatio: Int = 125, offTrackRatio: Int = 200, calendar: WorkingDayCalendar = .weekdays) {
            self.calendar = calendar
            self.riskRatio = riskRatio
            self.offTrackRatio = offTrackRatio
        }
    }

    static let roles = [
        TableRole(
            name: "indicators",
            needs: [
                .init("indicator", .text), .init("indicator_name", .text), .init("definition", .text),
                .init("trajectory", .text), .init("baseline", .decimal), .init("baseline_date", .date),
                .init("target", .decimal), .init("target_date", .date), .init("steps", .text, essential: false),
                .init("unit", .text, essential: false), .init("owner", .text, essential: false),
                .init("commitment", .text, essential: false), .init("amber", .decimal, essential: false),
                .init("red", .decimal, essential: false), .init("every", .text, essential: false),
                .init("least", .decimal, essential: false), .init("most", .decimal, essential: false),
                .init("latch", .flag, essential: false), .init("withdrawn", .date, essential: false),
                .init("former_target", .decimal, essential: false), .init("adjusted_by", .text, essential: false),
                .init("basis", .text, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "values",
            needs: [
                .init("indicator", .text), .init("as_of", .date), .init("value", .decimal),
                .init("done", .decimal, essential: false), .init("total", .decimal, essential: false),
                .init("definition_version", .text, essential: false), .init("reported", .date, essential: false),
            ],
            datedBy: "as_of"
        ),
    ]

    private let parameters: Parameters
    private let indicatorColumns: ColumnMap
    let valueColumns: ColumnMap
    private let period: Period
    private let asOf: CivilDate
    private var indicators: [TargetIndicator] = []
    private(set) var places: [String: Int] = [:]
    private var series: [String: TargetSeries] = [:]
    var reviewed = ReviewMemory()
    package private(set) var complaints = RowComplaints()

    /// - Parameter maps: Where the roles' columns stand, in the order of the roles.
    init(_ parameters: Parameters, maps: [ColumnMap], period: Period, asOf: CivilDate) {
        self.parameters = parameters
        indicatorColumns = maps[0]
        valueColumns = maps[1]
        self.period = period
        self.asOf = min(asOf, period.last)
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        if role == 0 {
            do throws(Diagnostic) {
                let indicator = try TargetIndicator(row, indicatorColumns, calendar: parameters.calendar)
                guard places[indicator.code] == nil else {
                    return complaints.twice("indicator", indicator.code, at: row.reference)
                }
                indicator.complain(row, indicatorColumns, to: &complaints)
                places[indicator.code] = indicators.count
                indicators.append(indicator)
            } catch {
                complaints.add(indicatorColumns.located(error, of: row))
            }
            return
        }
        let code = valueColumns.text("indicator", of: row) ?? ""
        guard places[code] != nil else {
            // Of a code that cannot be read the reader has told.
            guard !row.isRejected else { return }
            return complaints.unknown("indicator", code, at: row.reference, known: places.keys)
        }
        series[code, default: TargetSeries()].take(row, valueColumns, until: asOf)
    }

    package mutating func finish() -> [Assessment] {
        indicators.map { indicator in
            TargetStanding(indicator, series[indicator.code] ?? TargetSeries(), asOf: asOf, parameters)
                .assess(period: period)
        }
    }

    package mutating func review(_ row: borrowing Row, role: Int, _ tell: (Reject) -> Void) -> Int? {
        guard role == 1 else { return nil }
        guard !row.isRejected, row.contradicted == nil else { return 0 }
        let code = valueColumns.text("indicator", of: row) ?? ""
        guard places[code] == nil else { return 0 }
        guard !places.isEmpty else {
            if reviewed.isNews("indicators") { tell(valueColumns.nothingRegistered("indicator", of: row)) }
            return row.fileRows
        }
        let near = reviewed.nearest(to: code, among: places.keys)
        tell(valueColumns.stranger("indicator", "indicator", of: row, found: code, nearest: near))
        return row.fileRows
    }
}
