// How the ledger's values come back out of rows; a value that no dutyd ever wrote is an error, never a crash.

import Alerts
import Almanac
import Diagnostics
import FoundationEssentials
import GRDB

extension Row {
    func text(_ column: String) throws -> String { try decode(String.self, column) }
    func integer(_ column: String) throws -> Int64 { try decode(Int64.self, column) }
    func data(_ column: String) throws -> Data { try decode(Data.self, column) }
    func instant(_ column: String) throws -> Instant { Instant(microseconds: try integer(column)) }

    func optionalInteger(_ column: String) throws -> Int64? {
        (self[column] as DatabaseValue).isNull ? nil : try integer(column)
    }

    func optionalText(_ column: String) throws -> String? {
        (self[column] as DatabaseValue).isNull ? nil : try text(column)
    }

    func optionalInstant(_ column: String) throws -> Instant? {
        try optionalInteger(column).map(Instant.init(microseconds:))
    }

    /// The departments of the columns `to` and `cc`.
    func recipients() throws -> Recipients {
        Recipients(to: try parsed("to", TextList.texts), cc: try parsed("cc", TextList.texts))
    }

    func optionallyParsed<Value>(_ column: String, _ parse: (String) -> Value?) throws -> Value? {
        (self[column] as DatabaseValue).isNull ? nil : try parsed(column, parse)
    }

    /// A value written as text, read by what wrote it.
    func parsed<Value>(_ column: String, _ parse: (String) -> Value?) throws -> Value {
        let text = try text(column)
        guard let value = parse(text) else {
            throw Diagnostic(
                "the ledger holds a value that this version does not know",
                key: column,
                found: text,
                remedy: "install the version of dutyd that wrote it, or restore a backup"
            )
        }
        return value
    }

    private func decode<Value: DatabaseValueConvertible>(_ type: Value.Type, _ column: String) throws -> Value {
        guard let value = Value.fromDatabaseValue(self[column] as DatabaseValue) else {
            throw Diagnostic(
                "the ledger is damaged: a value is missing or of another type",
                key: column,
                remedy: "restore a backup"
            )
        }
        return value
    }
}
