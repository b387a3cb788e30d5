// How a file of standards/ states a water-quality standard: one line of limits an item.

import Almanac
import Checks
import Diagnostics
import Records

extension WaterQualityStandard {
    init?(_ file: SettingsFile, complaints: Complaints) {
        guard let root = Section.root(of: file, complaints: complaints) else { return nil }
        let name = root.parsed("standard") { text throws(Diagnostic) in
            guard text == file.stem else {
                throw Diagnostic("the standard's name and its file's name differ", found: text, expected: file.stem)
            }
            return text
        }
        let title = Title("title", of: root)
        let source = root.text("source")
        let validFrom = root.parsed("valid-from") { text throws(Diagnostic) in
            guard let date = CivilDate(iso8601: text) else {
                throw Diagnostic("this is no date", found: text, expected: "a date such as 2002-06-01")
            }
            return date
        }
        let items = root.section("items").map { section in
            section.keys.compactMap { symbol in section.section(symbol).flatMap { Item(symbol, $0) } }
        }
        root.close()
        guard let name, title != nil, source != nil, validFrom != nil, let items, !complaints.hasErrors else {
            return nil
        }
        self.init(name: name, items: items)
    }
}

extension WaterQualityStandard.Item {
    fileprivate init?(_ symbol: String, _ section: Section) {
        let unit = section.optionalText("unit") ?? ""
        let direction = section.choice("direction", of: WaterQualityStandard.Direction.self)
        let limits = section.texts("limits").compactMap { text, mark -> ExactDecimal? in
            if let limit = ExactDecimal(text) { return limit }
            section.complain(Diagnostic("this is no number", found: text), key: "limits", mark: mark)
            return nil
        }
        let lower = direction == .range ? section.parsed("lower", Self.number) : nil
        let decimals = section.parsed("decimals") { text throws(Diagnostic) in
            guard let number = Int(text), (0...9).contains(number) else {
                throw Diagnostic("this is no number of decimals", found: text, expected: "0 to 9")
            }
            return number
        }
        let decides = section.choice("decides", of: Answer.self)
        section.close()
        guard let direction, let decimals, let decides else { return nil }
        guard limits.count == WaterClass.allCases.count - 1 || decides == .no else {
            section.complain(
                Diagnostic("an item needs one limit for each class", found: "\(limits.count)", expected: "5"),
                key: "limits"
            )
            return nil
        }
        self.init(
            symbol: symbol,
            unit: unit,
            direction: direction,
            limits: limits,
            lower: lower,
            decimals: decimals,
            decides: decides == .yes
        )
    }

    private static func number(_ text: String) throws(Diagnostic) -> ExactDecimal {
        guard let number = ExactDecimal(text) else {
            throw Diagnostic("this is no number", found: text, expected: "a decimal number such as 0.5")
        }
        return number
    }
}
