// Water-quality classes: their order, how people write them, and what they say about a section's state.

/// A water-quality class of GB 3838, best first; the raw value is how scripts read it.
package enum WaterClass: String, Sendable, Comparable, CaseIterable {
    case i = "I", ii = "II", iii = "III", iv = "IV", v = "V"
    /// 劣Ⅴ, worse than every class of the standard.
    case worseThanV = "V+"

    /// 0 for class I to 5 for worse than class V.
    package var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }

    package static func < (left: WaterClass, right: WaterClass) -> Bool { left.rank < right.rank }

    /// How the state of a section of that class is graded (环办〔2011〕22号): classes I and II are one grade.
    package enum Grade: String, Sendable, Comparable, CaseIterable {
        case excellent, good
        case lightPollution = "light-pollution"
        case moderatePollution = "moderate-pollution"
        case heavyPollution = "heavy-pollution"

        /// 0 for the best one to 4.
        package var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }

        package static func < (left: Grade, right: Grade) -> Bool { left.rank < right.rank }

        /// The colour in which maps show it.
        package var colour: String { ["blue", "green", "yellow", "orange", "red"][rank] }
    }

    package var grade: Grade {
        switch self {
        case .i, .ii: .excellent
        case .iii: .good
        case .iv: .lightPollution
        case .v: .moderatePollution
        case .worseThanV: .heavyPollution
        }
    }

    /// Reads a target class as people write it: `Ⅲ`, `III`, `Ⅲ类`, `3`, `三类`; `nil` for anything else.
    package init?(written text: String) {
        var name = String(text.unicodeScalars.map { Character(Self.halfWidth($0)) }).filter { !$0.isWhitespace }
        if name.hasSuffix("类") || name.hasSuffix("類") { name.removeLast() }
        switch name.uppercased() {
        case "I", "Ⅰ", "1", "一": self = .i
        case "II", "Ⅱ", "2", "二": self = .ii
        case "III", "Ⅲ", "3", "三": self = .iii
        case "IV", "Ⅳ", "4", "四": self = .iv
        case "V", "Ⅴ", "5", "五": self = .v
        case "V+", ">V", ">Ⅴ", "劣V", "劣Ⅴ", "劣五": self = .worseThanV
        default: return nil
        }
    }

    /// Reads a class that a section can have to reach; nothing is worse than the last one.
    package init?(target text: String) {
        self.init(written: text)
        guard self != .worseThanV else { return nil }
    }

    private static func halfWidth(_ scalar: UnicodeScalar) -> UnicodeScalar {
        (0xFF01...0xFF5E).contains(scalar.value) ? UnicodeScalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }
}
