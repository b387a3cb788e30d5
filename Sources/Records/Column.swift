// What a job declares about one column of a table.

/// What the cells of a column hold.
package enum ColumnType: String, Sendable, CaseIterable {
    case text, decimal, integer, date, month, flag

    /// The accepted forms, as a message names them.
    package var acceptedForms: String {
        switch self {
        case .text: "text in UTF-8"
        case .decimal: "a decimal number such as 0.59"
        case .integer: "a whole number such as 12"
        case .date: "a date such as 2024-02-05, 2024/2/5, 2024.2.5, 20240205 or 2024年2月5日"
        case .month: "a month such as 2024-02, 2024/2, 2024.2, 202402 or 2024年2月"
        case .flag: "yes or no, true or false, 是 or 否, 1 or 0"
        }
    }
}

/// One column of a table.
package struct Column: Sendable, Hashable {
    /// The canonical name, such as `NH3-N`.
    package let name: String
    /// The header in Chinese.
    package let titleZh: String
    /// The header in English.
    package let titleEn: String
    /// Other headers that mean this column.
    package let aliases: [String]
    package let type: ColumnType
    /// Whether a table without it is refused.
    package let isRequired: Bool
    /// Whether it is known and deliberately never read, as a published class is.
    package let isIgnored: Bool
    /// The unit of its numbers; a header that states another one makes the column unusable.
    package let unit: String?

    package init(
        name: String,
        titleZh: String,
        titleEn: String,
        aliases: [String] = [],
        type: ColumnType,
        isRequired: Bool = false,
        isIgnored: Bool = false,
        unit: String? = nil
    ) {
        self.name = name
        self.titleZh = titleZh
        self.titleEn = titleEn
        self.aliases = aliases
        self.type = type
        self.isRequired = isRequired
        self.isIgnored = isIgnored
        self.unit = unit
    }

    /// Every header that means this column.
    var headers: [String] { [name, titleZh, titleEn] + aliases }
}
