// From the history to the verdicts: of one period, or of each that there are rows of.

import Almanac
package import Records

extension SectionCompliance {
    package mutating func finish() -> [Assessment] {
        guard parameters.mode == .assessment else { return sampleVerdicts() }
        switch scope {
        case .one(let period, let asOf): return verdicts(on: period, asOf: asOf)
        case .all(let rule):
            return periodsInData(rule).flatMap { period in
                verdicts(on: period, asOf: period.last.adding(days: parameters.lateAfterDays))
            }
        }
    }

    private func periodsInData(_ rule: PeriodRule) -> [Period] {
        let months = Set(register.indices.flatMap { history.months(of: $0).map { Int(history[$0].ordinal) } })
        return Set(months.map { rule.containing(CivilMonth(ordinal: $0).firstDay) }).sorted { $0.first < $1.first }
    }

    private func verdicts(on period: Period, asOf: CivilDate) -> [Assessment] {
        let context = SectionContext(
            parameters: parameters,
            standard: standard,
            items: items,
            history: history,
            places: places,
            revisions: revisions,
            arrival: SectionArrival(register, history, period, parameters, asOf: asOf)
        )
        let views = register.indices.map { SectionView(register[$0], number: $0, context, period) }
        let classes = views.map { $0.classVerdict() }
        // A feed that never had a file keeps departments undisturbed; its sections are listed as not seen.
        let indicators = awaitsFirstTable ? [] : parameters.indicators
        var verdicts: [Assessment] = []
        for (view, verdict) in zip(views, classes) {
            verdicts.append(verdict)
            verdicts += indicators.compactMap { view.judge($0) }
        }
        if indicators.contains(.late), let late = context.arrival.verdict(period) { verdicts.append(late) }
        if indicators.contains(.district), let district = DistrictSummary(views, classes).verdict() {
            verdicts.append(district)
        }
        return verdicts
    }

    package mutating func consumeSuperseded(_ row: borrowing Row, role: Int) {
        guard role == 1, parameters.indicators.contains(.changed), !row.isRejected,
            case .month(let month)? = place.month.map({ row[$0] }), window?.contains(month.ordinal) ?? true,
            let section = knownIndex(of: row)
        else { return }
        revisions.take(
            row,
            at: places.place(of: row),
            of: section,
            in: month.ordinal,
            columns: itemColumns,
            acidity: acidity
        )
    }
}
