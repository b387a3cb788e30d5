// What of a configuration's problems costs something.

package import Diagnostics
package import Jobs

extension Configuration {
    /// The problems but for those that only ask for a look.
    package var errors: [Diagnostic] { problems.filter { $0.severity == .error } }
}
