// Which headers a table has beside those that it should have, for whoever has to mend it.

/// The headers of a table that cannot be read, and those that it needs.
package struct TableHeaders: Sendable, Hashable {
    /// So many headers of a table are named, and so long each.
    private static let mostNamed = 40
    private static let longestName = 40

    /// What stands there, cut where nobody would read on.
    package let found: [String]
    /// Whether more stands there.
    package let hasMore: Bool
    package let required: [Column]
    package let others: [Column]
    /// The headers that the layout itself needs.
    package let own: [String]
    /// How the feed's tables are laid out.
    package let wanted: TableForm.Shape
    /// How this one seems to be laid out, where that is otherwise.
    package let seeming: TableForm.Shape?

    /// Holds the names that were found against a feed's; empty ones are no headers.
    package init(found names: [String?], schema: TableSchema, form: TableForm, seeming: TableForm.Shape? = nil) {
        let written = names.lazy.compactMap(\.self).filter { !$0.isEmpty }
        found = written.prefix(Self.mostNamed).map { name in
            name.unicodeScalars.count > Self.longestName
                ? String(String.UnicodeScalarView(name.unicodeScalars.prefix(Self.longestName))) + "…" : name
        }
        hasMore = written.dropFirst(Self.mostNamed).first != nil
        required = schema.columns.filter(\.isRequired)
        if case .long(let item, let value) = form.layout {
            own = [item, value]
            // The others are named by the rows.
            others = schema.columns.filter { !$0.isIgnored && !$0.isRequired && !$0.type.isNumber }
        } else {
            own = []
            others = schema.columns.filter { !$0.isIgnored && !$0.isRequired }
        }
        wanted = form.shape
        self.seeming = seeming
    }

    /// The headers that are there, as one text.
    var foundText: String? { found.isEmpty ? nil : found.joined(separator: ", ") + (hasMore ? ", …" : "") }
}
