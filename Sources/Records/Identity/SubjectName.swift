// The form in which codes and names are compared: what a keyboard writes in many ways is the same, and nothing else is.

/// A name that may stand in several columns, such as a river and a section of it, as it is compared.
///
/// Full and half width, capitals, kinds of brackets, dashes and middle dots, and all blanks make no difference; every
/// other character does, since likeness is no proof: 控江路桥 and 控江路桥(老) are two places.
struct SubjectName: Sendable, Hashable {
    /// One part for each column; empty where the column says nothing.
    let parts: [String]

    /// Takes the parts as they are written, without what the feed says does not belong to a name's end.
    init(_ written: [String?], endings: [String]) {
        parts = written.map { $0.map { Self.compared($0, endings: endings) } ?? "" }
    }

    /// Whether nothing is said at all.
    var isEmpty: Bool { parts.allSatisfy(\.isEmpty) }

    /// Whether both say the same in every column in which both say something.
    func agrees(with other: SubjectName) -> Bool {
        zip(parts, other.parts).allSatisfy { $0.isEmpty || $1.isEmpty || $0 == $1 }
    }

    /// One part as it is compared.
    private static func compared(_ written: String, endings: [String]) -> String {
        var name = folded(written)
        for ending in endings.map(folded) where name.hasSuffix(ending) && name != ending {
            name.removeLast(ending.count)
            break
        }
        return name
    }

    private static func folded(_ written: String) -> String {
        var name = ""
        for scalar in written.unicodeScalars {
            guard let same = folded(scalar) else { continue }
            // A dash of the width of two letters is often written as two.
            if same == "-", name.unicodeScalars.last == "-" { continue }
            name.unicodeScalars.append(same)
        }
        return name
    }

    /// The scalar that stands for all that mean the same; `nil` for what is not seen.
    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let half = scalar.halfWidth
        return switch half {
        case "a"..."z": half.capital
        case "[", "{", "【", "〔", "〖", "「", "『", "《", "〈", "﹙", "⟨": "("
        case "]", "}", "】", "〕", "〗", "」", "』", "》", "〉", "﹚", "⟩": ")"
        case "\u{2010}"..."\u{2015}", "\u{2212}", "\u{FE58}", "\u{FE63}", "\u{2500}", "\u{2501}", "\u{30FC}": "-"
        case "•", "・", "‧", "∙", "⋅", "･": "·"
        case "\u{0}"..." ", "\u{85}", "\u{A0}", "\u{AD}", "\u{1680}", "\u{180E}", "\u{2000}"..."\u{200F}",
            "\u{2028}"..."\u{202F}", "\u{205F}"..."\u{206F}", "\u{3000}", "\u{FE00}"..."\u{FE0F}", "\u{FEFF}":
            nil
        default: half
        }
    }
}

/// A code as it is compared: as cells of codes are kept.
func comparedCode(_ written: String) -> String {
    Array(written.utf8).span.folded(forCodes: true).map { String(decoding: $0, as: UTF8.self) } ?? written
}

extension Unicode.Scalar {
    /// The ASCII character whose full-width form it is, or itself.
    fileprivate var halfWidth: Unicode.Scalar {
        (0xFF01...0xFF5E).contains(value) ? Unicode.Scalar(UInt8(value - 0xFEE0)) : self
    }

    /// The capital of an ASCII letter, or itself.
    fileprivate var capital: Unicode.Scalar {
        ("a"..."z").contains(self) ? Unicode.Scalar(UInt8(value - 32)) : self
    }
}
