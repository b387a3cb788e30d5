// The port through which notices become visible to departments.

package import Alerts

/// Where departments find their notices.
package protocol NoticeSpool: Sendable {
    /// Makes the notice's files visible; durable when it returns. Delivering the same notice again changes nothing.
    func deliver(_ notice: Notice) throws
}
