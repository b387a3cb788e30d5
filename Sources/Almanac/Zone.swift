// Time zones as values: what the clocks of a place show at each instant, from bytes that the caller has read.

package import Diagnostics

/// The clocks of one place, past and future.
package struct Zone: Sendable {
    /// The name in the time zone database: `Asia/Shanghai`.
    package let name: String

    /// Seconds since 1970 UTC at which each stretch of constant offset begins; the first has no beginning.
    private let starts: [Int64]
    /// Seconds ahead of UTC in each stretch.
    private let offsets: [Int64]
    private let abbreviations: [String]
    private let smallestOffset: Int64
    private let largestOffset: Int64
    /// From here on the clocks repeat themselves every 400 years, as the Gregorian calendar does.
    private let cycleEnd: Int64

    private static let cycle: Int64 = 146_097 * 86_400

    /// Coordinated Universal Time, which needs no file.
    package static let utc = Zone(
        name: "UTC",
        first: LocalTimeType(utcOffset: 0, abbreviation: "UTC"),
        changes: [],
        cycleEnd: .max
    )

    /// Reads a time zone file (RFC 9636, versions 1 to 4); hostile bytes are refused with a reason.
    package init(name: String, tzif bytes: [UInt8]) throws(Diagnostic) {
        let file: TimeZoneFile
        do { file = try TimeZoneFile(bytes) } catch {
            var located = error
            located.key = name
            throw located
        }
        guard let rule = file.rule else {
            self.init(name: name, first: file.first, changes: file.changes, cycleEnd: .max)
            return
        }
        // The rule is written out for one full cycle of the calendar, so that every later question is one search.
        let last = file.changes.last?.seconds
        let firstYear = last.map { Instant(seconds: $0).civil(utcOffset: 0).date.year } ?? 1
        let generated = rule.changes(years: firstYear...firstYear + 402).filter { $0.seconds > last ?? .min }
        let settled = rule.summer == nil && file.changes.isEmpty
        self.init(
            name: name,
            first: settled ? rule.standard : file.first,
            changes: file.changes + generated,
            cycleEnd: rule.summer == nil
                ? .max : Int64(CivilDate.days(year: firstYear + 402, month: 1, day: 1)) * 86_400
        )
    }

    private init(
        name: String,
        first: LocalTimeType,
        changes: [(seconds: Int64, type: LocalTimeType)],
        cycleEnd: Int64
    ) {
        var starts = [Int64.min]
        var types = [first]
        for change in changes {
            if change.seconds == starts[starts.count - 1] { types[types.count - 1] = change.type; continue }
            starts.append(change.seconds)
            types.append(change.type)
        }
        self.name = name
        self.starts = starts
        self.offsets = types.map { Int64($0.utcOffset) }
        self.abbreviations = types.map(\.abbreviation)
        self.smallestOffset = types.reduce(Int64.max) { min($0, Int64($1.utcOffset)) }
        self.largestOffset = types.reduce(Int64.min) { max($0, Int64($1.utcOffset)) }
        self.cycleEnd = cycleEnd
    }

    /// Seconds that the clocks are ahead of UTC at that instant.
    package func utcOffset(at instant: Instant) -> Int {
        let seconds = instant.seconds
        return Int(offsets[stretch(at: seconds - shift(of: seconds))])
    }

    /// What the clocks' time is called at that instant: `CST`, `CEST`, `+0330`.
    package func abbreviation(at instant: Instant) -> String {
        let seconds = instant.seconds
        return abbreviations[stretch(at: seconds - shift(of: seconds))]
    }

    /// What the clocks show at that instant.
    package func civil(at instant: Instant) -> CivilDateTime { instant.civil(utcOffset: utcOffset(at: instant)) }

    /// The instant in RFC 3339 with the offset in force, cut to the second.
    package func rfc3339(_ instant: Instant) -> String { instant.rfc3339(utcOffset: utcOffset(at: instant)) }

    /// What a reading of the clocks stands for.
    package enum Mapping: Sendable, Equatable {
        /// The clocks showed it at that instant only.
        case one(Instant)
        /// The clocks were set forward over it; `end` is the first instant after the jump.
        case gap(end: Instant)
        /// The clocks were set back and showed it twice.
        case overlap(first: Instant, second: Instant)
    }

    /// The instants at which the clocks show that.
    package func mapping(of civil: CivilDateTime) -> Mapping {
        let local = Int64(civil.date.daysSinceEpoch) * 86_400 + civil.microsecondOfDay / 1_000_000
        let shift = shift(of: local)
        let reading = local - shift
        let from = stretch(at: reading - largestOffset)
        // Whatever the offset, the answer lies in the stretches between these two bounds; nearly always in one.
        guard from + 1 < starts.count, starts[from + 1] <= reading - smallestOffset else {
            return .one(civil.instant(utcOffset: Int(offsets[from])))
        }
        var first: Instant?
        var index = from
        while index < starts.count, starts[index] <= reading - smallestOffset {
            let seconds = reading - offsets[index]
            if seconds >= starts[index], index + 1 == starts.count || seconds < starts[index + 1] {
                let instant = civil.instant(utcOffset: Int(offsets[index]))
                if let first { return .overlap(first: first, second: instant) }
                first = instant
            }
            index += 1
        }
        if let first { return .one(first) }
        var end = from + 1
        while end + 1 < starts.count, starts[end] + offsets[end] <= reading { end += 1 }
        return .gap(end: Instant(seconds: starts[end] + shift))
    }

    /// The last microsecond of that civil day.
    ///
    /// Where the clocks showed it twice the second time counts; where they skipped it, the last one before the jump.
    package func endOfDay(_ date: CivilDate) -> Instant {
        switch mapping(of: CivilDateTime(date: date, microsecondOfDay: 86_399_999_999)) {
        case .one(let instant), .overlap(_, let instant): instant
        case .gap(let end): Instant(microseconds: end.microseconds - 1)
        }
    }

    /// The first instant of that civil day; of a day that was skipped, the first instant after it.
    package func startOfDay(_ date: CivilDate) -> Instant {
        switch mapping(of: CivilDateTime(date: date)) {
        case .one(let instant), .overlap(let instant, _): instant
        case .gap(let end): end
        }
    }

    /// Since when the clocks have gone as they do at that instant; `nil` when they never went otherwise.
    func beginningOfStretch(at instant: Instant) -> Instant? {
        let shift = shift(of: instant.seconds)
        let start = starts[stretch(at: instant.seconds - shift)]
        return start == .min ? nil : Instant(seconds: start + shift)
    }

    /// When the clocks are next set after that instant; `nil` when they never are again.
    ///
    /// What is set may be the name or the season alone, so that they go on as before.
    package func nextChange(after instant: Instant) -> Instant? {
        let shift = shift(of: instant.seconds)
        let next = stretch(at: instant.seconds - shift) + 1
        if next < starts.count { return Instant(seconds: starts[next] + shift) }
        return cycleEnd == .max ? nil : Instant(seconds: cycleEnd + shift)
    }

    /// The stretch that holds those seconds since 1970 UTC.
    private func stretch(at seconds: Int64) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= seconds { low = middle } else { high = middle }
        }
        return low
    }

    /// Whole cycles of the calendar to go back, in seconds, to reach the years that are written out.
    private func shift(of seconds: Int64) -> Int64 {
        seconds < cycleEnd ? 0 : ((seconds - cycleEnd) / Self.cycle + 1) * Self.cycle
    }
}

extension Zone: Hashable {
    package static func == (left: Zone, right: Zone) -> Bool {
        left.name == right.name && left.starts == right.starts && left.offsets == right.offsets
            && left.abbreviations == right.abbreviations && left.cycleEnd == right.cycleEnd
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
