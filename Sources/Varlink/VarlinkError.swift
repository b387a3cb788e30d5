// Errors that have a name on the wire.

package import JSON

/// A refusal that a client can tell from others by its name.
package struct VarlinkError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The full name: `org.varlink.service.MethodNotFound`.
    package let name: String
    /// An object with the details.
    package let parameters: JSONValue

    package init(_ name: String, _ parameters: JSONValue = .object([])) {
        self.name = name
        self.parameters = parameters
    }

    package var description: String {
        parameters == .object([]) ? name : "\(name) \(parameters.text(.line))"
    }
}

extension VarlinkError {
    package static func interfaceNotFound(_ interface: String) -> VarlinkError {
        VarlinkError("org.varlink.service.InterfaceNotFound", .object(["interface": .string(interface)]))
    }

    package static func methodNotFound(_ method: String) -> VarlinkError {
        VarlinkError("org.varlink.service.MethodNotFound", .object(["method": .string(method)]))
    }

    package static func methodNotImplemented(_ method: String) -> VarlinkError {
        VarlinkError("org.varlink.service.MethodNotImplemented", .object(["method": .string(method)]))
    }

    package static func invalidParameter(_ parameter: String) -> VarlinkError {
        VarlinkError("org.varlink.service.InvalidParameter", .object(["parameter": .string(parameter)]))
    }

    package static let permissionDenied = VarlinkError("org.varlink.service.PermissionDenied")

    /// The method streams, and the client did not say that it takes more than one reply.
    package static let expectedMore = VarlinkError("org.varlink.service.ExpectedMore")

    /// The client went away; nobody will read this, it only ends the work.
    package static let disconnected = VarlinkError("org.varlink.service.Disconnected")
}
