// How many months, sections and shares a state rests on, as a document states it. The numbers live in configuration.

package import Almanac

/// How the year's mean, a district's state and its main pollution indicators are told, as 环办〔2011〕22号 does.
package struct AssessmentMethod: Sendable, Hashable {
    /// The document, as verdicts that it does not hold for yet name it.
    package let document: String
    /// The first day on which it holds.
    package let validFrom: CivilDate
    /// Fewer months with values than this make no annual mean.
    package let leastMonthsOfYear: Int
    /// By fewer sections no share is taken; the means over the sections are then graded.
    package let leastSections: Int
    /// From how many percent of the sections with class I to III on the district is excellent, and good.
    package let excellentFrom: Int
    package let goodFrom: Int
    /// From how many percent of the sections with worse than class V on pollution is moderate, and heavy.
    package let moderateFrom: Int
    package let heavyFrom: Int
    /// So many main pollution indicators are named at most.
    package let mostPollutants: Int

    package init(
        document: String,
        validFrom: CivilDate,
        leastMonthsOfYear: Int,
        leastSections: Int,
        excellentFrom: Int,
        goodFrom: Int,
        moderateFrom: Int,
        heavyFrom: Int,
        mostPollutants: Int
    ) {
        self.document = document
        self.validFrom = validFrom
        self.leastMonthsOfYear = leastMonthsOfYear
        self.leastSections = leastSections
        self.excellentFrom = excellentFrom
        self.goodFrom = goodFrom
        self.moderateFrom = moderateFrom
        self.heavyFrom = heavyFrom
        self.mostPollutants = mostPollutants
    }

    /// The state of a district by the classes of its sections, of which there is one, counted in whole sections.
    func grade(of classes: [WaterClass]) -> WaterClass.Grade {
        let good = classes.count { $0 <= .iii } * 100
        let worst = classes.count { $0 == .worseThanV } * 100
        if good >= classes.count * excellentFrom { return .excellent }
        if good >= classes.count * goodFrom { return .good }
        if worst < classes.count * moderateFrom { return .lightPollution }
        return worst < classes.count * heavyFrom ? .moderatePollution : .heavyPollution
    }
}
