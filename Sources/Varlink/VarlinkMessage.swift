// What goes over the wire, as values.

package import JSON

/// The two kinds of message; both are JSON objects.
package enum VarlinkMessage {
    /// Why a message is neither a call nor a reply.
    package struct Malformed: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// What a client sends.
    package struct Call: Sendable, Hashable {
        /// The method with its interface: `io.dutyd.Control.Status`.
        package var method: String
        /// An object.
        package var parameters: JSONValue
        /// The client wants no reply.
        package var oneway = false
        /// The client takes any number of replies.
        package var more = false
        /// The client wants to speak another protocol afterwards.
        package var upgrade = false

        package init(method: String, parameters: JSONValue = .object([]), oneway: Bool = false, more: Bool = false) {
            self.method = method
            self.parameters = parameters
            self.oneway = oneway
            self.more = more
        }
    }

    /// What a server answers.
    package struct Reply: Sendable, Hashable {
        /// An object; of an error, its details.
        package var parameters: JSONValue
        /// Another reply to the same call follows.
        package var continues = false
        /// The error's full name when the call failed.
        package var error: String?

        package init(parameters: JSONValue = .object([]), continues: Bool = false, error: String? = nil) {
            self.parameters = parameters
            self.continues = continues
            self.error = error
        }
    }
}

extension VarlinkMessage.Call {
    /// Reads a call without its zero byte.
    package init(parsing bytes: [UInt8], maximumDepth: Int = 32) throws(VarlinkMessage.Malformed) {
        let message = try VarlinkMessage.object(bytes, maximumDepth)
        guard let method = message["method"]?.text else { throw .init(description: "a call names no method") }
        self.init(method: method, parameters: try VarlinkMessage.parameters(of: message))
        oneway = try VarlinkMessage.flag("oneway", of: message)
        more = try VarlinkMessage.flag("more", of: message)
        upgrade = try VarlinkMessage.flag("upgrade", of: message)
    }

    /// The bytes on the wire with the zero byte.
    package var bytes: [UInt8] {
        VarlinkMessage.bytes([
            "method": .string(method), "parameters": parameters, "oneway": oneway ? true : nil,
            "more": more ? true : nil, "upgrade": upgrade ? true : nil,
        ])
    }
}

extension VarlinkMessage.Reply {
    /// Reads a reply without its zero byte.
    package init(parsing bytes: [UInt8], maximumDepth: Int = 32) throws(VarlinkMessage.Malformed) {
        let message = try VarlinkMessage.object(bytes, maximumDepth)
        self.init(parameters: try VarlinkMessage.parameters(of: message))
        continues = try VarlinkMessage.flag("continues", of: message)
        switch message["error"] {
        case nil, .null: error = nil
        case .string(let name): error = name
        default: throw .init(description: "\"error\" is no string")
        }
    }

    /// The bytes on the wire with the zero byte.
    package var bytes: [UInt8] {
        VarlinkMessage.bytes([
            "error": error.map(JSONValue.string), "parameters": parameters, "continues": continues ? true : nil,
        ])
    }
}

extension VarlinkMessage {
    fileprivate static func object(_ bytes: [UInt8], _ maximumDepth: Int) throws(Malformed) -> JSONValue {
        do {
            let value = try JSONValue(parsing: bytes, maximumDepth: maximumDepth)
            guard case .object = value else { throw Malformed(description: "a message is no object") }
            return value
        } catch let error as JSONSyntaxError {
            throw Malformed(description: "\(error)")
        } catch {
            throw Malformed(description: "\(error)")
        }
    }

    fileprivate static func parameters(of message: JSONValue) throws(Malformed) -> JSONValue {
        switch message["parameters"] {
        case nil, .null: return .object([])
        case .some(let value):
            guard case .object = value else { throw Malformed(description: "\"parameters\" is no object") }
            return value
        }
    }

    fileprivate static func flag(_ name: String, of message: JSONValue) throws(Malformed) -> Bool {
        switch message[name] {
        case nil, .null: return false
        case .bool(let value): return value
        default: throw Malformed(description: "\"\(name)\" is neither true nor false")
        }
    }

    fileprivate static func bytes(_ members: KeyValuePairs<String, JSONValue?>) -> [UInt8] {
        // Our writer escapes U+0000 within strings, so the only zero byte is the one at the end.
        Array(JSONValue.object(members).text(.line).utf8) + [0]
    }
}
