// How a YAML file of standards/ states a water-quality standard: one line of limits an item.

import Almanac
import Checks
import Diagnostics
import Records

/// What a YAML file of `standards/` can state; one that does not say states limits of water quality.
private enum StandardKind: String, CaseIterable {
    case waterQuality = "water-quality"
}

extension WaterQualityStandard {
    init?(_ file: SettingsFile, complaints: Complaints) {
        guard let root = Section.root(of: file, complaints: complaints) else { return nil }
        if root.has("kind") { _ = root.choice("kind", of: StandardKind.self) }
        let name = root.parsed("standard") { text throws(Diagnostic) in
            guard text == file.stem else {
                throw Diagnostic("the standard's name and its file's name differ", found: text, expected: file.stem)
            }
            return text
        }
        let title = Title("title", of: root)
        let source = root.text("source")
        let validFrom = root.parsed("valid-from", Self.day)
        let validUntil = root.optionallyParsed("valid-until", Self.day)
        let items = root.section("items").map { section in
            section.keys.compactMap { symbol in section.section(symbol).flatMap { Item(symbol, $0) } }
        }
        let method = root.section("method").flatMap(AssessmentMethod.init)
        let plausibility = root.section("plausibility").flatMap(PlausibilityLimits.init)
        if let validFrom, let validUntil, validUntil < validFrom {
            root.complain(
                Diagnostic(
                    "the standard ends before it begins",
                    found: validUntil.description,
                    expected: "\(validFrom) or later"
                ),
                key: "valid-until"
            )
        }
        if let items, items.count > Self.mostItems {
            root.complain(
                Diagnostic("there are too many items", found: "\(items.count)", expected: "at most \(Self.mostItems)"),
                key: "items"
            )
        }
        root.close()
        guard let name, title != nil, source != nil, validFrom != nil, let items, let method, let plausibility,
            !complaints.hasErrors
        else { return nil }
        self.init(
            name: name,
            items: items,
            validFrom: validFrom,
            validUntil: validUntil,
            method: method,
            plausibility: plausibility
        )
    }

    static func day(_ text: String) throws(Diagnostic) -> CivilDate {
        guard let date = CivilDate(iso8601: text) else {
            throw Diagnostic("this is no date", found: text, expected: "a date such as 2002-06-01")
        }
        return date
    }
}

extension WaterQualityStandard.Item {
    fileprivate init?(_ symbol: String, _ section: Section) {
        let unit = section.optionalText("unit") ?? ""
        let direction = section.choice("direction", of: WaterQualityStandard.Direction.self)
        let limits = Self.limits("limits", section)
        let lakeLimits = Self.limits("lake-limits", section)
        let lower = direction == .range ? section.parsed("lower", Self.number) : nil
        let decimals = section.parsed("decimals") { text throws(Diagnostic) in
            guard let number = Int(text), (0...9).contains(number) else {
                throw Diagnostic("this is no number of decimals", found: text, expected: "0 to 9")
            }
            return number
        }
        let decides = section.choice("decides", of: Answer.self)
        let leads = section.has("leads") ? section.choice("leads", of: Answer.self) : .no
        let drinkingWaterLimit = section.optionallyParsed("drinking-water", Self.number)
        section.close()
        guard let direction, let decimals, let decides else { return nil }
        let classes = WaterClass.allCases.count - 1
        for (key, list) in [("limits", limits), ("lake-limits", lakeLimits)] {
            let mayBeEmpty = key == "lake-limits" || decides == .no
            guard list.count != classes, !(mayBeEmpty && list.isEmpty) else { continue }
            section.complain(
                Diagnostic("an item needs one limit for each class", found: "\(list.count)", expected: "\(classes)"),
                key: key
            )
            return nil
        }
        self.init(
            symbol: symbol,
            unit: unit,
            direction: direction,
            limits: limits,
            lakeLimits: lakeLimits,
            lower: lower,
            decimals: decimals,
            decides: decides == .yes,
            leads: leads == .yes,
            drinkingWaterLimit: drinkingWaterLimit
        )
    }

    private static func limits(_ key: String, _ section: Section) -> [ExactDecimal] {
        section.texts(key).compactMap { text, mark -> ExactDecimal? in
            if let limit = ExactDecimal(text) { return limit }
            section.complain(Diagnostic("this is no number", found: text), key: key, mark: mark)
            return nil
        }
    }

    private static func number(_ text: String) throws(Diagnostic) -> ExactDecimal {
        guard let number = ExactDecimal(text) else {
            throw Diagnostic("this is no number", found: text, expected: "a decimal number such as 0.5")
        }
        return number
    }
}
