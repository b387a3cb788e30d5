// What sentences about targets may name.

extension Target {
    static let factNames = [
        "target": FactNames(
            [
                "stage", "definition", "unit", "trajectory", "actual", "asOfDate", "parts", "baseline", "baselineDate",
                "target", "due", "planned", "pointsBehind", "achievement", "forecast", "forecastPoints", "recentRate",
                "requiredRate", "ratio", "shortfall", "metOn", "revisedFrom", "formerTarget", "adjustedBy", "owner",
                "commitment", "basis",
            ],
            lists: ["missed": FactNames.texts]
        )
    ]
}
