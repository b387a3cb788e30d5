// Whether notices reach their departments' folders, and whether anybody takes them.

import Almanac
package import Records

/// Judges the spool: its room, and each department's folders.
package struct DeliveryWatch: Check {
    /// One department's folders.
    package struct Folder: Sendable, Hashable {
        package let department: String
        package let title: String
        /// Why its notices cannot be delivered.
        package let problem: String?
        /// Files that it has not taken.
        package let untaken: Int
        /// Whether they are so many that it gets no more reminders.
        package let isAtLimit: Bool
        /// Files that it claimed long ago and has not dealt with.
        package let staleClaims: Int
        package let oldestClaim: String?

        package init(
            department: String,
            title: String,
            problem: String?,
            untaken: Int,
            isAtLimit: Bool,
            staleClaims: Int,
            oldestClaim: String?
        ) {
            self.department = department
            self.title = title
            self.problem = problem
            self.untaken = untaken
            self.isAtLimit = isAtLimit
            self.staleClaims = staleClaims
            self.oldestClaim = oldestClaim
        }
    }

    /// What was measured; nobody is judged by what was not.
    package struct Parameters: Sendable, Hashable {
        /// `nil` when nobody has looked.
        package let isFull: Bool?
        /// How many notices wait to be delivered, of all departments.
        package let waiting: Int
        package let folders: [Folder]

        package init(isFull: Bool? = nil, waiting: Int = 0, folders: [Folder] = []) {
            self.isFull = isFull
            self.waiting = waiting
            self.folders = folders
        }
    }

    private let parameters: Parameters
    private let period: Period
    package let complaints = RowComplaints()

    init(_ parameters: Parameters, period: Period) {
        self.parameters = parameters
        self.period = period
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {}

    package mutating func finish() -> [Assessment] {
        guard let isFull = parameters.isFull else { return [] }
        let room = Assessment(
            subject: "spool",
            name: "spool",
            period: period,
            indicator: "room",
            state: isFull ? .critical : .ok,
            facts: Facts(["waiting": .integer(parameters.waiting)])
        )
        return [room] + parameters.folders.flatMap(assessments)
    }

    private func assessments(of folder: Folder) -> [Assessment] {
        func assessment(_ indicator: String, _ state: Assessment.State, _ facts: Facts) -> Assessment {
            Assessment(
                subject: folder.department,
                name: folder.title,
                period: period,
                indicator: indicator,
                state: state,
                facts: Facts(["department": .text(folder.department)]).merging(facts)
            )
        }
        return [
            assessment(
                "folder",
                folder.problem == nil ? .ok : .critical,
                Facts(["problem": folder.problem.map(Facts.Value.text)])
            ),
            assessment("backlog", folder.isAtLimit ? .warning : .ok, Facts(["files": .integer(folder.untaken)])),
            assessment(
                "claims",
                folder.staleClaims > 0 ? .warning : .ok,
                Facts([
                    "files": .integer(folder.staleClaims), "oldest": folder.oldestClaim.map(Facts.Value.text),
                ])
            ),
        ]
    }
}
