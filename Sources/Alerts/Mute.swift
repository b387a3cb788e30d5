// Why an alert is not told at present, and which alerts hold others back.

package import Almanac
import Checks

/// What keeps an alert from being told.
package enum Mute: Sendable, Hashable {
    /// A silence matches it.
    case silence(id: Int, until: Instant)
    /// Another open alert explains it.
    case heldBack(by: String)
    /// Quiet time reigns.
    case quietTime(until: Instant)

    var occasion: Change.Occasion {
        switch self {
        case .silence: .silenced
        case .heldBack: .heldBack
        case .quietTime: .quietTime
        }
    }
}

/// Which alerts are held back, each with the serial number of one that does so.
struct HoldBack {
    private(set) var serials: [AlertKey: String] = [:]

    /// An alert holds back its children also when it is held back itself.
    ///
    /// Of alerts that hold each other back one is told,
    /// so that they are not kept from everybody: one that was told before, else the oldest.
    /// - Parameter policy: How the alerts of a job live.
    init(open: [AlertKey: Alert], policy: (String) -> AlertPolicy) {
        let children = open.values.filter { !policy($0.key.job).heldBackBy.isEmpty }
        guard !children.isEmpty else { return }
        func oldestFirst(_ left: Alert, _ right: Alert) -> Bool {
            (left.told == nil ? 1 : 0, left.raisedAt, left.serial)
                < (right.told == nil ? 1 : 0, right.raisedAt, right.serial)
        }
        let bad = open.values.filter(\.state.isBad).sorted(by: oldestFirst)
        let matchers = Set(children.flatMap { policy($0.key.job).heldBackBy })
        let parents = Dictionary(
            uniqueKeysWithValues: matchers.map { matcher in (matcher, bad.filter { matcher.matches($0.key, $0.state) })
            }
        )
        func parent(of child: Alert, among isMeant: (AlertKey) -> Bool) -> String? {
            for matcher in policy(child.key.job).heldBackBy {
                let parent = parents[matcher]?.first { $0.key != child.key && isMeant($0.key) }
                if let parent { return parent.serial }
            }
            return nil
        }
        // Beginning with alerts that nothing holds back, those are found that these hold back, and so on.
        var left = children.filter { parent(of: $0) { _ in true } != nil }.sorted(by: oldestFirst)
        var undecided = Set(left.map(\.key))
        while !left.isEmpty {
            let count = left.count
            left.removeAll { child in
                guard let serial = parent(of: child, among: { !undecided.contains($0) }) else { return false }
                serials[child.key] = serial
                undecided.remove(child.key)
                return true
            }
            if left.count == count { undecided.remove(left.removeFirst().key) }
        }
    }
}
