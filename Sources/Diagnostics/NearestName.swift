// The name that was probably meant.

/// The known name nearest to a misspelled one, or `nil` when none is near enough to be a slip of the finger.
///
/// Nearness is the optimal-string-alignment distance (insert, delete, replace, swap neighbours); at most a third of the
/// longer name's characters may differ.
package func nearestName(to name: String, among known: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased())
    var best: (name: String, distance: Int)?
    for candidate in known.sorted() {
        let letters = Array(candidate.lowercased())
        let distance = alignmentDistance(wanted, letters)
        guard distance <= max(1, max(wanted.count, letters.count) / 3), distance < max(wanted.count, letters.count)
        else {
            continue
        }
        if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
}

/// "did you mean …?" for the nearest known name, or the list of names when it is short enough to read.
package func suggestion(for name: String, among known: some Collection<String>) -> String? {
    if let near = nearestName(to: name, among: known) { return "did you mean \"\(near)\"?" }
    guard !known.isEmpty, known.count <= 12 else { return nil }
    return "known: " + known.sorted().joined(separator: ", ")
}

private func alignmentDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            var cost = min(previous[column + 1] + 1, current[column] + 1)
            cost = min(cost, previous[column] + (left[row] == right[column] ? 0 : 1))
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                cost = min(cost, beforePrevious[column - 1] + 1)
            }
            current.append(cost)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[right.count]
}
