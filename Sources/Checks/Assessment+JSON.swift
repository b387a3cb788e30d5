// The verdict as scripts read it: one object a line from `dutyd evaluate`.

import Almanac
package import JSON
import Records

extension Assessment {
    /// The object that `dutyd evaluate --json` prints; decimals as strings, sources as `file:line`.
    ///
    /// `sustained` is there only where the limits that end an alert say something else than those that raise one.
    package func json(job: String) -> JSONValue {
        .object([
            "job": .string(job),
            "subject": .string(subject),
            "name": .string(name),
            "period": .string(period.label),
            "indicator": .string(indicator),
            "state": .string(state.rawValue),
            "sustained": sustained.map { .string($0.rawValue) },
            "facts": facts.json,
            "gaps": .array(gaps.map { .string($0.description) }),
            "source": .array(source.map { .string($0.description) }),
        ])
    }
}
