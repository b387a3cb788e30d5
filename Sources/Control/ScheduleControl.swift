// What the control socket takes and gives to pause, resume and reload; names and meaning are those of the interface.

/// That somebody does not want slots to be run.
package struct PauseEntry: Codable, Sendable {
    package var job: String?
    package var since: String
    package var author: String
    package var note: String

    package init(job: String?, since: String, author: String, note: String) {
        self.job = job
        self.since = since
        self.author = author
        self.note = note
    }
}

/// A job whose slots another configuration changes.
package struct MoveEntry: Codable, Sendable {
    package enum Kind: String, Codable, Sendable { case added, removed, moved, shifted }

    package var job: String
    package var kind: Kind
    package var before: String?
    package var after: String?
    package var remark: String?

    package init(job: String, kind: Kind, before: String?, after: String?, remark: String? = nil) {
        self.job = job
        self.kind = kind
        self.before = before
        self.after = after
        self.remark = remark
    }
}

/// How far a job's slots are accounted for.
package struct AccountEntry: Codable, Sendable {
    package var job: String
    package var schedule: String
    package var last: String
    package var current: Bool
    package var next: String?
    package var served: [String]

    package init(job: String, schedule: String, last: String, current: Bool, next: String?, served: [String] = []) {
        self.job = job
        self.schedule = schedule
        self.last = last
        self.current = current
        self.next = next
        self.served = served
    }
}

/// The answer of a method that only acts.
package struct Done: Codable, Sendable {
    package init() {}
}

/// Asks that no slot of a job, or of any, be run.
package struct PauseJob: ControlMethod {
    package typealias Reply = Done
    package static let name = "Pause"
    package var job: String?
    package var note: String?

    package init(job: String?, note: String?) {
        self.job = job
        self.note = note
    }
}

/// Asks that a job go on, or all.
package struct ResumeJob: ControlMethod {
    package typealias Reply = Done
    package static let name = "Resume"
    package var job: String?

    package init(job: String?) { self.job = job }
}

/// Asks that the files of the configuration be put into force.
package struct Reload: ControlMethod {
    package static let name = "Reload"

    package struct Reply: Codable, Sendable {
        package var changed: Bool
        package var moves: [MoveEntry]
        package var unchanged: Int
        package var problems: [String]

        package init(changed: Bool, moves: [MoveEntry], unchanged: Int, problems: [String]) {
            self.changed = changed
            self.moves = moves
            self.unchanged = unchanged
            self.problems = problems
        }
    }

    package init() {}
}

/// Asks how far the slots of each job are accounted for.
package struct ListAccounts: ControlMethod {
    package static let name = "ListAccounts"

    package struct Reply: Codable, Sendable {
        package var accounts: [AccountEntry]
        package init(accounts: [AccountEntry]) { self.accounts = accounts }
    }

    package init() {}
}
