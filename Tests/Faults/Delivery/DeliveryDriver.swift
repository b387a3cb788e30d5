// Commits notices and delivers them, with the real ledger and the real spool, for programs that look at what comes of it.

import Alerts
import Almanac
import Checks
import Engine
import Ledger
import Linux
import Scheduling
import Spool

/// `drive-delivery commit ROOT FIRST COUNT BYTES | deliver ROOT PASSES | deliver-first ROOT PASSES | one ROOT FIRST COUNT
/// BYTES | many ROOT FIRST COUNT BYTES GROUP`; `deliver-first` knows that nothing was tried before, and the last two
/// measure the spool alone and print nanoseconds.
@main
enum DeliveryDriver {
    /// As many as the daemon delivers at a time.
    private static let groupNotices = 256
    private static let departments = ["water", "environment", "office"]

    static func main() throws {
        let arguments = CommandLine.arguments
        let numbers = arguments.dropFirst(3).compactMap { Int($0) }
        guard arguments.count > 3 else { throw usage }
        let root = arguments[2]
        switch (arguments[1], numbers.count) {
        case ("commit", 3): try commit(root, first: numbers[0], count: numbers[1], bytes: numbers[2])
        case ("deliver", 1): try deliver(root, passes: numbers[0], first: .ordinary)
        case ("deliver-first", 1): try deliver(root, passes: numbers[0], first: .first)
        case ("one", 3): try measure(root, first: numbers[0], count: numbers[1], bytes: numbers[2], group: 1)
        case ("many", 4): try measure(root, first: numbers[0], count: numbers[1], bytes: numbers[2], group: numbers[3])
        default: throw usage
        }
    }

    private static var usage: SystemError {
        SystemError(call: "drive-delivery", code: SystemError.invalidArgument)
    }

    private static func spool(_ root: String, makesFolders: Bool = true) -> FolderSpool {
        FolderSpool(root: "\(root)/spool", makesFolders: makesFolders, reserveBytes: 0)
    }

    private static func ledger(_ root: String) throws -> SQLiteLedger {
        try SQLiteLedger(path: "\(root)/ledger.sqlite")
    }

    /// Judges so many subjects as bad, and commits the alerts and a notice of each for each department.
    private static func commit(_ root: String, first: Int, count: Int, bytes: Int) throws {
        let ledger = try ledger(root)
        let memory = try ledger.restore()
        let now = Instant(microseconds: 1_700_000_000_000_000)
        let assessments = (first..<first + count).map { number in
            Assessment(
                subject: "S\(number)",
                name: "section \(number)",
                period: .month(CivilMonth(year: 2024, month: 2)),
                indicator: "class",
                state: .critical,
                facts: Facts()
            )
        }
        let recipients = Recipients(to: departments)
        let rules = AlertBook.Rules(
            zone: .utc,
            calendar: .weekdays,
            policy: { _ in AlertPolicy() },
            recipients: { _, _ in recipients }
        )
        let run = memory.lastRun + 1
        let origin = AlertBook.Origin(
            job: "river",
            checkKind: "section-compliance",
            serialPrefix: "CN-RIV",
            run: run,
            asOf: now
        )
        var book = memory.book
        let changes = book.apply(assessments, from: origin, rules: rules, at: now)
        let notices = changes.flatMap { change in
            departments.map { notice(book.nextSequence(), change.alert, to: $0, bytes: bytes) }
        }
        let step = BookStep(
            at: now,
            difference: book.difference(from: memory.book, through: changes),
            changes: changes,
            notices: notices
        )
        try ledger.commit(
            RunEntry(
                run: run,
                job: "river",
                cause: .manual,
                asOf: now,
                started: now,
                finished: now,
                outcome: .completed,
                summary: "",
                slot: nil,
                assessments: assessments,
                step: step
            )
        )
        try ledger.close()
    }

    private static func notice(_ sequence: Int64, _ alert: Alert, to department: String, bytes: Int) -> Notice {
        let digits = String(sequence)
        let stem = String(repeating: "0", count: 12 - digits.count) + digits + "-\(alert.key.digest)-r001-alert"
        return Notice(
            sequence: sequence,
            department: department,
            matter: .alert(serial: alert.serial, revision: 1, key: alert.key, change: .raised),
            documents: ["txt", "json"].map { ending in
                Notice.Document(fileName: "\(stem).\(ending)", bytes: contents(sequence, ending, bytes))
            }
        )
    }

    private static func contents(_ sequence: Int64, _ salt: String, _ count: Int) -> [UInt8] {
        var state = UInt64(sequence) &* 6_364_136_223_846_793_005 &+ UInt64(salt.utf8.count)
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    /// Delivers what is pending, and again what fails, so many times; prints how many notices are left.
    private static func deliver(_ root: String, passes: Int, first: DeliveryTerms) throws {
        let ledger = try ledger(root)
        let spool = spool(root)
        var left = 0
        for pass in 0..<passes {
            let pending = try ledger.restore().pending
            left = pending.count
            for begin in stride(from: 0, to: pending.count, by: groupNotices) {
                let group = pending[begin..<min(begin + groupNotices, pending.count)]
                let terms = pass == 0 ? first : .ordinary
                let delivery = spool.deliver(try ledger.notices(group.map(\.sequence)), terms)
                var marks = NoticeMarks(at: Instant(microseconds: 1_700_000_001_000_000))
                marks.delivered = delivery.delivered.sorted()
                try ledger.mark(marks)
                left -= delivery.delivered.count
            }
        }
        try ledger.close()
        print(left)
    }

    private static func measure(_ root: String, first: Int, count: Int, bytes: Int, group: Int) throws {
        // Departments' folders are there where dutyd is installed.
        let spool = spool(root, makesFolders: false)
        let notices = (first..<first + count).map { number in
            Notice(
                sequence: Int64(number),
                department: "water",
                matter: .slip(feed: "f", file: "f"),
                documents: [
                    Notice.Document(fileName: "\(number)-b", bytes: contents(Int64(number), "", bytes))
                ]
            )
        }
        let start = ContinuousClock.now
        for begin in stride(from: 0, to: count, by: group) {
            let delivery = spool.deliver(Array(notices[begin..<min(begin + group, count)]), .first)
            if let problem = delivery.problems.first { throw problem.value }
        }
        let elapsed = ContinuousClock.now - start
        print(Int(elapsed / .nanoseconds(1)))
    }
}
