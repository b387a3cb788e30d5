// How a feed says what its tables look like.

import Diagnostics
import Records

extension TableForm {
    private enum PlainLayout: String, CaseIterable {
        case wide, transposed
    }

    /// Reads `layout` and `footers`; both may be left out.
    init?(_ root: Section) {
        let footers = root.has("footers") ? root.texts("footers").map(\.text) : Self.usualFooters
        guard let layout = Self.layout(of: root) else { return nil }
        self.init(layout: layout, footers: footers)
    }

    private static func layout(of root: Section) -> Layout? {
        guard root.isSection("layout") else {
            guard root.has("layout") else { return .wide }
            return root.choice("layout", of: PlainLayout.self).map { $0 == .wide ? .wide : .transposed }
        }
        guard let settings = root.section("layout") else { return nil }
        let long = settings.section("long")
        settings.close()
        guard let long else { return nil }
        let item = long.text("item")
        let value = long.text("value")
        long.close()
        guard let item, let value else { return nil }
        guard item != value else {
            long.complain(
                Diagnostic("the item and its value cannot stand in one column", found: value),
                key: "value"
            )
            return nil
        }
        return .long(item: item, value: value)
    }
}
