// The verdicts on a logger: what the temperature was, and whether the logger was awake.

import Almanac
import Records

extension ColdChain {
    package mutating func finish() -> [Assessment] { loggers.indices.flatMap { [temperature($0), logger($0)] } }

    private func record(_ index: Int, _ days: ClosedRange<CivilDate>) -> TemperatureRecord {
        let first = Minute(days.lowerBound, minuteOfDay: 0)
        return TemperatureRecord(
            readings[index].values.filter { $0.at >= first },
            interval: loggers[index].interval
        )
    }

    private func temperature(_ index: Int) -> Assessment {
        let logger = loggers[index]
        let record = record(index, window)
        var facts = head(logger)
        var gaps = lost[index]
        var state = Assessment.State.unknown
        var source = [logger.source]
        if let profile = profiles[logger.profile], !record.readings.isEmpty {
            let all = readings[index].values.map(\.self)
            let kinetic = profile.kinetic.flatMap { kinetic in
                TemperatureRecord(all, interval: logger.interval).kinetic(hours: kinetic.hours)
            }
            let excursions = record.excursions(beyond: profile)
            let alarms = profile.alarms.filter { record.minutes(reaching: $0) >= max(1, $0.minutes) }
            let isWarm = kinetic.flatMap { value in profile.kinetic.map { value > $0.limit } } ?? false
            state = !alarms.isEmpty || isWarm ? .critical : excursions.isEmpty ? .ok : .warning
            facts = facts.merging(measured(record, profile, excursions, alarms))
            facts["mkt"] = kinetic.map(Facts.Value.decimal)
            facts["mktLimit"] = profile.kinetic.map { .decimal($0.limit) }
            facts["mktHours"] = profile.kinetic.map { .integer($0.hours) }
            source += excursions.prefix(Self.listed).map(\.source)
            // What nobody recorded may have been anything; what was recorded and is bad stays bad.
            let silences = record.silences(from: start, until: end)
            gaps += silences.prefix(Self.listed).map { Gap(.noRow, "\($0.from) – \($0.until)") }
            if state == .ok, !gaps.isEmpty { state = .unknown }
        } else {
            gaps.append(Gap(isAwaitingFirstFile ? .awaitingFirstFile : .noRow, "\(window.upperBound)"))
        }
        return Assessment(
            subject: logger.code,
            name: logger.name,
            period: period,
            indicator: "temperature",
            state: state,
            facts: facts,
            gaps: gaps,
            source: source
        )
    }

    private static let listed = 20

    private var start: Minute { Minute(window.lowerBound, minuteOfDay: 0) }
    private var end: Minute { Minute(window.upperBound.adding(days: 1), minuteOfDay: 0) }

    private func head(_ logger: Logger) -> Facts {
        let profile = profiles[logger.profile]
        return Facts([
            "logger": .text(logger.name), "profile": .text(logger.profile),
            "profileZh": profile.map { .text($0.titleZh) }, "profileEn": profile.map { .text($0.titleEn) },
            "low": profile.map { .decimal($0.low) }, "high": profile.map { .decimal($0.high) },
            "basis": profile?.document.map(Facts.Value.text), "from": .date(window.lowerBound),
            "until": .date(window.upperBound), "interval": .integer(logger.interval),
        ])
    }

    private func measured(
        _ record: TemperatureRecord,
        _ profile: TemperatureProfile,
        _ excursions: [TemperatureRecord.Excursion],
        _ alarms: [TemperatureProfile.Alarm]
    ) -> Facts {
        let temperatures = record.readings.map(\.temperature)
        return Facts([
            "readings": .integer(temperatures.count), "lowest": temperatures.min().map(Facts.Value.decimal),
            "highest": temperatures.max().map(Facts.Value.decimal),
            "excursionCount": .integer(excursions.count),
            "excursions": excursions.isEmpty ? nil : .list(excursions.prefix(Self.listed).map(describe)),
            "degreeMinutes": .decimal(record.degreeMinutes(.above, beyond: profile.high)),
            "degreeMinutesBelow": .decimal(record.degreeMinutes(.below, beyond: profile.low)),
            "alarms": alarms.isEmpty
                ? nil
                : .list(
                    alarms.map { alarm in
                        Facts([
                            "side": .text(alarm.side.rawValue), "at": .decimal(alarm.at),
                            "mode": .text(alarm.mode.rawValue), "minutes": .integer(record.minutes(reaching: alarm)),
                            "allowed": .integer(alarm.minutes),
                        ])
                    }
                ),
        ])
    }

    private func describe(_ excursion: TemperatureRecord.Excursion) -> Facts {
        Facts([
            "side": .text(excursion.side.rawValue), "from": .text("\(excursion.from)"),
            "until": .text("\(excursion.until)"), "minutes": .integer(excursion.minutes),
            "extreme": .decimal(excursion.extreme), "row": .text(excursion.source.description),
        ])
    }

    /// Whether the logger recorded without a break.
    private func logger(_ index: Int) -> Assessment {
        let logger = loggers[index]
        let record = record(index, window)
        let silences = record.silences(from: start, until: end)
        let minutes = silences.reduce(0) { $0 + $1.from.minutes(to: $1.until) }
        var facts = head(logger)
        facts["readings"] = .integer(record.readings.count)
        facts["last"] = readings[index].keys.max().map { .text("\($0)") }
        facts["silentMinutes"] = .integer(minutes)
        if !silences.isEmpty {
            facts["silences"] = .list(
                silences.prefix(Self.listed).map { silence in
                    Facts(["from": .text("\(silence.from)"), "until": .text("\(silence.until)")])
                }
            )
        }
        return Assessment(
            subject: logger.code,
            name: logger.name,
            period: period,
            indicator: "logger",
            state: isAwaitingFirstFile ? .unknown : silences.isEmpty ? .ok : .warning,
            facts: facts,
            gaps: isAwaitingFirstFile ? [Gap(.awaitingFirstFile, "readings")] : [],
            source: [logger.source]
        )
    }

    private static let shared = [
        "logger", "profile", "profileZh", "profileEn", "low", "high", "basis", "from", "until", "interval", "readings",
    ]

    static let factNames = [
        "temperature": FactNames(
            shared + [
                "lowest", "highest", "excursionCount", "degreeMinutes", "degreeMinutesBelow", "mkt", "mktLimit",
                "mktHours",
            ],
            lists: [
                "excursions": ["side", "from", "until", "minutes", "extreme", "row"],
                "alarms": ["side", "at", "mode", "minutes", "allowed"],
            ]
        ),
        "logger": FactNames(shared + ["last", "silentMinutes"], lists: ["silences": ["from", "until"]]),
    ]
}
