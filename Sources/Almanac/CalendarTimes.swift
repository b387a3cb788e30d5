// The times of day at which a calendar event elapses.

/// A set of times of day by hour, minute and second.
struct CalendarTimes: Sendable {
    private let hours: UInt64
    private let minutes: UInt64
    /// In microseconds of the minute: too many values for bits, so the items answer by division.
    private let seconds: [CalendarItem]
    private let firstOfMinute: Int
    private let firstOfHour: Int
    /// The first time, in microseconds since midnight.
    let firstOfDay: Int64

    private static let minute = 60_000_000
    private static let hour = 60 * minute

    init(_ parts: CalendarEventParts) {
        self.hours = parts.hour.mask(for: .hour)
        self.minutes = parts.minute.mask(for: .minute)
        self.seconds = parts.second.items
        self.firstOfMinute = parts.second.items.reduce(.max) { min($0, $1.first) }
        self.firstOfHour = minutes.trailingZeroBitCount * Self.minute + firstOfMinute
        self.firstOfDay = Int64(hours.trailingZeroBitCount * Self.hour + firstOfHour)
    }

    /// How many times a day has, counted up to a limit only.
    func count(upTo limit: Int) -> Int {
        var ofMinute = 0
        var last = -1
        while ofMinute < limit, let second = firstSecond(from: last + 1) {
            ofMinute += 1
            last = second
        }
        return min(limit, hours.nonzeroBitCount * minutes.nonzeroBitCount * ofMinute)
    }

    /// The first of the times that is not before that one, in microseconds since midnight.
    func first(from time: Int64) -> Int64? {
        let (hour, restOfHour) = Int(time).quotientAndRemainder(dividingBy: Self.hour)
        let hoursLeft = hours.members(from: hour)
        guard hoursLeft != 0 else { return nil }
        if hoursLeft.trailingZeroBitCount > hour {
            return Int64(hoursLeft.trailingZeroBitCount * Self.hour + firstOfHour)
        }
        let (minute, restOfMinute) = restOfHour.quotientAndRemainder(dividingBy: Self.minute)
        let minutesLeft = minutes.members(from: minute)
        if minutesLeft.trailingZeroBitCount == minute, let second = firstSecond(from: restOfMinute) {
            return Int64(hour * Self.hour + minute * Self.minute + second)
        }
        let laterMinutes = minutesLeft.members(from: minute + 1)
        if laterMinutes != 0 {
            return Int64(hour * Self.hour + laterMinutes.trailingZeroBitCount * Self.minute + firstOfMinute)
        }
        let laterHours = hoursLeft.members(from: hour + 1)
        return laterHours == 0 ? nil : Int64(laterHours.trailingZeroBitCount * Self.hour + firstOfHour)
    }

    /// The last of the times that is not after that one, in microseconds since midnight; −1 stands before all.
    func last(through time: Int64) -> Int64? {
        guard time >= 0 else { return nil }
        let (hour, restOfHour) = Int(time).quotientAndRemainder(dividingBy: Self.hour)
        let (minute, restOfMinute) = restOfHour.quotientAndRemainder(dividingBy: Self.minute)
        if hours.members(from: hour).members(through: hour) != 0 {
            let start = hour * Self.hour
            if minutes.members(from: minute).members(through: minute) != 0,
                let second = lastSecond(through: restOfMinute)
            {
                return Int64(start + minute * Self.minute + second)
            }
            if let end = lastTime(in: minutes.members(through: minute - 1)) { return Int64(start + end) }
        }
        let earlier = hours.members(through: hour - 1)
        guard earlier != 0, let end = lastTime(in: minutes) else { return nil }
        return Int64(earlier.highestMember * Self.hour + end)
    }

    /// The last time in those minutes of an hour, in microseconds of the hour.
    private func lastTime(in minutes: UInt64) -> Int? {
        guard minutes != 0, let second = lastSecond(through: Self.minute - 1) else { return nil }
        return minutes.highestMember * Self.minute + second
    }

    private func lastSecond(through maximum: Int) -> Int? {
        seconds.compactMap { $0.value(through: min(maximum, CalendarField.second.bounds.upperBound)) }.max()
    }

    private func firstSecond(from minimum: Int) -> Int? {
        var result: Int?
        for item in seconds {
            guard let value = item.value(from: minimum, upTo: CalendarField.second.bounds.upperBound) else { continue }
            result = min(result ?? value, value)
        }
        return result
    }
}
