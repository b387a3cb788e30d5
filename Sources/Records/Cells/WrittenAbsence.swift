// The words and marks with which people say that there is no value.

extension Absence {
    /// Reads what stands for a value in a cell of that type; `nil` when it stands for none.
    ///
    /// Text and codes know marks alone, because a word may be what is meant. 无 is "no" in a flag.
    init?(_ text: FoldedText, in type: ColumnType) {
        if text.isMark {
            self = .notMeasured
            return
        }
        guard type != .text, type != .code else { return nil }
        for (word, absence) in Self.words where !(word == "无" && type == .flag) {
            var rest = text
            guard rest.skip(word) else { continue }
            var remark = FoldedText(restOf: rest)
            // "停测(清淤)": the word says it all, the brackets say why.
            guard rest.isAtEnd || remark.dropBrackets() else { continue }
            self = absence
            return
        }
        return nil
    }

    private static let words: [(String, Absence)] = [
        ("未测", .notMeasured), ("未监测", .notMeasured), ("未检测", .notMeasured), ("未采样", .notMeasured),
        ("缺测", .notMeasured), ("na", .notMeasured), ("n/a", .notMeasured), ("nan", .notMeasured), ("无", .notMeasured),
        ("停测", .suspended), ("断流", .dry), ("干涸", .dry),
    ]
}

extension FoldedText {
    /// Whether it is a dash, a slash or an asterisk, once or a few times.
    fileprivate var isMark: Bool {
        guard let first = bytes.first, [.minus, .slash, 0x2A].contains(first) else { return false }
        return bytes.count <= 4 && bytes.allSatisfy { $0 == first }
    }
}
