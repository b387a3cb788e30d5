// The list of commitments, and whether jobs and commitments know of each other.

import Diagnostics

/// The commitments of a configuration.
package struct CommitmentList: Sendable {
    /// The file's path in the settings folder.
    static let file = "commitments.yaml"

    /// In the file's order; empty when there is no such file.
    package let all: [Commitment]

    static let none = CommitmentList(all: [])
    private static let mostNames = 200

    private init(all: [Commitment]) { self.all = all }

    /// Reads the list; a row that cannot be used is complained of, and the others are.
    init(_ file: SettingsFile, complaints: Complaints) {
        guard let root = Section.root(of: file, complaints: complaints), let list = root.section("commitments") else {
            all = []
            return
        }
        all = list.keys.compactMap { id in list.section(id).flatMap { Commitment($0, id: id) } }
        root.close()
    }

    /// A commitment that no job watches, and a job that watches none, are both slips of somebody.
    /// - Parameter files: Where the jobs' files are, by the names of the jobs; jobs that dutyd makes itself have none.
    func complaints(
        about jobs: [Job],
        broken: Set<String>,
        files: [String: String],
        in list: String
    ) -> [Diagnostic] {
        guard !all.isEmpty else { return [] }
        var complaints: [Diagnostic] = []
        let known = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
        let names = Set(jobs.map(\.name))
        let given = Dictionary(grouping: all.filter { $0.job != nil }) { $0.job ?? "" }
        for commitment in all {
            if let job = commitment.job, !names.contains(job), !broken.contains(job) {
                complaints.append(
                    Self.warning(
                        "no job of that name watches the commitment",
                        in: list,
                        key: "commitments.\(commitment.id).job",
                        found: job,
                        // Among thousands of jobs looking for the nearest name would take longer than reading them.
                        remedy: names.count <= Self.mostNames ? suggestion(for: job, among: names) : nil
                    )
                )
            }
            if commitment.measure != .not, commitment.job == nil, commitment.awaits == nil {
                complaints.append(
                    Self.warning(
                        "nothing watches the commitment",
                        in: list,
                        key: "commitments.\(commitment.id)",
                        expected: "a job, or the kind of check that it awaits"
                    )
                )
            }
        }
        for job in jobs {
            guard let file = files[job.name] else { continue }
            // Several jobs may keep one commitment; the list names the one that its status rests on.
            for id in job.commitments where known[id] == nil {
                complaints.append(
                    Self.warning(
                        "there is no such commitment",
                        in: file,
                        key: "commitments",
                        found: id,
                        remedy: suggestion(for: id, among: known.keys)
                    )
                )
            }
            if job.commitments.isEmpty {
                complaints.append(
                    Self.warning("the job keeps no commitment", in: file, key: "commitments")
                )
            }
            for commitment in given[job.name] ?? [] where !job.commitments.contains(commitment.id) {
                complaints.append(
                    Self.warning(
                        "the list gives the job a commitment that its file does not name",
                        in: file,
                        key: "commitments",
                        found: commitment.id
                    )
                )
            }
        }
        return complaints
    }

    private static func warning(
        _ problem: String,
        in file: String,
        key: String,
        found: String? = nil,
        expected: String? = nil,
        remedy: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            problem,
            severity: .warning,
            at: Position(file: file),
            key: key,
            found: found,
            expected: expected,
            remedy: remedy
        )
    }
}
