// A cell's text in the one form in which the patient readers look at it, and a place in it.

/// Half-width text in small letters without blanks around it, read from its start.
struct FoldedText {
    private(set) var bytes: [UInt8]
    private var place = 0

    /// Folds a cell; `nil` when its bytes are not UTF-8, or hold a NUL or a character that stands for lost ones.
    init?(_ cell: Span<UInt8>) {
        guard let folded = cell.folded(forCodes: false) else { return nil }
        bytes = folded
        trim()
        for index in bytes.indices where (0x41...0x5A).contains(bytes[index]) { bytes[index] |= 0x20 }
    }

    /// The text from the present place on, without blanks around it.
    init(restOf text: FoldedText) {
        bytes = Array(text.rest)
        trim()
    }

    var isEmpty: Bool { bytes.isEmpty }
    var isAtEnd: Bool { place == bytes.count }
    var next: UInt8? { place < bytes.count ? bytes[place] : nil }
    var isAtDigit: Bool { next.map { $0 &- .zero < 10 } ?? false }
    var isAtLetter: Bool { next.map { (0x61...0x7A).contains($0) } ?? false }
    var isAfterLetter: Bool { place > 0 && (0x61...0x7A).contains(bytes[place - 1]) }
    var rest: ArraySlice<UInt8> { bytes[place...] }

    /// Whether the whole text is one of these words.
    func isOne(of words: [String]) -> Bool { words.contains { bytes.elementsEqual($0.utf8) } }

    /// Whether that text, in small letters, stands here; it is then passed.
    mutating func skip(_ text: String) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        place += text.utf8.count
        return true
    }

    /// Passes the first of these texts that stands here.
    mutating func skip(anyOf texts: [String]) -> Bool {
        for text in texts where skip(text) { return true }
        return false
    }

    /// Passes that text and the blanks before it, if it stands behind them.
    mutating func skip(mark text: String) -> Bool {
        var ahead = self
        ahead.skipBlanks()
        guard ahead.skip(text) else { return false }
        self = ahead
        return true
    }

    /// Whether that text was passed last.
    func isAfter(_ text: String) -> Bool { bytes[..<place].reversed().starts(with: text.utf8.reversed()) }

    /// Passes blanks, and tells whether there were any.
    @discardableResult
    mutating func skipBlanks() -> Bool {
        let start = place
        while next == 0x20 { place += 1 }
        return place > start
    }

    /// Passes as many digits as there are; of more than eighteen the value is none that anything allows.
    mutating func digits() -> (value: Int, count: Int)? {
        let start = place
        var value = 0
        while isAtDigit {
            if place - start < 18 { value = value * 10 + Int(bytes[place] &- .zero) }
            place += 1
        }
        guard place > start else { return nil }
        return (place - start > 18 ? Int.max : value, place - start)
    }

    /// The number of one or two digits here.
    mutating func oneOrTwoDigits() -> Int? {
        guard let (value, count) = digits(), count <= 2 else { return nil }
        return value
    }

    /// Passes digits and appends them, and tells how many there were.
    mutating func takeDigits(into digits: inout [UInt8]) -> Int {
        let start = place
        while isAtDigit {
            digits.append(bytes[place])
            place += 1
        }
        return place - start
    }

    /// Passes one of these bytes when a digit follows it.
    mutating func skip(beforeDigit marks: [UInt8]) -> UInt8? {
        guard let mark = next, marks.contains(mark), place + 1 < bytes.count, bytes[place + 1] &- .zero < 10
        else { return nil }
        place += 1
        return mark
    }

    /// Takes the first of these endings away, with the blanks before it.
    mutating func drop(anyOf endings: [String]) {
        guard let ending = endings.first(where: { bytes.reversed().starts(with: $0.utf8.reversed()) }) else { return }
        bytes.removeLast(ending.utf8.count)
        trim()
    }

    /// Takes a pair of brackets away that encloses the whole text.
    mutating func dropBrackets() -> Bool {
        guard bytes.count >= 2, bytes.first == 0x28, bytes.last == 0x29 else { return false }
        bytes = Array(bytes.dropFirst().dropLast())
        trim()
        return true
    }

    private mutating func trim() {
        bytes.removeLast(bytes.reversed().prefix { $0 == 0x20 }.count)
        bytes.removeFirst(bytes.prefix { $0 == 0x20 }.count)
    }
}

extension Span<UInt8> {
    /// The text in half-width, with one kind of dash and of blank; `nil` when it is not wholly readable.
    ///
    /// A code loses its blanks and is in capitals, because neither is ever meant; other text has its exponents behind
    /// a caret.
    func folded(forCodes isCode: Bool) -> [UInt8]? {
        guard isText(indices), let text = try? UTF8Span(validating: self) else { return nil }
        var folded: [UInt8] = []
        folded.reserveCapacity(count)
        var isInExponent = false
        var scalars = text.makeUnicodeScalarIterator()
        while let scalar = scalars.next() {
            let exponent = isCode ? nil : superscript(scalar)
            if let exponent {
                if !isInExponent { folded.append(0x5E) }
                folded.append(exponent)
            } else {
                folded.append(folding: scalar)
            }
            isInExponent = exponent != nil
        }
        guard isCode else { return folded }
        folded.removeAll { $0 == 0x20 }
        for index in folded.indices where (0x61...0x7A).contains(folded[index]) { folded[index] -= 0x20 }
        return folded
    }
}

extension [UInt8] {
    fileprivate mutating func append(folding scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0xFF01...0xFF5E: append(UInt8(scalar.value - 0xFEE0))
        case 0x09, 0x0A, 0x0D, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: append(0x20)
        // What has no width was not written by anybody.
        case 0x200B...0x200F, 0x2060, 0xFEFF: break
        case 0x2010...0x2015, 0x2212, 0x2500, 0xFE58, 0xFE63: append(.minus)
        case 0x2044, 0x2215: append(.slash)
        case 0xFE64: append(0x3C)
        case 0xFE65: append(0x3E)
        // The micro sign, and units that are one character in Chinese fonts.
        case 0xB5: append(contentsOf: "μ".utf8)
        case 0x338D: append(contentsOf: "μg".utf8)
        case 0x338E: append(contentsOf: "mg".utf8)
        case 0x2103: append(contentsOf: "°c".utf8)
        default: append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        }
    }
}

/// The digit or sign that is written small and high, on the line.
private func superscript(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.value {
    case 0xB2, 0xB3: UInt8(scalar.value - 0x80)
    case 0xB9: 0x31
    case 0x2070, 0x2074...0x2079: UInt8(scalar.value - 0x2040)
    case 0x207A: .plus
    case 0x207B: .minus
    default: nil
    }
}
