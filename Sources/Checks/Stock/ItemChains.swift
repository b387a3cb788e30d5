// Entries of many items in one array: what a site counts, or what its books say.

/// Entries, of which those of one item are found in the order in which they came, without an array for each item.
struct ItemChains<Entry: Sendable>: Sendable {
    private struct Link: Sendable {
        var entry: Entry
        /// The place of the item's entry before; none where it is negative.
        let previous: Int32
    }

    private var links: [Link] = []
    /// The place of each item's last entry.
    private var last: [UInt32: Int32] = [:]

    var isEmpty: Bool { links.isEmpty }

    subscript(place: Int) -> Entry {
        get { links[place].entry }
        set { links[place].entry = newValue }
    }

    mutating func append(_ entry: Entry, to item: UInt32) {
        let place = Int32(links.count)
        links.append(Link(entry: entry, previous: last.updateValue(place, forKey: item) ?? -1))
    }

    func contains(_ item: UInt32) -> Bool { last[item] != nil }

    /// The places of an item's entries, in the order in which they came.
    func places(of item: UInt32) -> [Int] {
        guard var place = last[item] else { return [] }
        var places: [Int] = []
        while place >= 0 {
            places.append(Int(place))
            place = links[Int(place)].previous
        }
        places.reverse()
        return places
    }

    /// An item's entries, in the order in which they came.
    func entries(of item: UInt32) -> [Entry] { places(of: item).map { links[$0].entry } }
}
