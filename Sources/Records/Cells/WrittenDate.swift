// Days and months as people and Excel write them; what could be two days is none.

package import Almanac

/// What a cell says of the calendar.
enum WrittenDate {
    case day(CivilDate)
    case month(CivilMonth)
    /// Somebody wrote that there is no last day.
    case noEnd

    /// Reads a day or a month; which of them six digits are depends on what the column asks for.
    init(_ text: FoldedText, in type: ColumnType) throws(CellFlaw) {
        if type == .expiry, text.isOne(of: Self.endless) {
            self = .noEnd
            return
        }
        if let day = Self.excelDay(text) {
            self = .day(day)
            return
        }
        var text = text
        if text.isAtLetter {
            self = try Self.afterEnglishMonth(&text, in: type)
        } else if let (value, count) = text.digits() {
            switch count {
            case 1, 2: self = try Self.after(shortNumber: value, digits: count, &text, in: type)
            case 4: self = try Self.after(year: value, &text, in: type)
            case 6: self = try Self.packed(six: value, in: type)
            case 8: self = .day(try Self.day(value / 10_000, value / 100 % 100, value % 100))
            default: throw .notOfItsType
            }
        } else {
            throw .notOfItsType
        }
        guard text.isAtEnd || isDay && Self.passTime(&text) else { throw .notOfItsType }
    }

    private var isDay: Bool { if case .day = self { true } else { false } }

    private static let endless = ["长期", "长期有效", "永久", "永久有效", "无限期"]

    /// The cell of a column of that type.
    ///
    /// An expiry in a month alone is the month's last day. Where the column states the first bad day, the last good one
    /// is the day before it, and the day before a month's first day when the month stands alone.
    func cell(in type: ColumnType, isFirstBadDay: Bool) throws(CellFlaw) -> Cell {
        switch (self, type) {
        case (.day(let day), .month): .month(CivilMonth(containing: day))
        case (.month(let month), .month): .month(month)
        case (.day(let day), .expiry): .date(isFirstBadDay ? day.adding(days: -1) : day)
        case (.month(let month), .expiry): .date(isFirstBadDay ? month.firstDay.adding(days: -1) : month.lastDay)
        case (.day(let day), _): .date(day)
        case (.month, _): throw .monthAlone
        case (.noEnd, _): .date(.noEnd)
        }
    }

    /// The day of a number that Excel shows for a date, in the system that begins in 1900; the time of day is dropped.
    ///
    /// Only numbers from 30000 (1982-02-18) to 60000 (2064-04-08) are taken for one.
    private static func excelDay(_ text: FoldedText) -> CivilDate? {
        guard text.isAtDigit, text.bytes.allSatisfy({ $0 &- .zero < 10 || [.point, .plus, 0x65].contains($0) })
        else { return nil }
        var text = text
        guard let number = try? ExactDecimal(written: &text), text.isAtEnd,
            number >= ExactDecimal(30_000), number < ExactDecimal(60_001)
        else { return nil }
        let serial = Int128(number.coefficient) / powerOfTen(Int(number.scale))
        return CivilDate(daysSinceEpoch: Int(serial) - 25_569)
    }

    /// Reads what follows a year: 年 and the rest, or a separator and the rest.
    private static func after(
        year: Int,
        _ text: inout FoldedText,
        in type: ColumnType
    ) throws(CellFlaw) -> WrittenDate {
        if text.skip(mark: "年") { return try afterYearMark(year, &text) }
        guard let separator = separator(&text) else { throw .notOfItsType }
        guard let month = text.isAtLetter ? englishMonth(&text) : text.oneOrTwoDigits() else { throw .notOfItsType }
        if type != .date, text.isAtEnd, text.bytes.suffix(2).elementsEqual(".1".utf8) { throw .januaryOrOctober(year) }
        if text.isAtEnd { return .month(try self.month(year, month)) }
        guard self.separator(&text) == separator, let day = text.oneOrTwoDigits() else { throw .notOfItsType }
        return .day(try self.day(year, month, day))
    }

    private static func afterYearMark(_ year: Int, _ text: inout FoldedText) throws(CellFlaw) -> WrittenDate {
        text.skipBlanks()
        guard let month = text.oneOrTwoDigits() else { throw .notOfItsType }
        text.skipBlanks()
        guard text.skip(anyOf: ["月份", "月"]) else { throw .notOfItsType }
        text.skipBlanks()
        if text.isAtEnd { return .month(try self.month(year, month)) }
        guard let day = text.oneOrTwoDigits() else { throw .notOfItsType }
        guard text.skip(mark: "日") || text.skip(mark: "号") else { throw .notOfItsType }
        return .day(try self.day(year, month, day))
    }

    /// Reads what follows a number of one or two digits, which is a day, a month, or the end of a year.
    private static func after(
        shortNumber first: Int,
        digits: Int,
        _ text: inout FoldedText,
        in type: ColumnType
    ) throws(CellFlaw) -> WrittenDate {
        if digits == 2, text.skip(mark: "年") { return try afterYearMark(2000 + first, &text) }
        if text.skip(mark: "月") { throw (1...12).contains(first) ? .yearMissing : .noSuchMonth(first) }
        guard let separator = separator(&text) else { throw .notOfItsType }
        if text.isAtLetter {
            guard let month = englishMonth(&text) else { throw .notOfItsType }
            // "24-Jun" is a day of June, or June of a year.
            if text.isAtEnd { throw type == .month ? .unclearOrder : .yearMissing }
            guard self.separator(&text) == separator, let year = fullYear(&text) else { throw .notOfItsType }
            return .day(try day(year, month, first))
        }
        guard let (second, count) = text.digits() else { throw .notOfItsType }
        if count == 4, text.isAtEnd { return .month(try month(second, first)) }
        guard count <= 2 else { throw .notOfItsType }
        var ahead = text
        if self.separator(&ahead) == separator, let (_, count) = ahead.digits(), count <= 4 { throw .unclearOrder }
        guard text.isAtEnd || passTime(&text) else { throw .notOfItsType }
        let isDayOfYear = (1...12).contains(first) && (1...31).contains(second)
        if type == .month, !isDayOfYear || text.bytes.count <= 5 { throw .unclearOrder }
        throw isDayOfYear ? .yearMissing : .notOfItsType
    }

    /// Reads `Jun-24` and `June 2024`.
    private static func afterEnglishMonth(_ text: inout FoldedText, in type: ColumnType) throws(CellFlaw) -> WrittenDate
    {
        guard let month = englishMonth(&text), separator(&text) != nil, let (year, count) = text.digits(),
            count == 2 || count == 4
        else { throw .notOfItsType }
        // Where a day is asked for, the two digits may be it.
        guard count == 4 || type != .date else { throw .unclearOrder }
        return .month(try self.month(count == 2 ? 2000 + year : year, month))
    }

    /// Reads `202406`, and in an expiry `240630` and `240600` as on medicine boxes (GS1: year, month, day or 00).
    private static func packed(six value: Int, in type: ColumnType) throws(CellFlaw) -> WrittenDate {
        let isMonth = (1900...2099).contains(value / 100) && (1...12).contains(value % 100)
        let short = CivilMonth(year: 2000 + value / 10_000, month: value / 100 % 100)
        let isDay = (1...12).contains(short.month) && value % 100 <= short.length
        switch (isMonth, isDay) {
        case (true, true) where type == .expiry: throw .monthOrDay
        case (true, _): return .month(CivilMonth(year: value / 100, month: value % 100))
        case (false, true) where type == .expiry:
            return value % 100 == 0 ? .month(short) : .day(try day(short.year, short.month, value % 100))
        case (false, true): throw .unclearOrder
        case (false, false): throw .notOfItsType
        }
    }

    /// Passes a time of day behind a date, if that is all there is.
    private static func passTime(_ text: inout FoldedText) -> Bool {
        if text.isAtEnd { return true }
        let isApart = text.skipBlanks() || text.isAfter("日") || text.isAfter("号")
        guard text.skip("t") || isApart, let hour = text.oneOrTwoDigits(), hour <= 24 else { return false }
        var minute = 0
        if text.skip(":") {
            guard let written = text.oneOrTwoDigits() else { return false }
            minute = written
            if text.skip(":") {
                guard let second = text.oneOrTwoDigits(), second < 60 else { return false }
                if text.skip(".") { _ = text.digits() }
            }
        } else if text.skip(anyOf: ["时", "点"]) {
            if !text.isAtEnd {
                guard let written = text.oneOrTwoDigits(), text.skip("分") else { return false }
                minute = written
            }
        } else {
            return false
        }
        return minute < (hour == 24 ? 1 : 60) && text.isAtEnd
    }
}

extension WrittenDate {
    /// Passes a hyphen, a slash or a point with blanks around it, or the blanks alone beside a name.
    private static func separator(_ text: inout FoldedText) -> UInt8? {
        let isAfterName = text.isAfterLetter
        let hasBlanks = text.skipBlanks()
        for (mark, byte) in [("-", UInt8.minus), ("/", .slash), (".", .point)] where text.skip(mark) {
            text.skipBlanks()
            return byte
        }
        return hasBlanks && (isAfterName || text.isAtLetter) ? 0x20 : nil
    }

    /// Passes a year of four digits, or of two in this century.
    private static func fullYear(_ text: inout FoldedText) -> Int? {
        guard let (year, count) = text.digits() else { return nil }
        return count == 4 ? year : count == 2 ? 2000 + year : nil
    }

    /// Passes an English month's name or its first three letters.
    private static func englishMonth(_ text: inout FoldedText) -> Int? {
        let index = englishMonths.firstIndex { name in
            text.skip(name) || text.skip(String(name.prefix(3)))
        }
        guard !text.isAtLetter else { return nil }
        return index.map { $0 + 1 }
    }

    private static let englishMonths = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    private static func month(_ year: Int, _ month: Int) throws(CellFlaw) -> CivilMonth {
        guard (1...12).contains(month) else { throw .noSuchMonth(month) }
        guard year > 0 else { throw .notOfItsType }
        return CivilMonth(year: year, month: month)
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) throws(CellFlaw) -> CivilDate {
        let month = try self.month(year, month)
        guard let date = CivilDate(year: year, month: month.month, day: day) else {
            throw .noSuchDay(day, length: month.length)
        }
        return date
    }
}

extension CivilDate {
    /// What an expiry column holds where its author says that there is no last day (长期); later than any day that is written.
    package static let noEnd = CivilDate(daysSinceEpoch: Int(Int32.max))
}
