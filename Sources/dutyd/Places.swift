// Where things lie: on an installed system, or all of it below one folder.

import Jobs

/// The folders and the socket of one daemon.
struct Places {
    /// `dutyd.yaml`, feeds, standards, registers, words.
    var configuration: String
    /// Folders of job files; a file in a later one replaces one of the same name, an empty one masks it.
    var jobs: [String]
    /// The ledger and the lock.
    let state: String
    /// The departments' folders and `inbox/`.
    let spool: String
    /// The control socket.
    let controlSocket: String
    /// Whether the daemon makes missing folders itself, as it does below a root of its own.
    let makesFolders: Bool

    /// The places of an installed daemon, or the same tree below `root`.
    init(root: String?) {
        let base = root.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } ?? ""
        configuration = base + "/etc/dutyd"
        jobs = [base + "/usr/share/dutyd/jobs", base + "/etc/dutyd/jobs.d"]
        state = base + "/var/lib/dutyd"
        spool = base + "/var/spool/dutyd"
        controlSocket = base + "/run/dutyd/control"
        makesFolders = root != nil
    }

    /// The folders in which departments hand files in.
    func inboxFolders(of configuration: Configuration) -> [String] {
        configuration.feeds.values.filter { $0.source == .inbox }.map { "\(inbox)/\($0.name)" }.sorted()
    }

    /// The folders in which departments answer notices.
    func receiptFolders(of configuration: Configuration) -> [String] {
        configuration.departments.map { "\(spool)/\($0.name)/receipts" }
    }

    var inbox: String { spool + "/inbox" }
    var registers: String { configuration + "/registers" }
    var standards: String { configuration + "/standards" }
    var ledger: String { state + "/dutyd.sqlite" }
}
