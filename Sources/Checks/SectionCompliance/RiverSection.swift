// One river section as its register describes it: who it is, what it has to reach from when on, what it has to report.

import Almanac
import Records

/// A section; what was measured there is in the history.
struct RiverSection: Sendable {
    /// A class that the section has to reach.
    struct Target: Sendable {
        /// The first month for which it holds; `nil` when it always did.
        let from: Int?
        let waterClass: WaterClass
        let source: RowReference
    }

    /// Months in which nothing is measured, as when a river is dredged.
    struct Suspension: Sendable {
        let from: Int?
        let until: Int?
        let reason: String?
    }

    let code: String
    let river: String
    let place: String
    var office: String?
    /// By the month from which they hold, earliest first.
    private(set) var targets: [Target] = []
    /// Why there is no target.
    var targetGap = Gap.Reason.blank
    /// Where the section was first heard of.
    let source: RowReference
    /// The items that the section has to report; `nil` when the register does not say.
    var expectedItems: [String]?
    var body = WaterBody.river
    var isDrinkingWater = false
    /// The first month in which it is measured; `nil` when that is not known.
    var start: Int?
    private(set) var suspensions: [Suspension] = []

    init(code: String, river: String, place: String, source: RowReference) {
        self.code = code
        self.river = river
        self.place = place
        self.source = source
    }

    static func name(river: String, place: String) -> String {
        river.isEmpty || place.isEmpty ? river + place : "\(river) \(place)"
    }

    var name: String { Self.name(river: river, place: place) }

    /// Enters a target; `false` when there is one from that month on.
    mutating func add(_ target: Target) -> Bool {
        guard !targets.contains(where: { $0.from == target.from }) else { return false }
        targets.append(target)
        targets.sort { ($0.from ?? .min) < ($1.from ?? .min) }
        return true
    }

    mutating func add(_ suspension: Suspension) { suspensions.append(suspension) }

    /// What the register wants of the section in a month.
    func target(in month: Int) -> Target? { targets.last { ($0.from ?? .min) <= month } }

    /// Why nothing is measured in a month, as far as the register knows.
    func suspension(in month: Int) -> Suspension? {
        suspensions.first { ($0.from ?? .min) <= month && month <= ($0.until ?? .max) }
    }

    /// Whether a month lies before the first one that is measured.
    func isBeforeStart(_ month: Int) -> Bool { start.map { month < $0 } ?? false }
}
