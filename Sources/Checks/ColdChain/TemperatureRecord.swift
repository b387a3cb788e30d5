// What a logger recorded: excursions, how long limits were reached, degree-minutes, mean kinetic temperature.

import Almanac
import RealModule
import Records

/// A minute of the civil calendar, in the logger's own zone.
struct Minute: Sendable, Hashable, Comparable, CustomStringConvertible {
    let sinceEpoch: Int

    init(sinceEpoch: Int) { self.sinceEpoch = sinceEpoch }

    init(_ day: CivilDate, minuteOfDay: Int) { sinceEpoch = Int(day.daysSinceEpoch) * 1440 + minuteOfDay }

    static func < (left: Minute, right: Minute) -> Bool { left.sinceEpoch < right.sinceEpoch }

    func minutes(to other: Minute) -> Int { other.sinceEpoch - sinceEpoch }
    func adding(_ minutes: Int) -> Minute { Minute(sinceEpoch: sinceEpoch + minutes) }

    /// `2024-03-05 08:30`.
    var description: String {
        let (day, minute) = sinceEpoch.quotientAndRemainder(dividingBy: 1440)
        let hours = minute / 60 < 10 ? "0\(minute / 60)" : "\(minute / 60)"
        let minutes = minute % 60 < 10 ? "0\(minute % 60)" : "\(minute % 60)"
        return "\(CivilDate(daysSinceEpoch: day)) \(hours):\(minutes)"
    }

    /// Reads the time of day `8:30`, `08:30` or `08:30:00` as minutes.
    static func ofDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
            (0..<60).contains(minute), parts.count == 2 || parts[2].map({ (0..<60).contains($0) }) ?? false
        else { return nil }
        return hour * 60 + minute
    }
}

/// The readings of one logger, in the order of time.
struct TemperatureRecord: Sendable {
    struct Reading: Sendable {
        let at: Minute
        let temperature: ExactDecimal
        let source: RowReference
    }

    /// A stretch of readings outside the limits.
    struct Excursion: Sendable {
        let side: TemperatureProfile.Alarm.Side
        let from: Minute
        var until: Minute
        /// The reading farthest from the limits.
        var extreme: ExactDecimal
        var source: RowReference

        var minutes: Int { from.minutes(to: until) }
    }

    /// A stretch of time without readings that should have some.
    struct Silence: Sendable {
        let from: Minute
        let until: Minute
    }

    let readings: [Reading]
    /// How often the logger records; a reading speaks for that long, and longer only until the next one.
    let interval: Int

    /// The activation energy of degradation divided by the gas constant, in kelvin: 83.144 kJ/mol ÷ 8.3144 J/(mol·K)
    /// (USP <1079.2> Mean Kinetic Temperature in the Evaluation of Temperature Excursions).
    private static let activation = 83.144 / 8.3144e-3
    private static let zeroCelsius = 273.15

    /// - Parameter readings: In any order, each minute once.
    init(_ readings: [Reading], interval: Int) {
        self.readings = readings.sorted { $0.at < $1.at }
        self.interval = interval
    }

    /// For how many minutes a reading speaks; a silence is nobody's.
    private func span(_ index: Int) -> Int {
        guard index + 1 < readings.count else { return interval }
        let next = readings[index].at.minutes(to: readings[index + 1].at)
        return next > 2 * interval ? interval : next
    }

    private func isSilent(after index: Int) -> Bool {
        index + 1 < readings.count && readings[index].at.minutes(to: readings[index + 1].at) > 2 * interval
    }

    func excursions(beyond profile: TemperatureProfile) -> [Excursion] {
        var found: [Excursion] = []
        var isOpen = false
        for (index, reading) in readings.enumerated() {
            let side: TemperatureProfile.Alarm.Side? =
                reading.temperature > profile.high ? .above : reading.temperature < profile.low ? .below : nil
            guard let side else {
                isOpen = false
                continue
            }
            let end = reading.at.adding(span(index))
            if isOpen, var last = found.last, last.side == side {
                last.until = end
                if side == .above ? reading.temperature > last.extreme : reading.temperature < last.extreme {
                    last.extreme = reading.temperature
                    last.source = reading.source
                }
                found[found.count - 1] = last
            } else {
                found.append(
                    Excursion(
                        side: side,
                        from: reading.at,
                        until: end,
                        extreme: reading.temperature,
                        source: reading.source
                    )
                )
            }
            isOpen = !isSilent(after: index)
        }
        return found
    }

    /// For how many minutes an alarm's limit was reached: in one stretch, or altogether.
    func minutes(reaching alarm: TemperatureProfile.Alarm) -> Int {
        var (total, longest, stretch) = (0, 0, 0)
        for (index, reading) in readings.enumerated() {
            if alarm.isReached(by: reading.temperature) {
                stretch += span(index)
                total += span(index)
                longest = max(longest, stretch)
                if isSilent(after: index) { stretch = 0 }
            } else {
                stretch = 0
            }
        }
        return alarm.mode == .single ? longest : total
    }

    /// The sum of degrees beyond a limit times minutes.
    func degreeMinutes(_ side: TemperatureProfile.Alarm.Side, beyond limit: ExactDecimal) -> ExactDecimal {
        readings.indices.reduce(ExactDecimal(0)) { sum, index in
            let temperature = readings[index].temperature
            let excess = side == .above ? temperature.subtracting(limit) : limit.subtracting(temperature)
            guard let excess, !excess.isNegative, let part = excess.multiplied(by: ExactDecimal(span(index))) else {
                return sum
            }
            return sum.adding(part) ?? sum
        }
        .trimmed
    }

    /// The mean kinetic temperature in ℃ of the hours that end with the last reading; `nil` without readings.
    ///
    /// Reckoned with the largest term taken out, so that no exponential vanishes.
    func kinetic(hours: Int) -> ExactDecimal? {
        guard let last = readings.last else { return nil }
        let start = last.at.adding(-hours * 60)
        let terms = readings.indices.filter { readings[$0].at > start }.map { index in
            (
                weight: Double(span(index)),
                exponent: -Self.activation / (readings[index].temperature.doubleValue + Self.zeroCelsius)
            )
        }
        guard let largest = terms.map(\.exponent).max() else { return nil }
        let weight = terms.reduce(0) { $0 + $1.weight }
        let sum = terms.reduce(0) { $0 + $1.weight * Double.exp($1.exponent - largest) }
        let logarithm = largest + Double.log(sum / weight)
        return ExactDecimal(nearest: Self.activation / -logarithm - Self.zeroCelsius)?.rounded(decimals: 2)
    }

    /// Where the logger said nothing for more than twice its interval, from one minute to another.
    func silences(from first: Minute, until end: Minute) -> [Silence] {
        let times = [first.adding(-interval)] + readings.map(\.at) + [end]
        return zip(times, times.dropFirst()).filter { $0.minutes(to: $1) > 2 * interval }.map { before, after in
            Silence(from: max(first, before.adding(interval)), until: after)
        }
    }
}
