// A stand-in for the writer of return slips, which replaces this file.

import Alerts
import Almanac
import Records

struct SlipWriter {
    init(words: [Words]) {}

    func notice(
        of slip: Slip,
        to addressee: NoticeWriter.Addressee,
        sequence: Int64,
        revision: Int,
        sent: Instant,
        zone: Zone,
        generator: String
    ) -> Notice {
        let lines = ["\(slip.file) r\(revision): \(slip.tally.rowsAccepted) rows"] + slip.rejects.map(\.description)
        let digits = String(sequence)
        let base = String(repeating: "0", count: max(0, 12 - digits.count)) + digits + "-slip-r\(revision)"
        let bytes = Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
        return Notice(
            sequence: sequence,
            department: addressee.department,
            serial: "\(slip.feed)/\(slip.file)",
            revision: revision,
            key: AlertKey(job: slip.feed, subject: slip.file, indicator: "slip"),
            change: .raised,
            documents: [Notice.Document(fileName: "\(base).txt", bytes: bytes)]
        )
    }
}
