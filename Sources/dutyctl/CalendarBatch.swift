// dutyctl calendar --batch: one answer for each line of standard input, in bounded memory, at the pace of the input.

import Almanac
import Diagnostics
import Glibc
import JSON
import Linux

/// Answers lines as their bytes arrive.
struct CalendarBatch {
    /// Longer than any event that is read.
    private static let longestLine = 65_536

    private let zones = CalendarZones()
    /// The line that has begun; one byte more than the longest when it is too long.
    private var line: [UInt8] = []
    /// Answers that nobody has taken.
    private var answers = ""

    static func answerStandardInput() throws {
        let input = Descriptor(owning: STDIN_FILENO)
        let output = Descriptor(owning: STDOUT_FILENO)
        var batch = CalendarBatch()
        // What a read brought is answered before the next one waits, so that a script may ask line by line.
        try input.readChunks { chunk in
            batch.read(chunk)
            try output.writeAll(batch.takeAnswers())
        }
        batch.endLine(isLast: true)
        try output.writeAll(batch.takeAnswers())
        try output.close()
    }

    private mutating func read(_ chunk: Span<UInt8>) {
        for index in chunk.indices {
            let byte = chunk[index]
            if byte == UInt8(ascii: "\n") {
                endLine(isLast: false)
            } else if line.count <= Self.longestLine {
                line.append(byte)
            }
        }
    }

    /// Answers the line; after the last line break there may be none.
    private mutating func endLine(isLast: Bool) {
        guard !(isLast && line.isEmpty) else { return }
        answers += answer().text(.line) + "\n"
        line.removeAll(keepingCapacity: true)
    }

    private mutating func takeAnswers() -> [UInt8] {
        defer { answers.removeAll(keepingCapacity: true) }
        return Array(answers.utf8)
    }

    private func answer() -> JSONValue {
        guard line.count <= Self.longestLine else {
            return Self.error("the line is longer than \(Self.longestLine) bytes")
        }
        let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard fields.count == 3 else {
            return Self.error("\(fields.count - 1) tabs, expected 2: expression, zone and microseconds")
        }
        let after = Int64(fields[2])
        guard after != nil || fields[2].isEmpty else {
            return Self.error("the third field is not a whole number of microseconds since 1970 UTC")
        }
        // A program that asks in HST means the file of that name; a person may mean something else.
        guard let given = zones.zone(named: fields[1].isEmpty ? "UTC" : fields[1]) else {
            let remedy =
                ZoneAbbreviation.meaning(of: fields[1]).map { "write \($0)" }
                ?? "names are spelled as in the directory /usr/share/zoneinfo"
            return Self.error("unknown time zone; \(remedy)")
        }
        do throws(CalendarEvent.Malformed) {
            let event = try CalendarEvent(fields[0]) { zones.zone(named: $0) != nil }
            let zone = event.zoneName.flatMap(zones.zone) ?? given
            return .object([
                "normalized": .string(event.description),
                "next": after.map { after in
                    event.next(after: Instant(microseconds: after), in: zone).map { .integer($0.microseconds) } ?? .null
                },
            ])
        } catch {
            return Self.error(error.diagnostic.message, position: error.position)
        }
    }

    /// Position 0 is the line itself.
    private static func error(_ message: String, position: Int = 0) -> JSONValue {
        .object(["error": .object(["position": .integer(Int64(position)), "message": .string(message)])])
    }
}

/// The machine's zones, each looked up once: a run of this program goes by one edition of the database.
private final class CalendarZones {
    private let database = ZoneDatabase()
    private var known: [String: Zone?] = ["UTC": .utc]
    /// Unknown names are the input's to invent, so that they are not remembered without end.
    private static let most = 4096

    func zone(named name: String) -> Zone? {
        if let zone = known[name] { return zone }
        // Asking first spares the search for a similar name, which belongs to messages for people.
        let zone = database.contains(name) ? try? database.zone(named: name) : nil
        if known.count < Self.most { known[name] = .some(zone) }
        return zone
    }
}
