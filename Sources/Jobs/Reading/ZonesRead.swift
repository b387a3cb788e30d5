// The time zones that a configuration names, each asked for once.

import Almanac
import Diagnostics

/// Answers by zone name, so that one reading sees one state of the database, and a name that stands in thousands of files
/// costs one look.
final class ZonesRead {
    private let find: (String) throws(Diagnostic) -> Zone
    private var answers: [String: Result<Zone, Diagnostic>] = [:]

    init(_ find: @escaping (String) throws(Diagnostic) -> Zone) { self.find = find }

    func zone(named name: String) throws(Diagnostic) -> Zone {
        if let answer = answers[name] { return try answer.get() }
        do throws(Diagnostic) {
            let zone = try find(name)
            answers[name] = .success(zone)
            return zone
        } catch {
            answers[name] = .failure(error)
            throw error
        }
    }

    /// Whether zones that an earlier reading found are still the same.
    func agree(with earlier: some Sequence<Zone>) -> Bool {
        earlier.allSatisfy { (try? zone(named: $0.name)) == $0 }
    }

    /// The zones that were asked for and are there.
    var found: [Zone] { answers.values.compactMap { try? $0.get() } }
}
