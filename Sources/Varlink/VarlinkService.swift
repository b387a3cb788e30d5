// The interface that every Varlink service has: who it is and what it offers.

internal import JSON

/// What a service says about itself.
package struct VarlinkServiceInfo: Sendable, Hashable {
    package var vendor: String
    package var product: String
    package var version: String
    package var url: String

    package init(vendor: String, product: String, version: String, url: String) {
        self.vendor = vendor
        self.product = product
        self.version = version
        self.url = url
    }
}

/// `org.varlink.service`.
struct VarlinkService: VarlinkInterface {
    let info: VarlinkServiceInfo
    let others: [any VarlinkInterface]

    let name = "org.varlink.service"

    let description = """
        # The Varlink Service Interface is provided by every varlink service. It
        # describes the service and the interfaces it implements.
        interface org.varlink.service

        # Get a list of all the interfaces a service provides and information
        # about the implementation.
        method GetInfo() -> (
          vendor: string,
          product: string,
          version: string,
          url: string,
          interfaces: []string
        )

        # Get the description of an interface that is implemented by this service.
        method GetInterfaceDescription(interface: string) -> (description: string)

        # The requested interface was not found.
        error InterfaceNotFound (interface: string)

        # The requested method was not found
        error MethodNotFound (method: string)

        # The interface defines the requested method, but the service does not
        # implement it.
        error MethodNotImplemented (method: string)

        # One of the passed parameters is invalid.
        error InvalidParameter (parameter: string)

        # Client is denied access
        error PermissionDenied ()

        # Method is expected to be called with 'more' set to true, but wasn't
        error ExpectedMore ()

        """

    func call(_ call: VarlinkCall) async throws(VarlinkError) -> JSONValue {
        switch call.method {
        case "GetInfo":
            return .object([
                "vendor": .string(info.vendor), "product": .string(info.product), "version": .string(info.version),
                "url": .string(info.url), "interfaces": .array(([name] + others.map(\.name)).map(JSONValue.string)),
            ])
        case "GetInterfaceDescription":
            guard let wanted = call.parameters["interface"]?.text else { throw .invalidParameter("interface") }
            if wanted == name { return .object(["description": .string(description)]) }
            guard let other = others.first(where: { $0.name == wanted }) else { throw .interfaceNotFound(wanted) }
            return .object(["description": .string(other.description)])
        default:
            throw .methodNotFound(call.method)
        }
    }
}
