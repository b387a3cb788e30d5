// What is to be written above a column.

extension Column {
    /// The Chinese title, with the unit in full-width brackets: 氨氮（mg/L）.
    package var heading: String { (titleZh.isEmpty ? name : titleZh) + (unit.map { "（\($0)）" } ?? "") }

    /// The English title, with the unit in brackets.
    package var headingEn: String { (titleEn.isEmpty ? name : titleEn) + (unit.map { " (\($0))" } ?? "") }
}
