// The file routes.yaml: who is told of which alerts, when nobody is, and cases that show it.

package import Alerts
package import Checks
import Diagnostics

/// What `routes.yaml` says.
package struct Routing: Sendable, Hashable {
    package let routes: Routes
    /// `nil` when any time is as good as another.
    package let quiet: QuietTime?

    static let file = "routes.yaml"

    private init(routes: Routes, quiet: QuietTime?) {
        self.routes = routes
        self.quiet = quiet
    }

    /// The routing without a file: the jobs say whom they tell, and those who look after dutyd take the rest.
    init(in surroundings: Job.Surroundings) {
        self.init(routes: Routes(otherwise: Self.standard(in: surroundings)), quiet: nil)
    }

    /// Reads the file; a broken route is left out, so that its alerts go where they would go without it.
    /// - Parameter broken: Jobs that are there and cannot be used; what is said of them is neither right nor wrong.
    init(
        _ file: SettingsFile,
        jobs: [Job],
        broken: some Collection<String>,
        in surroundings: Job.Surroundings,
        complaints: Complaints
    ) {
        guard let root = Section.root(of: file, complaints: complaints) else {
            self.init(in: surroundings)
            return
        }
        let names = jobs.map(\.name) + broken
        let routes = root.sections("routes").compactMap { Self.route($0, jobs: names, in: surroundings) }
        let otherwise = root.departments("otherwise", in: surroundings)
        self.init(
            routes: Routes(routes, otherwise: otherwise.isEmpty ? Self.standard(in: surroundings) : otherwise),
            quiet: root.optionalSection("quiet").flatMap(QuietTime.init)
        )
        for section in root.sections("cases") { check(section, jobs: jobs, names: names, in: surroundings) }
        root.close()
    }

    /// Who is told of an alert of a job.
    package func recipients(of key: AlertKey, _ state: Assessment.State, job: Job?) -> Recipients {
        routes.recipients(of: key, state, own: job?.recipients ?? Recipients(to: []))
    }

    private static func standard(in surroundings: Job.Surroundings) -> [String] {
        surroundings.departments.contains(Job.operators) ? [Job.operators] : []
    }

    private static func route(
        _ section: Section,
        jobs: [String],
        in surroundings: Job.Surroundings
    ) -> Routes.Route? {
        let matcher = AlertMatcher(section)
        warnIfUnmatched(matcher, section, jobs: jobs)
        func departments(_ key: String, mayBeEmpty: Bool = true) -> [String]? {
            section.has(key) ? section.departments(key, in: surroundings, mayBeEmpty: mayBeEmpty) : nil
        }
        let to = departments("to", mayBeEmpty: false)
        let route = Routes.Route(matcher: matcher, to: to, cc: departments("cc"), also: departments("also") ?? [])
        section.close()
        guard route.to != nil || route.cc != nil || section.has("also") else {
            section.complain(Diagnostic("the route changes nothing", expected: "to, cc or also"))
            return nil
        }
        // Its only department is none; without the route the alerts reach somebody.
        if let to, to.isEmpty { return nil }
        return route
    }

    private static func warnIfUnmatched(_ matcher: AlertMatcher, _ section: Section, jobs: [String]) {
        guard let glob = matcher.job, !jobs.contains(where: glob.matches) else { return }
        section.complain(
            Diagnostic(
                "no job has such a name, so this matches nothing",
                severity: .warning,
                found: glob.description,
                remedy: suggestion(for: glob.description, among: jobs)
            ),
            key: "job"
        )
    }

    /// Holds a case against what would happen.
    private func check(_ section: Section, jobs: [Job], names: [String], in surroundings: Job.Surroundings) {
        let name = section.text("job")
        let key = AlertKey(
            job: name ?? "",
            subject: section.optionalText("subject") ?? "",
            indicator: section.optionalText("indicator") ?? ""
        )
        let severity = section.choice("severity", of: AlertMatcher.Severity.self)
        let expected = Recipients(
            to: section.departments("to", in: surroundings),
            cc: section.departments("cc", in: surroundings)
        )
        section.close()
        guard let name, let severity else { return }
        guard let job = jobs.first(where: { $0.name == name }) else {
            guard !names.contains(name) else { return }
            section.complain(
                Diagnostic(
                    "there is no such job, so the case shows nothing",
                    severity: .warning,
                    found: name,
                    remedy: suggestion(for: name, among: names)
                ),
                key: "job"
            )
            return
        }
        let found = recipients(of: key, severity.state, job: job)
        guard Set(found.to) != Set(expected.to) || Set(found.cc) != Set(expected.cc) else { return }
        section.complain(
            Diagnostic(
                "the case comes out otherwise",
                found: found.sentence,
                expected: expected.sentence,
                remedy: "mend the routes, the job's \"notify\", or the case"
            )
        )
    }
}

extension Recipients {
    /// `to a, b; cc c`.
    fileprivate var sentence: String {
        let cc = cc.isEmpty ? "" : "; cc " + cc.joined(separator: ", ")
        return (to.isEmpty ? "to nobody" : "to " + to.joined(separator: ", ")) + cc
    }
}
