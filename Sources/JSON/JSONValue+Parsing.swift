// The one JSON reader for what programs send us: strict, with bounded depth, keeping the order of members.

/// Why a text is not one JSON document.
package struct JSONSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    /// How many bytes before the offending one.
    package let offset: Int
    /// A clause without a full stop.
    package let problem: String

    package var description: String { "invalid JSON at byte \(offset): \(problem)" }
}

extension JSONValue {
    /// Reads exactly one document (RFC 8259) in UTF-8; members that occur twice are refused.
    package init(parsing bytes: [UInt8], maximumDepth: Int = 64) throws(JSONSyntaxError) {
        var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
        self = try parser.document()
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    let maximumDepth: Int
    var position = 0

    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        let value = try value(depth: 0)
        guard peek() == nil else { throw failure("more text after the document") }
        return value
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard let first = peek() else { throw failure("the text ends where a value belongs") }
        switch first {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw failure("no value begins so")
        }
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        try enter(depth)
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        if skip(UInt8(ascii: "}")) { return .object([]) }
        while true {
            guard peek() == UInt8(ascii: "\"") else { throw failure("a member's name in quotes belongs here") }
            let name = try string()
            guard names.insert(name).inserted else { throw failure("a member of that name was there before") }
            guard skip(UInt8(ascii: ":")) else { throw failure("a colon belongs here") }
            members.append(JSONValue.Member(name, try value(depth: depth + 1)))
            if skip(UInt8(ascii: "}")) { return .object(members) }
            guard skip(UInt8(ascii: ",")) else { throw failure("a comma or } belongs here") }
        }
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        try enter(depth)
        var values: [JSONValue] = []
        if skip(UInt8(ascii: "]")) { return .array([]) }
        while true {
            values.append(try value(depth: depth + 1))
            if skip(UInt8(ascii: "]")) { return .array(values) }
            guard skip(UInt8(ascii: ",")) else { throw failure("a comma or ] belongs here") }
        }
    }

    private mutating func enter(_ depth: Int) throws(JSONSyntaxError) {
        guard depth < maximumDepth else { throw failure("nested deeper than \(maximumDepth) levels") }
        position += 1
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw failure("no value begins so") }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let leadsWithZero = position < bytes.count && bytes[position] == UInt8(ascii: "0")
        guard case let digits = skipDigits(), digits == 1 || (digits > 1 && !leadsWithZero) else {
            throw failure("a number has one digit or more, and no leading zero")
        }
        var isWhole = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            guard skipDigits() > 0 else { throw failure("digits belong after the point") }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if position < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[position]) {
                position += 1
            }
            guard skipDigits() > 0 else { throw failure("digits belong in the exponent") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        guard let double = Double(text), double.isFinite else { throw failure("the number is too large") }
        return .double(double)
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        return position - start
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        var result: [UInt8] = []
        var start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                result += bytes[start..<position]
                guard let text = String(validating: result, as: UTF8.self) else {
                    throw failure("the string is no UTF-8")
                }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                result += bytes[start..<position]
                result += try escape()
                start = position
            case 0..<0x20: throw failure("control characters in strings must be escaped")
            default: position += 1
            }
        }
        throw failure("the string has no end")
    }

    private mutating func escape() throws(JSONSyntaxError) -> [UInt8] {
        position += 1
        guard position < bytes.count else { throw failure("the string has no end") }
        let letter = bytes[position]
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try unicode()
        default: throw failure("no such escape")
        }
    }

    private mutating func unicode() throws(JSONSyntaxError) -> [UInt8] {
        var code = UInt32(try hexadecimal())
        if (0xD800..<0xDC00).contains(code) {
            guard bytes[position...].starts(with: "\\u".utf8) else { throw failure("half a surrogate pair") }
            position += 2
            let low = UInt32(try hexadecimal())
            guard (0xDC00..<0xE000).contains(low) else { throw failure("half a surrogate pair") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw failure("half a surrogate pair") }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        // A sign would pass for a digit in the initialiser.
        guard digits.count == 4, let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16),
            !digits.contains(UInt8(ascii: "+"))
        else { throw failure("four hexadecimal digits belong here") }
        position += 4
        return value
    }

    /// The next byte that is no white space.
    private mutating func peek() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return bytes[position]
            }
        }
        return nil
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    private func failure(_ problem: String) -> JSONSyntaxError { JSONSyntaxError(offset: position, problem: problem) }
}
