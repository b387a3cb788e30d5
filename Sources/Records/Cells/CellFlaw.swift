// Why a cell could not be read: found by the readers, worded here.

/// What is wrong with a cell.
enum CellFlaw: Error, Hashable {
    /// Nothing that the column's type knows.
    case notOfItsType
    case undecodable
    /// A text that is none of the column's words.
    case unknownWord

    // Numbers.
    case tooManyDigits
    case wrongGrouping
    case otherUnit
    case unknownNote
    case range
    case unclearExponent
    /// 万, 千 or 亿 where no quantity is asked for.
    case multiplier
    /// 万 in a column whose unit counts in 万 already.
    case unclearMultiplier
    /// `5L` where the unit is L: five litres, or below five.
    case litresOrLimit
    case unclearNotDetected
    case limitNotPositive
    case onlyALimit
    case belowDetection
    case notWhole
    /// Beyond what the column says can be meant.
    case implausible

    // Dates.
    case noSuchMonth(Int)
    case noSuchDay(Int, length: Int)
    case monthAlone
    /// Which number is the year, the month or the day is uncertain.
    case unclearOrder
    /// Six digits that are a month and, without its century, a day.
    case monthOrDay
    /// `2024.1`, which Excel makes of a typed 2024.10 too.
    case januaryOrOctober(Int)
    case yearMissing

    case codeTurnedIntoNumber

    /// Why the cell is rejected, as return slips look it up.
    func reason(in type: ColumnType) -> Reject.Reason {
        switch self {
        case .notOfItsType: Self.generalReason(of: type)
        case .undecodable: .undecodable
        case .unknownWord: .unknownWord
        case .tooManyDigits: .tooManyDigits
        case .wrongGrouping: .wrongGrouping
        case .otherUnit: .otherUnitInCell
        case .unknownNote, .range, .unclearExponent, .multiplier, .unclearMultiplier, .litresOrLimit,
            .unclearNotDetected:
            .notANumber
        case .limitNotPositive: .notMeasurable
        case .onlyALimit: .onlyALimit
        case .belowDetection: .belowDetection
        case .notWhole: .notAWholeNumber
        case .implausible: .implausible
        case .noSuchMonth, .noSuchDay, .monthAlone: Self.generalReason(of: type)
        case .unclearOrder, .monthOrDay, .januaryOrOctober: .ambiguousDate
        case .yearMissing: .yearMissing
        case .codeTurnedIntoNumber: .codeTurnedIntoNumber
        }
    }

    private static func generalReason(of type: ColumnType) -> Reject.Reason {
        switch type {
        case .text, .code: .undecodable
        case .decimal, .measurement: .notANumber
        case .integer: .notAWholeNumber
        case .date, .expiry: .notADate
        case .month: .notAMonth
        case .flag: .notAFlag
        }
    }

    /// What is wrong, as a clause.
    func problem(in column: Column) -> String {
        switch self {
        case .notOfItsType: "the cell cannot be read"
        case .undecodable: "some of the characters are lost"
        case .unknownWord: "the word is not known here"
        case .tooManyDigits: "the number has more digits than can be kept"
        case .wrongGrouping: "the digits are not in groups of three, so it is uncertain which number is meant"
        case .otherUnit:
            column.unit == nil
                ? "a unit stands after the number, and the column has none"
                : "another unit than the column's stands after the number"
        case .unknownNote: "what stands in brackets after the number is not known, so it is uncertain what it changes"
        case .range: "the cell states a range, not one value"
        case .unclearExponent: "the power of ten is not clear"
        case .multiplier: "万, 千 and 亿 are read only where a quantity is asked for"
        case .unclearMultiplier: "the column's unit counts in 万, 千 or 亿 already, so it is uncertain what is meant"
        case .litresOrLimit: "the L may be the unit or mean below the detection limit"
        case .unclearNotDetected: "what stands after \"not detected\" is not its detection limit"
        case .limitNotPositive: "a detection limit is more than zero"
        case .onlyALimit: "the cell states only a limit, not the value"
        case .belowDetection: "the cell says \"below detection\", and the column holds quantities"
        case .notWhole: "the number is not whole"
        case .implausible: "this number cannot be meant"
        case .noSuchMonth(let month): "there is no month \(month)"
        case .noSuchDay(let day, let length):
            day == 0 ? "there is no day 0" : "that month has \(length) days, not \(day)"
        case .monthAlone: "the day is missing"
        case .unclearOrder: "it is uncertain which number is the year, the month and the day"
        case .monthOrDay: "the six digits may be a year and its month, or a day without its century"
        case .januaryOrOctober: "it may be January, or October of which Excel has dropped the zero"
        case .yearMissing: "the year is missing"
        case .codeTurnedIntoNumber: "Excel has turned the code into a number or a date, and what it was is lost"
        }
    }

    /// What would have been right.
    func expected(in column: Column) -> String {
        switch self {
        case .undecodable where column.type == .text: "text in UTF-8"
        case .unknownWord: column.words.spellings.joined(separator: ", ")
        case .tooManyDigits: "at most 18 digits"
        case .wrongGrouping: "1234 or 1,234"
        case .otherUnit:
            column.unit.map { "the number alone, or in \($0)" } ?? "the number alone, in the unit that is agreed"
        case .unknownNote: "the number alone, or with (复测), (复检), (平均) or (均值)"
        case .range: "one number"
        case .unclearExponent: "4.7×10^3, 4.7E3 or 4700"
        case .multiplier: "the number in full, such as 12000 for 1.2万"
        case .unclearMultiplier: "the number alone, in \(column.unit ?? "the unit that is agreed")"
        case .litresOrLimit: "the number alone, or <5 below the detection limit"
        case .unclearNotDetected, .limitNotPositive: "0.01L, <0.01, ND(0.01), 未检出(0.01), ND or 未检出"
        case .onlyALimit where column.type == .measurement: "the value, or <0.01 below the detection limit"
        case .onlyALimit: "the value"
        case .notWhole: "a whole number such as 12"
        case .implausible: "a number " + (column.plausible ?? "that can be meant")
        case .unclearOrder where column.type == .month, .yearMissing where column.type == .month:
            "the year first, in four digits: 2024-06"
        case .unclearOrder, .yearMissing: "the year first, in four digits: 2024-06-05"
        case .monthOrDay: "2020-12 or 2020-12-06"
        case .januaryOrOctober(let year): "\(year)-01 or \(year)-10"
        case .codeTurnedIntoNumber: "the code as text: format the column as text before typing"
        default: column.type.acceptedForms
        }
    }
}
