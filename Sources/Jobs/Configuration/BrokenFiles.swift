// What broken files cost: named once, at the cause, with everything that hangs on it.

import Diagnostics

/// The files of a configuration that cannot be used, and what other files need of them.
struct BrokenFiles {
    /// For each feed that cannot be used, the files that are to blame: its own, or those of its registers.
    private(set) var feeds: [String: Set<String>] = [:]
    /// The standards whose files are there and cannot be used.
    private(set) var standards: Set<String> = []
    /// Whether nobody can say which departments there are.
    var areDepartmentsLost = false
    /// The jobs that are not used, by the file that is to blame.
    private var jobs: [String: Set<String>] = [:]

    /// So many jobs are named in a text.
    private static let listed = 20

    static let departments = "departments.yaml"
    static func feed(_ name: String) -> String { "feeds/\(name).yaml" }
    static func standard(_ name: String) -> String { "standards/\(name).yaml" }

    /// Notes that a feed is not used, because of its own file unless others are named.
    mutating func lose(feed name: String, because causes: Set<String>? = nil) {
        feeds[name] = causes ?? [Self.feed(name)]
    }

    mutating func lose(standard name: String) { standards.insert(name) }

    mutating func lose(job name: String, because causes: Set<String>) {
        for cause in causes { jobs[cause, default: []].insert(name) }
    }

    /// Has the first error of each broken file say which jobs it costs.
    /// - Parameter path: The path of a file by the name under which messages speak of it.
    func nameCosts(in problems: inout [Diagnostic], path: (String) -> String?) {
        var named: Set<String> = []
        for index in problems.indices where problems[index].severity == .error {
            guard let file = problems[index].position?.file, let path = path(file), let jobs = jobs[path],
                named.insert(path).inserted
            else { continue }
            let plural = jobs.count == 1 ? "job" : "jobs"
            let verb = jobs.count == 1 ? "is" : "are"
            let more = jobs.count > Self.listed ? " and \(jobs.count - Self.listed) more" : ""
            let names = jobs.sorted().prefix(Self.listed).joined(separator: ", ")
            problems[index].problem += "; the \(plural) \(names)\(more) \(verb) not used"
        }
    }
}
