// Reading the components of a calendar event: numbers, items, and their check against the field they stand in.

import Diagnostics

/// A component as it was written, before anybody knows which field it belongs to.
struct WrittenComponent {
    struct Item {
        var value: CalendarItem
        /// Where it stands, as an offset in bytes.
        let offset: Int
    }

    /// None stands for `*`.
    var items: [Item] = []

    /// Years of two digits mean 1970 to 2069.
    var withFullYears: WrittenComponent {
        func full(_ year: Int) -> Int {
            switch year {
            case 0..<70: year + 2000
            case 70..<100: year + 1900
            default: year
            }
        }
        var copy = self
        for index in copy.items.indices {
            let value = copy.items[index].value
            copy.items[index].value = CalendarItem(
                first: full(value.first),
                last: value.last.map(full),
                step: value.step
            )
        }
        return copy
    }
}

extension CalendarEventParser {
    /// The most items that systemd reads in one component.
    private static let mostItems = 241

    /// Reads `*`, or items joined by commas.
    mutating func items(isSecond: Bool) throws(Malformed) -> WrittenComponent {
        if peek == "*" {
            position += 1
            if let next = peek, next == "/" || next == "," || next == "." {
                throw malformed(
                    "* stands alone",
                    found: String(next),
                    remedy: next == "/" ? "write 0/5 for every fifth from 0, or 1/5 from 1" : "list the values"
                )
            }
            let all = WrittenComponent.Item(value: CalendarComponent.everySecond.items[0], offset: position - 1)
            return WrittenComponent(items: isSecond ? [all] : [])
        }
        var component = WrittenComponent()
        repeat {
            if !component.items.isEmpty { position += 1 }
            guard component.items.count < Self.mostItems else {
                throw malformed("more than \(Self.mostItems) items", remedy: "write ranges or steps")
            }
            component.items.append(try item(isSecond: isSecond))
        } while peek == ","
        return component
    }

    /// Reads `a`, `a/r`, `a..b` or `a..b/r`.
    private mutating func item(isSecond: Bool) throws(Malformed) -> WrittenComponent.Item {
        let start = position
        var item = CalendarItem(first: try number(isSecond: isSecond), last: nil, step: 0)
        let unit = isSecond ? 1_000_000 : 1
        if peek == ".", position + 1 < end, bytes[position + 1] == UInt8(ascii: ".") {
            position += 2
            item.last = try number(isSecond: isSecond)
            item.step = unit
        }
        if peek == "/" {
            position += 1
            let stepStart = position
            item.step = try number(isSecond: isSecond)
            guard item.step > 0 else {
                throw malformed("a step of 0 goes nowhere", at: stepStart, found: word(stepStart..<position))
            }
        } else if isSecond, let last = item.last, item.first + unit > last {
            throw malformed(
                "the range holds no full second after its first",
                at: start,
                found: word(start..<position),
                remedy: "write a step, such as /0.1"
            )
        }
        if let next = peek, !" ,-~:".contains(next) {
            throw malformed("this cannot follow a number", found: String(next), expected: "one of , .. / - ~ :")
        }
        return WrittenComponent.Item(value: item, offset: start)
    }

    /// Reads a number; of seconds in microseconds, rounded half up from the seventh decimal.
    mutating func number(isSecond: Bool, limit: Int = Int(Int32.max)) throws(Malformed) -> Int {
        let start = position
        guard let first = peek, first.isASCII, first.isNumber else { throw missingNumber() }
        var value = digits(limit: limit)
        if isSecond {
            value = min(value, limit) * 1_000_000
            if peek == ".", position + 1 < end, bytes[position + 1] != UInt8(ascii: ".") {
                position += 1
                value += try fraction()
            }
        }
        guard value <= limit else {
            throw malformed("the number is too large", at: start, found: word(start..<position))
        }
        return value
    }

    /// Reads digits; what exceeds the limit is read on but no longer counted, so that nothing overflows.
    private mutating func digits(limit: Int) -> Int {
        var value = 0
        while position < end, isDigit(bytes[position]) {
            if value <= limit { value = value * 10 + Int(bytes[position] - UInt8(ascii: "0")) }
            position += 1
        }
        return value
    }

    private mutating func fraction() throws(Malformed) -> Int {
        guard position < end, isDigit(bytes[position]) else { throw missingNumber() }
        var value = 0
        for place in 0..<6 {
            value *= 10
            guard position < end, isDigit(bytes[position]) else { continue }
            value += Int(bytes[position] - UInt8(ascii: "0"))
            position += 1
            if place == 5, position < end, (UInt8(ascii: "5")...UInt8(ascii: "9")).contains(bytes[position]) {
                value += 1
            }
        }
        while position < end, isDigit(bytes[position]) { position += 1 }
        return value
    }

    private func missingNumber() -> Malformed {
        let found = rest.map { String($0.prefix { $0 != " " }) }
        return malformed(
            "a number is missing",
            found: found,
            expected: "a number or *",
            remedy: position == 0 ? found.flatMap { suggestion(for: $0, among: CalendarEventParts.shorthands) } : nil
        )
    }

    /// The component in normal form, if all of its items lie in that field.
    func component(_ written: WrittenComponent, as field: CalendarField) throws(Malformed) -> CalendarComponent {
        var items: [CalendarItem] = []
        for item in written.items {
            let normalized = item.value.normalized
            if let fault = normalized.fault(in: field) {
                throw malformed(
                    Self.problem(fault, in: field),
                    at: item.offset,
                    found: text(at: item.offset),
                    expected: "\(field.name == "hour" ? "an" : "a") \(field.name) from \(field.writtenBounds)"
                )
            }
            items.append(normalized)
        }
        return CalendarComponent(items: items).normalized(for: field)
    }

    private static func problem(_ fault: CalendarItem.Fault, in field: CalendarField) -> String {
        switch fault {
        case .firstOutOfBounds: "no such \(field.name)"
        case .lastOutOfBounds: "the range ends at no \(field.name)"
        case .backwards: "the range runs backwards"
        case .stepTooLong: "the step leads out of the field at once"
        }
    }

    /// The item that begins there, for messages.
    private func text(at offset: Int) -> String {
        String(decoding: bytes[offset..<end].prefix { !" ,-~:".utf8.contains($0) }, as: UTF8.self)
    }
}
