// What the benchmark does with rows: exact totals, as a database would compute them.

import Almanac
import Records

/// A sink that adds the numbers of each column up and counts rows and sections.
struct TotalsSink: RowSink {
    /// The places of the columns in the schema.
    private enum Place {
        static let code = 0
        static let texts = 1...2
        static let month = 3
        static let firstNumber = 4
    }

    private(set) var rows = 0
    private(set) var complaints = 0
    /// Bytes of text in the columns that hold some.
    private(set) var textBytes = 0
    private(set) var firstMonth = Int.max
    private(set) var lastMonth = Int.min
    /// How many cells of each number column hold a number.
    private(set) var counts = InlineArray<5, Int>(repeating: 0)
    /// The sum of each number column, in thousandths.
    private(set) var sums = InlineArray<5, Int64>(repeating: 0)
    private var sections = DistinctTexts()

    var sectionCount: Int { sections.count }

    mutating func accept(_ row: borrowing Row) {
        rows += 1
        row.withBytes(Place.code) { sections.insert($0) }
        for place in Place.texts { textBytes += row.withBytes(place) { $0.count } }
        if case .month(let month) = row[Place.month] {
            let ordinal = month.year * 12 + month.month
            firstMonth = min(firstMonth, ordinal)
            lastMonth = max(lastMonth, ordinal)
        }
        for index in counts.indices {
            guard case .decimal(let number) = row[Place.firstNumber + index] else { continue }
            counts[index] += 1
            sums[index] += Self.thousandths(number)
        }
    }

    mutating func reject(_ reject: Reject) { complaints += 1 }

    /// The number at scale 3; the generated tables have no finer ones.
    private static func thousandths(_ number: ExactDecimal) -> Int64 {
        switch number.scale {
        case 0: number.coefficient * 1000
        case 1: number.coefficient * 100
        case 2: number.coefficient * 10
        case 3: number.coefficient
        default: preconditionFailure("the generated tables have at most three decimals")
        }
    }
}
