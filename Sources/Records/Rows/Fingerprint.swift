// Rows told apart by 128 bits, so that what was seen need not be kept.

import Almanac

/// What was read, in 128 bits.
///
/// Two different readings share one once in 2^100 or so, and as the bits depend on numbers that are drawn anew in each
/// process, nobody can hand in two that do.
package struct Fingerprint: Sendable, Hashable {
    let high: UInt64
    let low: UInt64

    package static func == (left: Fingerprint, right: Fingerprint) -> Bool {
        left.high == right.high && left.low == right.low
    }
    package func hash(into hasher: inout Hasher) { hasher.combine(low) }
}

extension Row {
    /// What its cells at these places say, numbers by their value, and on which day where a column of months says so.
    package func fingerprint(of columns: [Int], dayIn month: Int? = nil) -> Fingerprint {
        var maker = FingerprintMaker()
        for index in columns { maker.take(index, of: self) }
        if let month { maker.takeDay(month, of: self) }
        return maker.fingerprint
    }
}

/// Takes a fingerprint of cells, one after the other.
struct FingerprintMaker: Sendable {
    private var high: UInt64
    private var low: UInt64
    /// So many cells were absent since the last one that was not.
    private var absent: UInt64 = 0
    private let seeds = Self.seeds

    init() {
        high = seeds.high
        low = seeds.low
    }

    var fingerprint: Fingerprint { Fingerprint(high: high, low: low) }

    /// Takes in one cell of a row, its text included; numbers count by their value, as 0.50 is 0.5.
    @inline(__always)
    mutating func take(_ index: Int, of row: borrowing Row) {
        switch row[index] {
        case .text: row.withBytes(index) { bytes in take(bytes) }
        case .decimal(let number): take(number, tag: 1)
        case .blank: take(2, 0)
        // Tables lack most of the columns that they could have: those are counted, and count with the next one.
        case .absent: absent &+= 1
        case .unreadable: take(4, 0)
        case .implausible: take(16, 0)
        case .missing(let absence):
            switch absence {
            case .notMeasured: take(5, 0)
            case .suspended: take(6, 0)
            case .dry: take(7, 0)
            }
        case .notDetected(let limit): if let limit { take(limit, tag: 8) } else { take(9, 0) }
        case .integer(let number): take(10, UInt64(bitPattern: number))
        case .date(let date): take(11, UInt64(UInt32(bitPattern: date.daysSinceEpoch)))
        case .month(let month): take(12, UInt64(truncatingIfNeeded: month.year * 16 + month.month))
        case .flag(let flag): take(13, flag ? 1 : 0)
        }
    }

    /// Takes in the day that a cell of months states, if it does: two samples of a month are two.
    @inline(__always)
    mutating func takeDay(_ index: Int, of row: borrowing Row) {
        guard case .month = row[index] else { return }
        row.withBytes(index) { bytes in if !bytes.isEmpty { take(bytes) } }
    }

    /// Takes in where a row stands, by which it differs from every other one.
    @inline(never)
    mutating func take(_ place: RowReference) {
        take(15 | UInt64(truncatingIfNeeded: place.line) << 8, UInt64(truncatingIfNeeded: place.column ?? 0))
        take(Array(place.file.utf8).span)
    }

    private mutating func take(_ number: ExactDecimal, tag: UInt64) {
        let plain = number.scale > 0 && number.coefficient % 10 == 0 ? number.trimmed : number
        take(tag | UInt64(plain.scale) << 8, UInt64(bitPattern: plain.coefficient))
    }

    @inline(__always)
    private mutating func take(_ bytes: Span<UInt8>) {
        take(14 | UInt64(bytes.count) << 8, bytes.isEmpty ? 0 : bytes.word(at: 0))
        var index = 8
        while index < bytes.count {
            take(bytes.word(at: index), index + 8 < bytes.count ? bytes.word(at: index + 8) : 0)
            index += 16
        }
    }

    /// Each word goes into both halves with another factor, so that what spoils one leaves the other.
    @inline(__always)
    private mutating func take(_ first: UInt64, _ second: UInt64) {
        let first = first ^ absent &<< 40
        absent = 0
        let upper = (first ^ high).multipliedFullWidth(by: second ^ seeds.second)
        let lower = (second ^ low).multipliedFullWidth(by: first ^ seeds.first)
        high = upper.high ^ upper.low &+ seeds.high
        low = lower.high ^ lower.low &+ seeds.low
    }

    /// What the standard library draws for each process.
    private static let seeds: (high: UInt64, low: UInt64, first: UInt64, second: UInt64) = {
        func drawn(_ number: Int) -> UInt64 {
            var hasher = Hasher()
            hasher.combine(number)
            return UInt64(bitPattern: Int64(hasher.finalize()))
        }
        return (drawn(1), drawn(2), drawn(3), drawn(4))
    }()
}
