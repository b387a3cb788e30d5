// Departments that a file names; each has to be one of departments.yaml.

import Diagnostics

extension Section {
    /// The departments under a key that may be left out; an unknown one is complained about and left out.
    /// - Parameter mayBeEmpty: Whether a list of none has a meaning.
    func departments(_ key: String, in surroundings: Job.Surroundings, mayBeEmpty: Bool = true) -> [String] {
        let names = has(key) && !mayBeEmpty ? neededTexts(key) : texts(key)
        return names.compactMap { name, mark in
            if surroundings.departments.contains(name) { return name }
            guard !surroundings.broken.areDepartmentsLost else {
                complaints.lose([BrokenFiles.departments])
                return nil
            }
            complain(
                Diagnostic(
                    "unknown department",
                    found: name,
                    remedy: suggestion(for: name, among: surroundings.departments) ?? "add it to departments.yaml"
                ),
                key: key,
                mark: mark
            )
            return nil
        }
    }
}
