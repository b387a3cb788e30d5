// Ways of judging that only river sections know: all periods in one reading, and every sample by itself.

package import Almanac
package import Records

extension CheckDefinition {
    /// A check that judges every period of which there are rows in one fold; `nil` for kinds that need one for each.
    package func beginAll(schemas: [String: TableSchema], rule: PeriodRule) -> (any Check)? {
        guard case .sectionCompliance(let parameters) = self else { return nil }
        return SectionCompliance(parameters, schemas, .all(rule))
    }

    /// The same check, to give a verdict on each row as soon as it was read; `nil` for kinds that judge no single row.
    package var ofEachRow: CheckDefinition? {
        guard case .sectionCompliance(var parameters) = self, parameters.mode == .realtime else { return nil }
        parameters.reportsEachRow = true
        return .sectionCompliance(parameters)
    }

    /// Whether its verdicts say what tables said before others took their place.
    package var tellsOfChanges: Bool {
        guard case .sectionCompliance(let parameters) = self else { return false }
        return parameters.mode == .assessment && parameters.indicators.contains(.changed)
    }
}

extension SectionCompliance {
    init(_ parameters: Parameters, _ schemas: [String: TableSchema], _ scope: Scope) {
        self.init(
            parameters,
            sections: ColumnMap(schemas[Self.roles[0].name]),
            measurements: ColumnMap(schemas[Self.roles[1].name]),
            scope: scope,
            columns: schemas[Self.roles[1].name]
        )
    }
}
