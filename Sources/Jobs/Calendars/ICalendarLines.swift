// The lines of an iCalendar file (RFC 5545, section 3.1): unfolded, and taken apart.

import Diagnostics

/// One property of a component: `DTSTART;VALUE=DATE:20261001`.
struct ICalendarLine: Equatable {
    /// In capitals.
    let name: String
    /// The values by their names in capitals.
    let parameters: [String: String]
    /// As it is written, with its escapes.
    let value: String
    /// Of the file, counted from 1; of a folded line, its first.
    let number: Int

    /// The value with the escapes of texts undone.
    var text: String {
        var result = ""
        var isEscaped = false
        for character in value {
            if isEscaped {
                result.append(character == "n" || character == "N" ? " " : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return result
    }
}

/// Gives the lines of a file one by one.
struct ICalendarLines {
    /// Longer than whatever a calendar of holidays has to say in one line.
    private static let longestLine = 16_384

    private let bytes: [UInt8]
    private var index: Int
    private var number = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// A complaint with the line that it is about.
    struct Malformed: Error {
        let line: Int
        let diagnostic: Diagnostic
    }

    /// The next line that is not blank; `nil` at the end of the file.
    mutating func next() throws(Malformed) -> ICalendarLine? {
        while index < bytes.count {
            var line = physicalLine()
            let first = number
            // A fold may cut a character in two, so lines are joined before they are decoded.
            while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 {
                index += 1
                line += physicalLine()
                guard line.count <= Self.longestLine else { break }
            }
            guard line.count <= Self.longestLine else {
                throw Malformed(line: first, diagnostic: Diagnostic("the line is too long to be a holiday's"))
            }
            guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { continue }
            guard let text = String(validating: line, as: UTF8.self) else {
                throw Malformed(
                    line: first,
                    diagnostic: Diagnostic("the line is not UTF-8 text", remedy: "save the file as UTF-8")
                )
            }
            guard let property = Self.property(text, number: first) else {
                throw Malformed(
                    line: first,
                    diagnostic: Diagnostic("this is no line of an iCalendar", found: text, expected: "NAME:VALUE")
                )
            }
            return property
        }
        return nil
    }

    /// The bytes up to a line break of any kind.
    private mutating func physicalLine() -> ArraySlice<UInt8> {
        number += 1
        let start = index
        while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
        let line = bytes[start..<index]
        if index < bytes.count {
            let isReturn = bytes[index] == 0x0D
            index += 1
            if isReturn, index < bytes.count, bytes[index] == 0x0A { index += 1 }
        }
        return line
    }

    private static func property(_ text: String, number: Int) -> ICalendarLine? {
        // In quotes a colon or a semicolon is a character like any other.
        var pieces: [String] = [""]
        var isQuoted = false
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "\"": isQuoted.toggle()
            case ":" where !isQuoted:
                let parameters = pieces.dropFirst().map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
                let name = pieces[0].uppercased()
                let isName = name.utf8.allSatisfy {
                    (65...90).contains($0) || (48...57).contains($0) || $0 == 45
                }
                guard !name.isEmpty, isName, parameters.allSatisfy({ $0.count == 2 }) else { return nil }
                return ICalendarLine(
                    name: name,
                    parameters: Dictionary(parameters.map { ($0[0].uppercased(), $0[1]) }) { $1 },
                    value: String(rest),
                    number: number
                )
            case ";" where !isQuoted: pieces.append("")
            default: pieces[pieces.count - 1].append(character)
            }
        }
        return nil
    }
}
