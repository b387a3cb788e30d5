// Counts of sentinels, calls and the like: what is unusual today, who has not reported, and how often the method calls.

package import Almanac
import Diagnostics
package import Records

/// Judges each site's counts of one day against the days before.
package struct Surveillance: Check {
    /// What is counted, which notices call by its own words.
    package enum Counted: String, Sendable, CaseIterable {
        /// People who come to a clinic or a sentinel.
        case visits
        /// Calls to the police, by kind.
        case calls
    }

    /// What a job sets.
    package struct Parameters: Sendable, Hashable {
        package var detector: Detector
        package var counted = Counted.visits
        /// How many days after a day its counts are judged.
        package var reportLag = 1
        /// From how many days on without a report a site is late.
        package var lateAfter = 2
        /// Whether the share of all visits is judged, where a site reports those.
        package var usesShare = false
        /// How many alarms a week all sites together may give before the method is called noisy; `nil` for no budget.
        package var noiseBudget: ExactDecimal?
        /// By which days sites rest that are closed on rest days; weekends, when there is none.
        package var calendar: WorkingDayCalendar?

        package init(detector: Detector) { self.detector = detector }
    }

    static let roles = [
        TableRole(
            name: "sites",
            needs: [
                .init("site", .text), .init("site_name", .text, essential: false),
                .init("series", .text, essential: false), .init("series_name", .text, essential: false),
                .init("rest_days_closed", .flag, essential: false), .init("weekday_split", .flag, essential: false),
                .init("since", .date, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "counts",
            needs: [
                .init("site", .text), .init("date", .date), .init("count", .decimal),
                .init("series", .text, essential: false), .init("total", .decimal, essential: false),
                .init("status", .text, essential: false),
            ],
            datedBy: "date"
        ),
    ]

    /// A site's series, as the register names it.
    struct Site: Sendable {
        let code: String
        let name: String
        let series: String
        let seriesName: String
        let restsOnRestDays: Bool
        let splitsWeek: Bool
        let since: CivilDate?
        let source: RowReference

        var subject: String { series.isEmpty ? code : "\(code)/\(series)" }
        var fullName: String { seriesName.isEmpty ? name : "\(name) \(seriesName)" }
    }

    let parameters: Parameters
    private let sitesMap: ColumnMap
    private let countsMap: ColumnMap
    let period: Period
    let asOf: CivilDate
    private(set) var sites: [Site] = []
    private var places: [String: Int] = [:]
    private(set) var series: [CountSeries] = []
    private(set) var isAwaitingFirstFile = false
    package private(set) var complaints = RowComplaints()

    init(_ parameters: Parameters, sites: ColumnMap, counts: ColumnMap, period: Period, asOf: CivilDate) {
        self.parameters = parameters
        sitesMap = sites
        countsMap = counts
        self.period = period
        self.asOf = min(asOf, period.last)
    }

    package mutating func awaitFirstTable(role: Int) { if role == 1 { isAwaitingFirstFile = true } }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        if role == 0 { enter(row) } else { count(row) }
    }

    private mutating func enter(_ row: borrowing Row) {
        guard let code = sitesMap.text("site", of: row) else {
            return complaints.nameless("site", key: "site", at: row.reference)
        }
        let site = Site(
            code: code,
            name: sitesMap.text("site_name", of: row) ?? code,
            series: sitesMap.text("series", of: row) ?? "",
            seriesName: sitesMap.text("series_name", of: row) ?? sitesMap.text("series", of: row) ?? "",
            restsOnRestDays: sitesMap.cell("rest_days_closed", of: row) == .flag(true),
            splitsWeek: sitesMap.cell("weekday_split", of: row) == .flag(true),
            since: sitesMap.cell("since", of: row).date,
            source: row.reference
        )
        guard places[site.subject] == nil else { return complaints.twice("site", site.subject, at: row.reference) }
        places[site.subject] = sites.count
        sites.append(site)
        series.append(CountSeries())
    }

    private mutating func count(_ row: borrowing Row) {
        let code = countsMap.text("site", of: row) ?? ""
        let name = countsMap.text("series", of: row) ?? ""
        let subject = name.isEmpty ? code : "\(code)/\(name)"
        guard let place = places[subject] else {
            guard !row.isRejected else { return }
            return complaints.unknown("site", subject, at: row.reference, known: places.keys)
        }
        guard let day = countsMap.cell("date", of: row).date, day <= asOf else { return }
        if countsMap.text("status", of: row) == Self.closed { return series[place].close(on: day) }
        guard let count = countsMap.cell("count", of: row).decimal, !count.isNegative, !row.isRejected,
            row.contradicted == nil
        else { return series[place].lose(day, at: row.reference) }
        let report = CountSeries.Report(
            count: count,
            total: countsMap.cell("total", of: row).decimal,
            source: row.reference
        )
        if let earlier = series[place].reports[day] {
            guard earlier.count == report.count, earlier.total == report.total else {
                complaints.contradicts(earlier.source, at: row.reference)
                return series[place].lose(day, at: row.reference)
            }
            return complaints.repeated(at: row.reference, of: earlier.source)
        }
        guard series[place].unusable[day] == nil else { return }
        series[place].report(report, on: day)
    }

    /// The status of a day on which a site was closed; how offices write it, the feed says.
    static let closed = "closed"
}
