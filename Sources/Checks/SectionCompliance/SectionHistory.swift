// What was measured at each section in each month, in little room: rows come and go, and their sums stay.

import Diagnostics
import Records

/// The months of all sections.
///
/// A million rows of some hundred sections take no more than their months do: sums, counts, and where the first rows
/// stand.
struct SectionHistory: Sendable {
    /// One month of one section, but for the numbers.
    struct Month: Sendable {
        /// Its year × 12 + its number − 1.
        let ordinal: Int32
        /// The first rows that were admitted.
        fileprivate(set) var rows: [RowPlace] = []
        /// What each of the first ones said, in the order of `rows`, to know it again.
        fileprivate var prints: [Fingerprint] = []
        fileprivate(set) var last: RowPlace?
        /// The row of another table, or of the same one, that says otherwise.
        fileprivate(set) var contradiction: RowPlace?
        /// The first row of the month that was rejected.
        fileprivate(set) var lost: RowPlace?
        /// The target that a row states, with that row.
        fileprivate(set) var stated: (target: WaterClass, at: RowPlace)?
        fileprivate(set) var hasUnreadableTarget = false
        /// A bit for each item of which the month has samples.
        fileprivate(set) var present: UInt64 = 0
        /// A bit for each item for which a table had no column.
        fileprivate(set) var absent: UInt64 = 0
        /// Where its samples begin; they stand there in the order of the bits of `present`.
        fileprivate var start = 0
    }

    /// What a further row of a section and month is.
    enum Admission {
        case isNew
        case repeats(RowPlace)
        case contradicts(RowPlace)
        /// Another row of its file says otherwise, as whoever handed it on knows.
        case isContradicted
    }

    /// So many rows are named for a verdict; of the others it says how many samples there were.
    private static let mostNamedRows = 1000
    /// Among so many rows, one a day for a year, one that says the same is looked for.
    ///
    /// A feed with more of them states its key, by which its reader knows such rows.
    private static let mostComparedRows = 400

    private var months: [Month] = []
    private var samples: [ItemSamples] = []
    /// The months of each section by their numbers in `months`, earliest first.
    private var sections: [[Int32]] = []

    /// Takes up another section; sections are numbered as they come.
    mutating func addSection() { sections.append([]) }

    /// The month at that number.
    subscript(number: Int) -> Month { months[number] }

    /// Notes that a row of the month was rejected, without which nobody can call the section compliant.
    mutating func lose(_ row: RowPlace, of number: Int) { months[number].lost = months[number].lost ?? row }

    /// Takes the target that a row states; `nil` is one that cannot be read.
    mutating func state(_ target: WaterClass?, at row: RowPlace, of number: Int) {
        guard let target else { return months[number].hasUnreadableTarget = true }
        months[number].stated = (target, row)
    }

    /// Notes for which items a table has no column.
    mutating func lack(_ items: UInt64, in number: Int) { months[number].absent |= items }

    /// The months of a section of which there are rows, earliest first.
    func months(of section: Int) -> [Int] { sections[section].map(Int.init) }

    /// The number of a section's month; `nil` when there is no row of it.
    func find(_ ordinal: Int, of section: Int) -> Int? {
        let place = place(of: ordinal, in: section)
        guard place < sections[section].count else { return nil }
        let number = Int(sections[section][place])
        return Int(months[number].ordinal) == ordinal ? number : nil
    }

    /// The number of a section's month, which is made when there is none.
    mutating func month(_ ordinal: Int, of section: Int) -> Int {
        // Tables grow month by month, so it is nearly always the last one.
        if let last = sections[section].last, Int(months[Int(last)].ordinal) == ordinal { return Int(last) }
        let place = place(of: ordinal, in: section)
        if place < sections[section].count, Int(months[Int(sections[section][place])].ordinal) == ordinal {
            return Int(sections[section][place])
        }
        months.append(Month(ordinal: Int32(ordinal)))
        sections[section].insert(Int32(months.count - 1), at: place)
        return months.count - 1
    }

    /// Where in the section's months that one is or belongs.
    private func place(of ordinal: Int, in section: Int) -> Int {
        var (low, high) = (0, sections[section].count)
        while low < high {
            let middle = (low + high) / 2
            if Int(months[Int(sections[section][middle])].ordinal) < ordinal { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Takes a row of measurements in: further samples of one table are averaged, but two tables that differ contradict
    /// each other, because the second is a correction of which nobody said so.
    /// - Parameter print: What it says; `nil` when it is known to say nothing again.
    mutating func admit(
        _ print: Fingerprint?,
        to number: Int,
        at row: RowPlace,
        contradicting other: Bool
    ) -> Admission {
        if other {
            months[number].contradiction = row
            return .isContradicted
        }
        if let print, let earlier = months[number].prints.firstIndex(of: print) {
            return .repeats(months[number].rows[earlier])
        }
        if let first = months[number].rows.first, !first.isInFile(of: row) {
            months[number].contradiction = row
            return .contradicts(first)
        }
        if let print, months[number].prints.count < Self.mostComparedRows { months[number].prints.append(print) }
        if months[number].rows.count < Self.mostNamedRows { months[number].rows.append(row) }
        months[number].last = row
        return .isNew
    }

    /// Makes room for the samples of the items whose bits are set.
    mutating func open(_ items: UInt64, in number: Int) {
        let known = months[number].present
        guard known | items != known else { return }
        var wider: [ItemSamples] = []
        for item in 0..<64 where (known | items) & (1 << UInt64(item)) != 0 {
            wider.append(self[number, item] ?? ItemSamples())
        }
        // What was there before is left behind; a month rarely gets further columns.
        months[number].start = samples.count
        months[number].present = known | items
        samples += wider
    }

    /// What was measured of an item in a month; `nil` when there is none.
    subscript(number: Int, item: Int) -> ItemSamples? {
        let month = months[number]
        let bit = UInt64(1) << UInt64(item)
        guard month.present & bit != 0 else { return nil }
        return samples[month.start + (month.present & (bit - 1)).nonzeroBitCount]
    }

    /// Adds a cell to the samples of an item for which there is room.
    @inline(__always)
    mutating func add(_ cell: Cell, item: Int, to number: Int, isPH: Bool, at row: RowPlace) -> Diagnostic? {
        let bit = UInt64(1) << UInt64(item)
        let index = months[number].start + (months[number].present & (bit - 1)).nonzeroBitCount
        return samples[index].add(cell, isPH: isPH, at: row)
    }
}
