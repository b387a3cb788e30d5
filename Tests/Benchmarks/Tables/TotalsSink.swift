// What the benchmark does with rows: exact totals, as a database would compute them.

import Almanac
import JSON
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

    private var rows = 0
    private(set) var complaints = 0
    /// Bytes of text in the columns that hold some.
    private var textBytes = 0
    private var firstMonth = Int.max
    private var lastMonth = Int.min
    /// How many cells of each number column hold a number.
    private var counts = InlineArray<5, Int>(repeating: 0)
    /// The sum of each number column, in thousandths.
    private var sums = InlineArray<5, Int64>(repeating: 0)
    private var sections = TextTable()

    var totals: JSONValue {
        .object([
            "rows": .integer(Int64(rows)),
            "sections": .integer(Int64(sections.count)),
            "textBytes": .integer(Int64(textBytes)),
            "firstMonth": .integer(Int64(firstMonth)),
            "lastMonth": .integer(Int64(lastMonth)),
            "counts": .array(counts.indices.map { .integer(Int64(counts[$0])) }),
            "thousandths": .array(sums.indices.map { .integer(sums[$0]) }),
        ])
    }

    mutating func accept(_ row: borrowing Row) {
        rows += 1
        row.withBytes(Place.code) { code in
            sections.enter(code, as: rows)
        }
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
