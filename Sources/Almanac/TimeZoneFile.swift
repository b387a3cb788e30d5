// Time zone files as RFC 9636 lays them out, read from bytes that nobody vouches for.

import Diagnostics

/// What a time zone file says: the listed changes of the clock, and the rule for the time after them.
struct TimeZoneFile {
    /// What the clocks show before the first change.
    private(set) var first: LocalTimeType
    /// The changes in order, in seconds since 1970 UTC, with what the clocks show from then on.
    private(set) var changes: [(seconds: Int64, type: LocalTimeType)] = []
    private(set) var rule: TimeZoneRule?

    /// Changes earlier than this (zic writes one at the big bang) only say what the clocks show first.
    private static let earliest: Int64 = -62_135_596_800  // 0001-01-01
    private static let latest: Int64 = 253_402_300_799  // 9999-12-31

    init(_ bytes: [UInt8]) throws(Diagnostic) {
        var reader = Reader(bytes: bytes)
        var header = try reader.header()
        var timeSize = 4
        if header.version >= UInt8(ascii: "2") {
            // The first block repeats the second in 32 bits, for readers of the last century.
            try reader.skip(header.size(timeSize: 4))
            header = try reader.header()
            timeSize = 8
        }
        guard header.leaps == 0 else {
            throw Diagnostic(
                "the time zone file counts leap seconds",
                remedy: "use the file of the same name outside of the directory right/"
            )
        }
        guard (1...256).contains(header.types) else { throw Self.damage("it has no local time types or too many") }

        let times = try reader.take(header.times * timeSize)
        let indices = try reader.take(header.times)
        let typeBytes = try reader.take(header.types * 6)
        let names = try reader.take(header.characters)
        try reader.skip(header.standardIndicators + header.universalIndicators)
        let types = try Self.types(typeBytes, names: names)

        self.first = types[0]
        var previous = Int64.min
        for (number, index) in indices.enumerated() {
            let start = times.startIndex + number * timeSize
            let seconds = Self.integer(times[start..<start + timeSize])
            guard seconds > previous || number == 0 else { throw Self.damage("its changes are not in order") }
            guard seconds <= Self.latest else { throw Self.damage("a change lies after the year 9999") }
            guard Int(index) < types.count else { throw Self.damage("a change names a missing local time type") }
            previous = seconds
            if seconds < Self.earliest {
                self.first = types[Int(index)]
            } else {
                changes.append((seconds, types[Int(index)]))
            }
        }
        if timeSize == 8 {
            let footer = try reader.footer()
            if !footer.isEmpty { self.rule = try TimeZoneRule(footer) }
        }
    }

    private static func types(_ bytes: ArraySlice<UInt8>, names: ArraySlice<UInt8>) throws(Diagnostic)
        -> [LocalTimeType]
    {
        var types: [LocalTimeType] = []
        for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 6) {
            let offset = Int(integer(bytes[start..<start + 4]))
            guard LocalTimeType.allowedOffsets.contains(offset) else {
                throw damage("an offset from UTC is longer than a day")
            }
            let name = names.dropFirst(Int(bytes[start + 5]))
            guard let end = name.firstIndex(of: 0) else { throw damage("an abbreviation has no end") }
            let abbreviation = String(decoding: name[..<end], as: UTF8.self)
            types.append(LocalTimeType(utcOffset: offset, abbreviation: abbreviation))
        }
        return types
    }

    /// A big-endian integer in two's complement of four or eight bytes.
    private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64 {
        let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return bytes.count == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
    }

    private static func damage(_ problem: String) -> Diagnostic {
        Diagnostic(
            "the time zone file is damaged: \(problem)",
            expected: "a file as RFC 9636 describes it",
            remedy: "reinstall the package tzdata"
        )
    }

    /// The counts at the head of a block.
    private struct Header {
        let version: UInt8
        let universalIndicators: Int
        let standardIndicators: Int
        let leaps: Int
        let times: Int
        let types: Int
        let characters: Int

        /// Bytes of the block that follows.
        func size(timeSize: Int) -> Int {
            times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standardIndicators
                + universalIndicators
        }
    }

    /// A place in the file; every step is checked against its end.
    private struct Reader {
        let bytes: [UInt8]
        private var position = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func take(_ count: Int) throws(Diagnostic) -> ArraySlice<UInt8> {
            guard count <= bytes.count - position else { throw damage("it is cut short") }
            defer { position += count }
            return bytes[position..<position + count]
        }

        mutating func skip(_ count: Int) throws(Diagnostic) { _ = try take(count) }

        mutating func header() throws(Diagnostic) -> Header {
            let head = try take(44)
            guard head.prefix(4).elementsEqual("TZif".utf8) else { throw damage("it does not begin with TZif") }
            // Six counts of 32 bits each: no product of one with a record's size can overflow 64.
            let counts = stride(from: head.startIndex + 20, to: head.endIndex, by: 4).map { start in
                Int(UInt32(truncatingIfNeeded: integer(head[start..<start + 4])))
            }
            return Header(
                version: head[head.startIndex + 4],
                universalIndicators: counts[0],
                standardIndicators: counts[1],
                leaps: counts[2],
                times: counts[3],
                types: counts[4],
                characters: counts[5]
            )
        }

        /// The text between the two newlines at the end.
        mutating func footer() throws(Diagnostic) -> ArraySlice<UInt8> {
            let newline = UInt8(ascii: "\n")
            guard try take(1).first == newline, let end = bytes[position...].firstIndex(of: newline) else {
                throw damage("its closing rule is missing")
            }
            return bytes[position..<end]
        }
    }
}
