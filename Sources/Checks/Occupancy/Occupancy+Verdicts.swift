// The verdicts on beds: how full, how soon full, enough intensive care, and whether referrals are taken.

import Almanac
import Records

extension Occupancy {
    package mutating func finish() -> [Assessment] {
        hospitals.flatMap { hospital in
            parameters.indicators.flatMap { indicator in
                switch indicator {
                case .occupancy:
                    hospital.censuses.isEmpty
                        ? [unreported(hospital, .occupancy)]
                        : hospital.censuses.keys.sorted().map { occupancy(hospital, $0) }
                case .icu: [intensiveCare(hospital)]
                case .referral: [referral(hospital)]
                }
            }
        }
    }

    private func unreported(_ hospital: Hospital, _ indicator: Indicator) -> Assessment {
        assessment(
            hospital,
            nil,
            indicator,
            .unknown,
            Facts(["hospital": .text(hospital.name)]),
            [Gap(isAwaitingFirstFile ? .awaitingFirstFile : .noRow, period.label)],
            []
        )
    }

    private func isStale(_ day: CivilDate) -> Bool { day.days(to: asOf) > parameters.staleAfterDays }

    /// What keeps a census from being believed.
    private func gaps(of census: Census) -> [Gap] {
        if isStale(census.day) { return [Gap(.stale, "\(census.day)")] }
        if census.isContradicted { return [Gap(.conflicting, "occupied", at: census.source)] }
        var gaps: [Gap] = []
        for (name, cell) in [("open_beds", census.open), ("occupied", census.occupied)] where cell.decimal == nil {
            gaps.append(Gap(Gap.Reason(cell), name, at: census.source))
        }
        return gaps
    }

    private func occupancy(_ hospital: Hospital, _ kind: String) -> Assessment {
        let all = hospital.censuses[kind] ?? []
        guard let census = all.last else { return unreported(hospital, .occupancy) }
        let gaps = gaps(of: census)
        var facts = Facts([
            "hospital": .text(hospital.name), "kind": .text(kind), "date": .date(census.day),
            "openBeds": census.open.decimal.map(Facts.Value.decimal),
            "occupied": census.occupied.decimal.map(Facts.Value.decimal),
        ])
        var state = Assessment.State.unknown
        if let open = census.open.decimal, let occupied = census.occupied.decimal,
            let share = Ratio(occupied, by: open)?.times(ExactDecimal(100))
        {
            facts["occupancy"] = share.rounded(1).map(Facts.Value.decimal)
            facts["warnAt"] = .decimal(parameters.warnPercent)
            facts["criticalAt"] = .decimal(parameters.criticalPercent)
            state =
                share >= Ratio(parameters.criticalPercent)
                ? .critical : share >= Ratio(parameters.warnPercent) ? .warning : .ok
            if let net = netAdmissions(all), let days = daysToFull(open, occupied, net) {
                facts["netAdmissions"] = net.rounded(2)?.trimmed.fact
                facts["daysToFull"] = days.rounded(1)?.fact
                facts["fullWithin"] = .integer(parameters.fullWithinDays)
                if days < Ratio(ExactDecimal(parameters.fullWithinDays)), state == .ok { state = .warning }
            }
        }
        if !gaps.isEmpty { state = .unknown }
        return assessment(hospital, kind, .occupancy, state, facts, gaps, [census.source])
    }

    /// The mean of a day's admissions less discharges over the days that report both.
    private func netAdmissions(_ all: [Census]) -> Ratio? {
        guard let last = all.last?.day else { return nil }
        let recent = all.filter { $0.day.days(to: last) < parameters.trendDays && !$0.isContradicted }
        let nets = recent.compactMap { census in
            census.admissions.flatMap { admissions in census.discharges.flatMap { admissions.subtracting($0) } }
        }
        return nets.total.flatMap { Ratio($0, by: ExactDecimal(nets.count)) }
    }

    /// In how many days the free beds are taken; `nil` where they become no fewer.
    private func daysToFull(_ open: ExactDecimal, _ occupied: ExactDecimal, _ net: Ratio) -> Ratio? {
        guard let free = open.subtracting(occupied), !free.isNegative, ExactDecimal(0) < net.numerator else {
            return nil
        }
        return Ratio(free).divided(by: net)
    }

    private func intensiveCare(_ hospital: Hospital) -> Assessment {
        let latest = hospital.censuses.keys.sorted().compactMap { hospital.censuses[$0]?.last }.filter {
            !isStale($0.day) && !$0.isContradicted
        }
        guard let day = latest.map(\.day).max(), let intensive = hospital.censuses[Self.intensive]?.last else {
            return unreported(hospital, .icu)
        }
        var gaps = hospital.censuses.keys.sorted().flatMap { kind in
            hospital.censuses[kind]?.last.map { self.gaps(of: $0) } ?? []
        }
        let open = latest.compactMap(\.open.decimal).total ?? ExactDecimal(0)
        let convertible = latest.compactMap(\.convertible).total
        var facts = Facts([
            "hospital": .text(hospital.name), "date": .date(day), "openBeds": .decimal(open),
            "icuBeds": intensive.open.decimal?.fact,
            "convertibleBeds": convertible.flatMap {
                $0.isZero && !latest.contains { $0.convertible != nil } ? nil : $0.fact
            },
        ])
        var isShort = false
        var citations: [String] = []
        let measures: [(BedRule.Kind, String, ExactDecimal?)] = [
            (.icuShare, "icu", intensive.open.decimal),
            (.convertibleShare, "convertible", facts["convertibleBeds"] == nil ? nil : convertible),
        ]
        for (kind, name, beds) in measures {
            guard let rule = rules.last(where: { $0.kind == kind && $0.isInForce(on: asOf) }) else { continue }
            facts["\(name)Required"] = .decimal(rule.percent)
            citations.append(rule.citation)
            guard let beds, let share = Ratio(beds, by: open)?.times(ExactDecimal(100)) else {
                gaps.append(Gap(.blank, name == "icu" ? "open_beds" : "convertible", at: intensive.source))
                continue
            }
            facts["\(name)Share"] = share.rounded(2)?.trimmed.fact
            let isBelow = share < Ratio(rule.percent)
            if isBelow {
                let needed = Ratio(open, by: ExactDecimal(100))?.times(rule.percent)
                facts["\(name)Short"] = needed.flatMap { $0.minus(Ratio(beds)) }?.roundedUp?.fact
            }
            isShort = isShort || isBelow
        }
        if !citations.isEmpty { facts["basis"] = .text(citations.joined(separator: "；")) }
        let state: Assessment.State = gaps.isEmpty ? (isShort ? .warning : .ok) : .unknown
        return assessment(hospital, nil, .icu, state, facts, gaps, latest.map(\.source))
    }

    private func referral(_ hospital: Hospital) -> Assessment {
        let days = Set(hospital.censuses.values.joined().map(\.day))
        guard let last = days.max() else { return unreported(hospital, .referral) }
        let recent = hospital.censuses.keys.sorted().flatMap { hospital.censuses[$0] ?? [] }
            .filter { $0.day.days(to: last) < parameters.trendDays && !$0.isContradicted && $0.referrals != nil }
        let asked = recent.compactMap(\.referrals).total ?? ExactDecimal(0)
        let accepted = recent.compactMap(\.accepted).total ?? ExactDecimal(0)
        let wait = recent.filter { $0.day == last }.compactMap(\.waitHours).max()
        var gaps: [Gap] = isStale(last) ? [Gap(.stale, "\(last)")] : []
        if recent.isEmpty { gaps.append(Gap(.noRow, "referrals")) }
        gaps += recent.filter { $0.accepted == nil }.map { Gap(.blank, "accepted", at: $0.source) }
        var facts = Facts([
            "hospital": .text(hospital.name), "date": .date(last), "days": .integer(parameters.trendDays),
            "referrals": asked.fact, "accepted": accepted.fact, "waitHours": wait?.fact,
            "acceptanceRequired": parameters.acceptancePercent?.fact, "waitAllowed": parameters.waitHours?.fact,
        ])
        let share = Ratio(accepted, by: asked)?.times(ExactDecimal(100))
        facts["acceptance"] = share?.rounded(1)?.fact
        let isRefused = share.flatMap { share in parameters.acceptancePercent.map { share < Ratio($0) } } ?? false
        let isLong = wait.flatMap { wait in parameters.waitHours.map { $0 < wait } } ?? false
        let state: Assessment.State = gaps.isEmpty ? (isRefused || isLong ? .warning : .ok) : .unknown
        return assessment(hospital, nil, .referral, state, facts, gaps, recent.map(\.source))
    }

    private func assessment(
        _ hospital: Hospital,
        _ kind: String?,
        _ indicator: Indicator,
        _ state: Assessment.State,
        _ facts: Facts,
        _ gaps: [Gap],
        _ source: [RowReference]
    ) -> Assessment {
        Assessment(
            subject: kind.map { "\(hospital.code)/\($0)" } ?? hospital.code,
            name: hospital.name,
            period: period,
            indicator: indicator.rawValue,
            state: state,
            facts: facts,
            gaps: gaps,
            source: source + [hospital.source]
        )
    }

    static let factNames = [
        "occupancy": FactNames([
            "hospital", "kind", "date", "openBeds", "occupied", "occupancy", "warnAt", "criticalAt", "netAdmissions",
            "daysToFull", "fullWithin",
        ]),
        "icu": FactNames([
            "hospital", "date", "openBeds", "icuBeds", "convertibleBeds", "icuRequired", "icuShare", "icuShort",
            "convertibleRequired", "convertibleShare", "convertibleShort", "basis",
        ]),
        "referral": FactNames([
            "hospital", "date", "days", "referrals", "accepted", "acceptance", "acceptanceRequired", "waitHours",
            "waitAllowed",
        ]),
    ]
}
