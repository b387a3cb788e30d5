// What a job declares about one column of a table.

/// What the cells of a column hold.
package enum ColumnType: String, Sendable, CaseIterable {
    case text
    /// Text that names something: compared in half-width capitals, and never a number that Excel made of it.
    case code
    /// A quantity: thousands separators, 万 and 千 are read.
    case decimal
    /// A number that an instrument gave, which may be below the detection limit.
    case measurement
    case integer
    case date
    /// The last good day; a month alone means its last day.
    case expiry
    case month
    case flag

    /// Whether cells of this type can be used where the other one is asked for.
    package func serves(as other: ColumnType) -> Bool {
        switch (self, other) {
        case (.code, .text), (.expiry, .date), (.measurement, .decimal): true
        default: self == other
        }
    }

    /// Whether its cells hold numbers, which may have a unit.
    package var isNumber: Bool {
        switch self {
        case .decimal, .measurement, .integer: true
        default: false
        }
    }

    /// The accepted forms, as a message names them.
    package var acceptedForms: String {
        switch self {
        case .text: "text"
        case .code: "a code as text, such as JA-01"
        case .decimal: "a number such as 0.59, 1,234 or 1.2万"
        case .measurement:
            "a number such as 0.59 or 4.7×10^3; below the detection limit 0.01L, <0.01, ND(0.01), 未检出(0.01), ND or 未检出; "
                + "without a value 未测, 停测, 断流, -, / or nothing"
        case .integer: "a whole number such as 12"
        case .date: "a date such as 2024-02-05, 2024/2/5, 2024.2.5, 20240205, 2024年2月5日 or 5-Feb-2024"
        case .expiry:
            "a date such as 2024-06-30, 20240630 or 2024年6月30日, or a month such as 2024-06 or 2024年6月 for its last day"
        case .month: "a month such as 2024-02, 2024/2, 2024.2, 202402 or 2024年2月, or a day in it"
        case .flag: "yes or no, true or false, 是 or 否, 有 or 无, 1 or 0, √ or ×"
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
    /// What this feed writes where there is no value, such as `-1`.
    package let missingCodes: [String]
    /// Whether a blank cell means the cell above, as merged cells are exported.
    package let fillsDown: Bool
    /// Headers among the others under which a date is the first bad day instead of the last good one, such as 失效日期.
    package let firstBadDayHeaders: [String]
    /// The smallest and the largest number that can be meant; anything beyond is a slip of a decimal point or a unit.
    package let atLeast: ExactDecimal?
    package let atMost: ExactDecimal?
    /// How many years after the day of its reception a date may lie without anybody being asked to look.
    package let yearsAhead: Int?
    /// The words that a text can be; with none of them every text may stand there.
    package let words: [ColumnWord]

    package init(
        name: String,
        titleZh: String,
        titleEn: String,
        aliases: [String] = [],
        type: ColumnType,
        isRequired: Bool = false,
        isIgnored: Bool = false,
        unit: String? = nil,
        missingCodes: [String] = [],
        fillsDown: Bool = false,
        firstBadDayHeaders: [String] = [],
        atLeast: ExactDecimal? = nil,
        atMost: ExactDecimal? = nil,
        yearsAhead: Int? = nil,
        words: [ColumnWord] = []
    ) {
        self.name = name
        self.titleZh = titleZh
        self.titleEn = titleEn
        self.aliases = aliases
        self.type = type
        self.isRequired = isRequired
        self.isIgnored = isIgnored
        self.unit = unit
        self.missingCodes = missingCodes
        self.fillsDown = fillsDown
        self.firstBadDayHeaders = firstBadDayHeaders
        self.atLeast = atLeast
        self.atMost = atMost
        self.yearsAhead = yearsAhead
        self.words = words
    }

    /// Every header that means this column.
    var headers: [String] { [name, titleZh, titleEn] + aliases + firstBadDayHeaders }
}
