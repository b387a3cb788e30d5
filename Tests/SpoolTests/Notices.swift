// Notices to deliver.

import Alerts
import Engine
import Spool

/// A notice with one document in each of the formats.
func notice(
    _ sequence: Int64 = 1,
    to department: String = "ecology-environment",
    size: Int = 1_000,
    endings: [String] = ["txt", "json"]
) -> Notice {
    Notice(
        sequence: sequence,
        department: department,
        matter: .alert(
            serial: "CN-RIV-2024-000001",
            revision: 1,
            key: AlertKey(job: "river-sections", subject: "JA-01", indicator: "class"),
            change: .raised
        ),
        documents: endings.map { ending in
            Notice.Document(
                fileName: "\(sequence)-alert.\(ending)",
                bytes: [UInt8](repeating: UInt8(ending.utf8.count), count: size)
            )
        }
    )
}

extension FolderSpool {
    /// Delivers one notice, or throws what keeps it from being delivered.
    func deliver(_ notice: Notice) throws {
        let delivery = deliver([notice], .ordinary)
        if let problem = delivery.problems[notice.department] { throw problem }
        precondition(delivery.delivered == [notice.sequence])
    }
}
