// What is judged of a section beside its class; the raw values are how scripts, routes and words know it.

import Almanac
import Records

/// One matter that a section is judged by.
package enum SectionIndicator: String, Sendable, CaseIterable {
    /// The period's class against the target; judged always.
    case waterClass = "class"
    /// The class of the year so far against the target.
    case yearToDate = "exceed_ytd"
    /// Level 2 of the warning rule for the Yangtze basin.
    case yangtzeLevel2 = "yangtze_l2"
    case yangtzeLevel1 = "yangtze_l1"
    /// Compliant, with an item close to the target's limit.
    case nearLimit = "near_limit"
    /// Worse than the period before, or than the same period last year.
    case deteriorated
    /// Not compliant for several periods in a row.
    case consecutive
    /// Whether the year can still end within the target.
    case annualProjection = "annual_projection"
    /// Items that the section owes are not there.
    case missing
    /// There is no row although it is due.
    case late
    /// Numbers that can hardly be right.
    case implausible
    /// A month was handed in again and says something else.
    case changed
    /// All sections together.
    case district

    /// Those that a job may choose from.
    package static let optional = allCases.filter { $0 != .waterClass }

    /// Those that look at other months than the judged ones.
    var needsHistory: Bool {
        switch self {
        case .waterClass, .nearLimit, .missing, .late: false
        default: true
        }
    }
}

extension SectionView {
    /// The verdict by one matter.
    func judge(_ indicator: SectionIndicator) -> Assessment? {
        switch indicator {
        case .waterClass: classVerdict()
        case .yearToDate: yearToDateVerdict()
        case .yangtzeLevel2: yangtzeVerdict(level: 2)
        case .yangtzeLevel1: yangtzeVerdict(level: 1)
        case .nearLimit: nearLimitVerdict()
        case .deteriorated: deteriorationVerdict()
        case .consecutive: consecutiveVerdict()
        case .annualProjection: projectionVerdict()
        case .missing: missingVerdict()
        case .late: lateVerdict()
        case .implausible: plausibilityVerdict()
        case .changed: changeVerdict()
        // Judged once for all sections.
        case .district: nil
        }
    }

    /// The verdict that nothing was to be measured, which is listed and tells nobody anything.
    func silence(_ indicator: SectionIndicator, because suspension: (reason: Gap.Reason, note: String?)) -> Assessment {
        assessment(
            indicator,
            .unknown,
            Facts(["flags": .texts(["suspended"]), "suspension": suspension.note.map(Facts.Value.text)]),
            gaps: [Gap(suspension.reason, period.label)],
            source: rows(of: current)
        )
    }
}
