// The ledger's part in delivery.

package import Alerts
package import Almanac
package import Engine

extension SQLiteLedger {
    package func notices(_ sequences: [Int64]) throws -> [Notice] {
        try read { try NoticeTable.notices(sequences, in: $0) }
    }

    package func mark(_ marks: NoticeMarks) throws {
        try write { try NoticeTable.mark(marks, in: $0) }
    }

    package func untaken(department: String) throws -> [UntakenNotice] {
        try read { try NoticeTable.untaken(by: department, in: $0) }
    }

    package func heads(serial: String, department: String?) throws -> [NoticeHead] {
        try read { try NoticeTable.heads(serial: serial, department: department, in: $0) }
    }

    package func register(_ entry: ReceiptEntry) throws {
        try write { database in
            if let slip = entry.slip { try NoticeTable.insert(slip, into: database) }
            try ReceiptTable.insert(entry, into: database)
        }
    }

    package func receipts(serial: String) throws -> [Receipt] {
        try read { try ReceiptTable.receipts(serial: serial, in: $0) }
    }

    package func knowsReceipt(department: String, file: String, fingerprint: String) throws -> Bool {
        try read { database in
            try ReceiptTable.knows(department: department, file: file, fingerprint: fingerprint, in: database)
        }
    }

    package func forgetDocuments(takenBefore instant: Instant, limit: Int) throws -> Int {
        try write { try NoticeTable.forgetDocuments(takenBefore: instant, limit: limit, in: $0) }
    }
}
