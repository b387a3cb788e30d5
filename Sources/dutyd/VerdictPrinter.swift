// Prints verdicts in their order, while the next ones are being found.

import Almanac
import Checks
import Diagnostics
import Dispatch
import JSON

/// Writes verdicts to standard output, some hundreds at a time and on a queue of its own; it never falls far behind.
struct VerdictPrinter {
    private static let batchSize = 256
    private static let batchesAhead = 4

    private let job: String
    private let isJSON: Bool
    private let queue = DispatchQueue(label: "verdicts")
    private let room = DispatchSemaphore(value: batchesAhead)
    private var batch: [Assessment] = []

    /// - Parameter isJSON: Whether each verdict is one JSON object; otherwise it is some lines for people.
    init(job: String, isJSON: Bool) {
        self.job = job
        self.isJSON = isJSON
    }

    mutating func add(_ assessment: Assessment) {
        batch.append(assessment)
        if batch.count >= Self.batchSize { hand(over: batch) }
    }

    /// Returns when all verdicts are printed.
    mutating func finish() {
        hand(over: batch)
        queue.sync {}
    }

    private mutating func hand(over verdicts: [Assessment]) {
        batch = []
        room.wait()
        queue.async { [job, isJSON, room] in
            print(verdicts.map { Self.text($0, job: job, isJSON: isJSON) }.joined(), terminator: "")
            room.signal()
        }
    }

    private static func text(_ assessment: Assessment, job: String, isJSON: Bool) -> String {
        if isJSON { return assessment.json(job: job).text(.line) + "\n" }
        let head = [
            assessment.state.rawValue, assessment.subject, assessment.name, assessment.period.label,
            assessment.indicator,
        ]
        let facts = assessment.facts.all.map { "\($0.name) \($0.value.json.text(.line))" }
        return printable(head.joined(separator: "  "), limit: 4000) + "\n    " + facts.joined(separator: ", ") + "\n"
            + assessment.gaps.map { "    not seen: \($0)\n" }.joined()
    }
}
