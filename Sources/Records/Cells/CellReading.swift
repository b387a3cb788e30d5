// Reads typed values from the bytes of one cell; what is not plainly the type is nothing.

import Almanac

extension Int64 {
    /// Reads a whole number: a sign or none, and digits.
    init?(cell bytes: Span<UInt8>) {
        guard let number = ExactDecimal(bytes: bytes), number.scale == 0 else { return nil }
        self = number.coefficient
    }
}

extension Bool {
    /// Reads yes or no, true or false, 是 or 否, 1 or 0, and nothing more.
    init?(cell bytes: Span<UInt8>) {
        for word in ["1", "yes", "true", "是"] where bytes.isEqual(toLowercase: word) {
            self = true
            return
        }
        for word in ["0", "no", "false", "否"] where bytes.isEqual(toLowercase: word) {
            self = false
            return
        }
        return nil
    }
}

extension CivilDate {
    /// Reads `2024-02-05`, `2024/2/5`, `2024.2.5`, `20240205` or `2024年2月5日`.
    init?(cell bytes: Span<UInt8>) {
        var cursor = CellCursor()
        guard let year = cursor.digits(4...4, in: bytes) else { return nil }
        let month: Int?
        let day: Int?
        if bytes.count == 8, cursor.isAtDigit(of: bytes) {
            month = cursor.digits(2...2, in: bytes)
            day = cursor.digits(2...2, in: bytes)
        } else if let separator = cursor.separator(in: bytes) {
            month = cursor.digits(1...2, in: bytes)
            guard cursor.separator(in: bytes) == separator else { return nil }
            day = cursor.digits(1...2, in: bytes)
        } else {
            guard cursor.skip("年", in: bytes) else { return nil }
            month = cursor.digits(1...2, in: bytes)
            guard cursor.skip("月", in: bytes) else { return nil }
            day = cursor.digits(1...2, in: bytes)
            guard cursor.skip("日", in: bytes) else { return nil }
        }
        guard cursor.isAtEnd(of: bytes), let month, let day else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension CivilMonth {
    /// Reads what the other initializer reads, and `2024-02` at once.
    @inline(__always)
    init?(cell bytes: Span<UInt8>, _ range: Range<Int>) {
        if range.count == 7, let digits = ShortDigits(bytes, range, mark: .minus), digits.decimals == 2 {
            let (year, month) = Int(digits.value).quotientAndRemainder(dividingBy: 100)
            guard year > 0, (1...12).contains(month) else { return nil }
            self.init(year: year, month: month)
        } else {
            self.init(cell: bytes.extracting(range))
        }
    }

    /// Reads `2024-02`, `2024/2`, `2024.2`, `202402` or `2024年2月`; `2024.1` is uncertain.
    init?(cell bytes: Span<UInt8>) {
        var cursor = CellCursor()
        guard let year = cursor.digits(4...4, in: bytes), year > 0 else { return nil }
        let month: Int?
        if bytes.count == 6, cursor.isAtDigit(of: bytes) {
            // "240612" is a day without its century rather than a month of the year 2406.
            guard (1900...2099).contains(year) else { return nil }
            month = cursor.digits(2...2, in: bytes)
        } else if let separator = cursor.separator(in: bytes) {
            month = cursor.digits(1...2, in: bytes)
            // "2024.1" is what Excel makes of 2024.10.
            guard separator != .point || month != 1 || bytes.count > 6 else { return nil }
        } else {
            guard cursor.skip("年", in: bytes) else { return nil }
            month = cursor.digits(1...2, in: bytes)
            guard cursor.skip("月", in: bytes) else { return nil }
        }
        guard cursor.isAtEnd(of: bytes), let month, (1...12).contains(month) else { return nil }
        self.init(year: year, month: month)
    }
}

/// A place within a cell, moving over digits and what stands between them.
private struct CellCursor {
    private(set) var index = 0

    func isAtEnd(of bytes: Span<UInt8>) -> Bool { index == bytes.count }
    func isAtDigit(of bytes: Span<UInt8>) -> Bool { index < bytes.count && bytes[index] &- .zero < 10 }

    /// The number of as many digits as there are, when that many are allowed.
    mutating func digits(_ allowed: ClosedRange<Int>, in bytes: Span<UInt8>) -> Int? {
        var value = 0
        let start = index
        while isAtDigit(of: bytes), index - start < allowed.upperBound {
            value = value * 10 + Int(bytes[index] &- .zero)
            index += 1
        }
        return allowed.contains(index - start) ? value : nil
    }

    /// The separator here, which is then passed: a hyphen, a slash or a point.
    mutating func separator(in bytes: Span<UInt8>) -> UInt8? {
        guard index < bytes.count else { return nil }
        let byte = bytes[index]
        guard byte == .minus || byte == .slash || byte == .point else { return nil }
        index += 1
        return byte
    }

    /// Whether that text stands here; it is then passed.
    mutating func skip(_ text: String, in bytes: Span<UInt8>) -> Bool {
        let end = index + text.utf8.count
        guard end <= bytes.count, bytes.extracting(index..<end).isEqual(toLowercase: text) else { return false }
        index = end
        return true
    }
}
