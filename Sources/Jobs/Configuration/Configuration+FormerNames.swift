// The earlier names of jobs, under which their alerts were raised.

import Diagnostics

extension Configuration {
    /// The names that alerts may stand under: those of jobs in use, and of those whose file is there and broken.
    package var watchedJobs: Set<String> { Set(jobs.map(\.name)).union(brokenJobs.keys) }

    /// The earlier names of jobs, by their present one.
    package var formerNames: [String: String] {
        jobs.reduce(into: [:]) { names, job in names[job.name] = job.formerly }
    }

    /// What is wrong with the earlier name that a job gives.
    static func complaint(
        aboutFormerNameOf job: Job,
        among jobs: [Job],
        broken: some Collection<String>
    ) -> Diagnostic? {
        guard let name = job.formerly else { return nil }
        if jobs.contains(where: { $0.name == name }) || broken.contains(name) {
            return Diagnostic(
                "a job of that name is still there, so its alerts stay with it",
                severity: .warning,
                found: name,
                expected: "the name of a job that is no more",
                remedy: "remove the key, or the other job's file"
            )
        }
        guard let other = jobs.first(where: { $0.formerly == name && $0.name != job.name }) else { return nil }
        return Diagnostic(
            "two jobs say that they had this name; its alerts go to the one whose name comes first",
            severity: .warning,
            found: name,
            expected: "one job that carries the alerts on",
            remedy: "remove the key here or in \(other.name)"
        )
    }
}
