// The names of the facts about stock, by which sentences may call them.

extension Stock {
    private static let shared = [
        "site", "item", "category", "unit", "reported", "usable", "expired", "held", "recalled", "recallUnmatched",
        "vvmSpent",
        "negative", "sitesReported", "sitesExpected", "status", "loss", "willExpire",
    ]
    private static let lot: Set<String> = ["lot", "quantity", "expiry", "daysLeft", "unit", "row"]
    private static let transfer: Set<String> = [
        "siteCode", "site", "lot", "quantity", "unit", "useBefore", "takerDaily", "daysLeft", "transitDays",
        "marginDays",
        "earlierStock", "canUse", "ceiling", "takerStock", "fits", "arithmetic",
    ]

    static let factNames = [
        "availability": FactNames(
            shared + [
                "basis", "ruleDocument", "ruleClause", "ruleFrom", "ruleRank", "received", "receivedUntil", "stock",
                "minimum", "min", "max", "surplus", "reorderPoint", "emergencyOrderPoint", "safetyStock",
                "shortfall", "rotationUntil", "monthlyConsumption", "amc", "amcSource", "amcSites", "monthsOfStock",
                "daysOfSupply", "minimumDays", "clearAt", "clearMinimum", "clearDays", "stockOutReason", "lastStatus",
                "reportsBelow", "raiseAfter", "window", "windowDays", "consumed", "inStockDays", "stockOutDays",
                "daysPerMonth", "weak", "surgeFactor", "surgeSeries", "surgeSince",
            ],
            lists: [
                "missingSites": FactNames.texts, "arithmetic": FactNames.texts, "spikes": FactNames.texts,
                "offers": transfer,
            ]
        ),
        "expiry": FactNames(
            shared + ["horizonDays", "daily", "effectiveDays", "effectiveMonths"],
            lists: [
                "expiredLots": lot, "expiringLots": lot,
                "wastingLots": lot.union(["wasted", "used", "window", "daysLost"]), "transfers": transfer,
                "missingSites": FactNames.texts,
            ]
        ),
    ]
}
