// How a feed's tables are laid out.

/// The layout of a feed's tables, and the rows below them that are no data.
package struct TableForm: Sendable, Hashable {
    /// Where the columns of the schema stand.
    package enum Layout: Sendable, Hashable {
        /// A header row, then one row a record.
        case wide
        /// One row a value: the column with that header names what was measured, the other one holds the value.
        case long(item: String, value: String)
        /// A header column, then one column a record.
        case transposed
    }

    /// What the layout is called.
    package enum Shape: String, Sendable, CaseIterable {
        case wide, long, transposed
    }

    /// Totals and notes as offices write them below their tables.
    package static let usualFooters = [
        "合计", "总计", "小计", "共计", "注", "备注", "说明", "填表人", "填报人", "制表人", "审核人", "负责人", "数据来源", "Total", "Note",
        "平均", "平均值", "均值", "最大值", "最小值", "Average", "Maximum", "Minimum",
    ]

    package static let wide = TableForm(layout: .wide)

    package let layout: Layout
    package var shape: Shape {
        switch layout {
        case .wide: .wide
        case .long: .long
        case .transposed: .transposed
        }
    }
    /// A row is no data when its first cell that is not blank is one of these, or begins with one and a colon.
    package let footers: [String]

    package init(layout: Layout, footers: [String] = Self.usualFooters) {
        self.layout = layout
        self.footers = footers
    }
}
