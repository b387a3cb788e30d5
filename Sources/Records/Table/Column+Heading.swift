// What is to be written above a column, and which numbers in it.

extension Column {
    /// The Chinese title, with the unit in full-width brackets: 氨氮（mg/L）.
    package var heading: String { (titleZh.isEmpty ? name : titleZh) + (unit.map { "（\($0)）" } ?? "") }

    /// The English title, with the unit in brackets.
    package var headingEn: String { (titleEn.isEmpty ? name : titleEn) + (unit.map { " (\($0))" } ?? "") }

    /// The numbers that can be meant, as a message names them: `from 0 to 14`; `nil` when all can.
    package var plausible: String? {
        switch (atLeast, atMost) {
        case (let least?, let most?): "from \(least) to \(most)"
        case (let least?, nil): "of at least \(least)"
        case (nil, let most?): "of at most \(most)"
        case (nil, nil): nil
        }
    }
}
