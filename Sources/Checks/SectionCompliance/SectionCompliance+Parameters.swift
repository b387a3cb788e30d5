// What a job sets for the check of river sections.

import Almanac

/// How measurements become classes.
package enum AssessmentMode: String, Sendable, CaseIterable {
    /// The mean of the period, rounded half to even to the official decimals, is compared.
    case assessment
    /// Each sample is compared as it was read, and judged by itself.
    case realtime
}

/// Which months decide whether a section complies.
package enum AssessmentBasis: String, Sendable, CaseIterable {
    /// Those of the judged period.
    case monthly
    /// The year up to the end of the judged period.
    case yearToDate = "ytd"
    /// The year's mean, of at least eight months.
    case annual
}

extension SectionCompliance {
    /// What a job sets.
    package struct Parameters: Sendable, Hashable {
        /// The standards to choose from by the days on which they are in force; not empty.
        package var standards: [WaterQualityStandard]
        package var mode = AssessmentMode.assessment
        package var basis = AssessmentBasis.monthly
        /// What is judged beside the class, in this order.
        package var indicators: [SectionIndicator] = []
        /// From how many percent of its limit on an item is near it.
        package var nearLimitPercent = 90
        /// So many days after the end of its period a row is due.
        package var lateAfterDays = 5
        /// So many periods in a row that miss the target are critical.
        package var criticalAfter = 3
        /// For so many months a changed month is told of.
        package var changedMonths = 3
        /// Up to so many points the state of the district is unchanged, and beyond so many it is markedly another.
        package var someTrendPoints = 10
        package var markedTrendPoints = 20
        /// In realtime, whether every sample gets a verdict, or each section by its newest one.
        var reportsEachRow = false

        package init(standard: WaterQualityStandard) { standards = [standard] }

        package init(standards: [WaterQualityStandard]) { self.standards = standards }

        /// The standard in force on a day, of several the newest; when none is, the first one, whose verdicts say so.
        func standard(on day: CivilDate) -> WaterQualityStandard {
            let inForce = standards.filter { $0.isInForce(on: day) }
            return inForce.max { ($0.validFrom?.daysSinceEpoch ?? .min) < ($1.validFrom?.daysSinceEpoch ?? .min) }
                ?? standards[0]
        }

        /// Whether months before the judged ones are looked at.
        var keepsHistory: Bool { basis != .monthly || indicators.contains(where: \.needsHistory) }
    }

    /// Which periods are judged.
    enum Scope: Sendable {
        case one(Period, asOf: CivilDate)
        /// Every period of that rule of which there are rows, each as of the day on which its rows are due.
        case all(PeriodRule)
    }
}
