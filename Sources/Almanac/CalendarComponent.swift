// The parts of a calendar event (years, months, days, hours, minutes, seconds): their limits and their normal form.

/// Which part of a date or a time a component speaks of.
enum CalendarField: Sendable {
    case year, month, day, dayFromEnd, hour, minute
    /// Counted in microseconds.
    case second

    var name: String {
        switch self {
        case .year: "year"
        case .month: "month"
        case .day: "day"
        case .dayFromEnd: "day before the month's end"
        case .hour: "hour"
        case .minute: "minute"
        case .second: "second"
        }
    }

    var bounds: ClosedRange<Int> {
        switch self {
        case .year: 1970...2199
        case .month: 1...12
        case .day: 1...31
        // Every month has 28 days, so that each of these names a day in each month.
        case .dayFromEnd: 1...28
        case .hour: 0...23
        case .minute: 0...59
        case .second: 0...59_999_999
        }
    }

    /// The bounds as a person would write them.
    var writtenBounds: String {
        self == .second ? "0 to 59.999999" : "\(bounds.lowerBound) to \(bounds.upperBound)"
    }

    /// How many of the values that it counts in make one of the written unit.
    var scale: Int { self == .second ? 1_000_000 : 1 }
}

/// One item of a component: `5`, `5..9`, `5/10` or `5..9/2`.
struct CalendarItem: Sendable, Hashable, Comparable {
    var first: Int
    /// The last value; `nil` when the item is one value or runs to the field's end.
    var last: Int?
    /// The distance of the values; 0 when the item is one value.
    var step: Int

    static func < (left: CalendarItem, right: CalendarItem) -> Bool {
        (left.first, left.last ?? -1, left.step) < (right.first, right.last ?? -1, right.step)
    }

    /// The item with its end drawn in to the last value that the steps reach, and no steps where there is one value.
    var normalized: CalendarItem {
        guard let last, last >= first else { return self }
        let reached = last - (last - first) % step
        return reached == first
            ? CalendarItem(first: first, last: nil, step: 0) : CalendarItem(first: first, last: reached, step: step)
    }

    enum Fault { case firstOutOfBounds, lastOutOfBounds, backwards, stepTooLong }

    /// What is wrong with a normalized item of that field.
    func fault(in field: CalendarField) -> Fault? {
        let bounds = field.bounds
        guard bounds.contains(first) else { return .firstOutOfBounds }
        guard let last else {
            let room = field == .dayFromEnd ? first - bounds.lowerBound : bounds.upperBound - first
            return step <= room ? nil : .stepTooLong
        }
        guard bounds.contains(last) else { return .lastOutOfBounds }
        return last < first ? .backwards : nil
    }
}

/// The items of one component; none means every value.
struct CalendarComponent: Sendable, Hashable {
    var items: [CalendarItem] = []

    static let every = CalendarComponent()
    /// Every full second.
    static let everySecond = CalendarComponent(items: [CalendarItem(first: 0, last: nil, step: 1_000_000)])

    static func only(_ values: Int...) -> CalendarComponent {
        CalendarComponent(items: values.map { CalendarItem(first: $0, last: nil, step: 0) })
    }

    /// Sorted and without exact duplicates, from normalized items.
    func normalized(for field: CalendarField) -> CalendarComponent {
        if field == .second, items.contains(where: Self.everySecond.items.contains) { return .everySecond }
        var sorted: [CalendarItem] = []
        for item in items.sorted() where item != sorted.last { sorted.append(item) }
        return CalendarComponent(items: sorted)
    }

    /// The component in its normal form, with numbers of at least that many digits.
    func text(for field: CalendarField, digits: Int) -> String {
        if items.isEmpty || (field == .second && self == .everySecond) { return "*" }
        return items.map { item in
            var text = Self.number(item.first, for: field, digits: digits)
            if let last = item.last { text += "..\(Self.number(last, for: field, digits: digits))" }
            if item.step > 0, item.last == nil || item.step != field.scale {
                text += "/\(Self.number(item.step, for: field, digits: 1))"
            }
            return text
        }
        .joined(separator: ",")
    }

    private static func number(_ value: Int, for field: CalendarField, digits: Int) -> String {
        let (whole, fraction) = value.quotientAndRemainder(dividingBy: field.scale)
        return padded(whole, digits) + (fraction == 0 ? "" : ".\(padded(fraction, 6))")
    }

    /// A mask of the values in a field of at most 64, where bit 0 stands for `origin`.
    func mask(for field: CalendarField, origin: Int = 0) -> UInt64 {
        let bounds = field.bounds
        guard !items.isEmpty else {
            return bounds.reduce(0) { $0 | 1 << UInt64($1 - origin) }
        }
        return items.reduce(0) { mask, item in
            item.values(upTo: bounds.upperBound).reduce(mask) { $0 | 1 << UInt64($1 - origin) }
        }
    }
}

extension CalendarItem {
    /// The values that the item stands for, the open end closed by `end`.
    func values(upTo end: Int) -> StrideThrough<Int> {
        step == 0 ? stride(from: first, through: first, by: 1) : stride(from: first, through: last ?? end, by: step)
    }

    /// The smallest value not below `minimum`, the open end closed by `end`.
    func value(from minimum: Int, upTo end: Int) -> Int? {
        if minimum <= first { return first }
        guard step > 0 else { return nil }
        let value = first + (minimum - first + step - 1) / step * step
        return value <= last ?? end ? value : nil
    }

    /// The greatest value not above `maximum`, which also closes an open end.
    func value(through maximum: Int) -> Int? {
        guard first <= maximum else { return nil }
        return step > 0 ? first + (min(maximum, last ?? maximum) - first) / step * step : first
    }
}
