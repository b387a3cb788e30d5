// Between Swift's types and the objects on the wire.

internal import FoundationEssentials
package import JSON

extension JSONValue {
    /// The value as JSON, members in alphabetical order.
    package init(encoding value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self = try JSONValue(parsing: Array(encoder.encode(value)))
    }

    /// The value that this JSON stands for.
    package func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text(.line).utf8))
    }
}

extension VarlinkCall {
    /// The parameters as a Swift type; a wrong or missing one is refused by its name.
    package func decoded<Parameters: Decodable>(
        as type: Parameters.Type = Parameters.self
    ) throws(VarlinkError) -> Parameters {
        do {
            return try parameters.decoded(as: type)
        } catch let error as DecodingError {
            throw .invalidParameter(Self.path(of: error))
        } catch {
            throw .invalidParameter("parameters")
        }
    }

    private static func path(of error: DecodingError) -> String {
        let keys: [any CodingKey] =
            switch error {
            case .keyNotFound(let key, let context): context.codingPath + [key]
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            @unknown default: []
            }
        return keys.isEmpty ? "parameters" : keys.map(\.stringValue).joined(separator: ".")
    }
}
