// The table that the benchmark reads, declared as the feed of measurements declares it.

import Diagnostics
import Records

/// Monthly measurements at river sections.
enum MeasurementTable {
    static let numbers = [
        number("pH", zh: "pH值", unit: nil),
        number("DO", zh: "溶解氧", unit: "mg/L"),
        number("CODMn", zh: "高锰酸盐指数", unit: "mg/L"),
        number("NH3-N", zh: "氨氮", unit: "mg/L"),
        number("TP", zh: "总磷", unit: "mg/L"),
    ]

    static func schema() throws(Diagnostic) -> TableSchema {
        try TableSchema(
            columns: [
                Column(name: "code", titleZh: "断面编码", titleEn: "Section code", type: .code),
                Column(name: "river", titleZh: "河流", titleEn: "River", type: .text, isRequired: true),
                Column(name: "section", titleZh: "断面", titleEn: "Section", type: .text, isRequired: true),
                Column(name: "month", titleZh: "月份", titleEn: "Month", type: .month, isRequired: true),
            ] + numbers
        )
    }

    /// River, section and month have to be readable, and the month has to be there.
    static let needs = RowNeeds(readable: [1, 2, 3], stated: [3])

    private static func number(_ name: String, zh: String, unit: String?) -> Column {
        Column(
            name: name,
            titleZh: zh,
            titleEn: "",
            type: .measurement,
            unit: unit,
            atLeast: ExactDecimal(0),
            atMost: unit == nil ? ExactDecimal(14) : nil
        )
    }
}
