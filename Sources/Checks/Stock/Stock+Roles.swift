// The tables that stocks are judged by, and the columns they need.

import Records

extension Stock {
    /// The places of the roles in `roles`.
    enum Role {
        static let policies = 0
        static let rules = 1
        static let items = 2
        static let units = 3
        static let sentinels = 4
        static let lots = 5
        static let consumption = 6
        static let counts = 7
    }

    static let roles = [
        TableRole(
            name: "policies",
            needs: [
                .init("site", .text), .init("item", .text), .init("minimum", .decimal),
                .init("site_name", .text, essential: false), .init("item_name", .text, essential: false),
                .init("category", .text, essential: false),
                .init("unit", .text, essential: false), .init("minimum_days", .decimal, essential: false),
                .init("monthly_consumption", .decimal, essential: false), .init("basis", .text, essential: false),
                .init("rules", .text, essential: false), .init("rotation_from", .date, essential: false),
                .init("rotation_until", .date, essential: false), .init("cold_chain", .text, essential: false),
                .init("store", .flag, essential: false),
            ] + StockPolicy.optionalNumbers.map { .init($0, .decimal, essential: false) },
            datedBy: nil
        ),
        TableRole(
            name: "rules",
            needs: [
                .init("rule", .text), .init("kind", .text), .init("value", .decimal), .init("document", .text),
                .init("per_person", .decimal, essential: false), .init("from", .date, essential: false),
                .init("until", .date, essential: false), .init("article", .text, essential: false),
                .init("basis", .text, essential: false),
            ],
            datedBy: nil,
            isOptional: true
        ),
        TableRole(
            name: "items",
            needs: [
                .init("item", .text), .init("group", .text, essential: false),
                .init("equivalent", .decimal, essential: false), .init("pack", .decimal, essential: false),
                .init("price", .decimal, essential: false), .init("no_expiry", .flag, essential: false),
                .init("cold_chain", .text, essential: false), .init("surge_series", .text, essential: false),
                .init("surge_factor", .decimal, essential: false),
            ],
            datedBy: nil,
            isOptional: true
        ),
        TableRole(
            name: "units",
            needs: [.init("item", .text), .init("unit", .text), .init("factor", .decimal)],
            datedBy: nil,
            isOptional: true
        ),
        TableRole(name: "sentinels", needs: Surveillance.roles[0].needs, datedBy: nil, isOptional: true),
        TableRole(
            name: "lots",
            needs: [
                .init("site", .text), .init("item", .text), .init("date", .date), .init("quantity", .decimal),
                .init("expiry", .date), .init("lot", .text, essential: false), .init("status", .text, essential: false),
                .init("unit", .text, essential: false), .init("location", .text, essential: false),
                .init("vvm", .text, essential: false),
            ],
            datedBy: "date"
        ),
        TableRole(
            name: "consumption",
            needs: [
                .init("site", .text), .init("item", .text), .init("date", .date), .init("quantity", .decimal),
                .init("from", .date, essential: false), .init("kind", .text, essential: false),
                .init("unit", .text, essential: false), .init("stockout_days", .integer, essential: false),
            ],
            datedBy: nil,
            isOptional: true
        ),
        TableRole(name: "counts", needs: Surveillance.roles[1].needs, datedBy: nil, isOptional: true),
    ]
}
