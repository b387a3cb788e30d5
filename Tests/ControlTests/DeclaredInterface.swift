// What the interface description declares, as the Varlink project's Python library reads it.

import Control
import Foundation
import JSON
import TestKit
import Testing
import Varlink

/// The description through eyes that nobody here made.
struct DeclaredInterface: Decodable {
    struct Method: Decodable {
        let `in`: [String]
        let out: [String]
    }

    let name: String
    let methods: [String: Method]
    let types: [String: [String]]
    let errors: [String]

    init() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let python = tests.appendingPathComponent("../../.build/oracles/varlink/bin/python").path
        try #require(
            FileManager.default.isExecutableFile(atPath: python),
            "run Tests/VarlinkTests/Oracles/prepare first; Tests/run does"
        )
        let answer = try run(
            python,
            tests.appendingPathComponent("Oracles/describe.py").path,
            input: ControlInterface.description
        )
        try #require(answer.status == 0, "\(answer.output)")
        self = try JSONDecoder().decode(Self.self, from: Data(answer.output.utf8))
    }

    /// The names of the members that a value has on the wire.
    static func members(of value: some Encodable) throws -> [String] {
        guard case .object(let members) = try JSONValue(encoding: value) else { return [] }
        return members.map(\.name).sorted()
    }
}
