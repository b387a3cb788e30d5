// What the bytes of an input mean: how a table is read, where its chunks end, and the table.

import Records

/// One input of the fuzzer.
struct FuzzedInput {
    /// What is tried.
    private enum Trial {
        case table(TableForm)
        /// One cell of a column of that type.
        case cell(ColumnType)
    }

    private let trial: Trial
    private let limits: TableReader.Limits
    /// What the borders of the chunks follow from.
    private let seed: UInt64
    private let bytes: [UInt8]

    /// Takes an input apart: one byte says what is tried, one where chunks end, and the rest is the table or the cell.
    ///
    /// Digits and letters do as the first byte, so that seeds can be written in an editor: `0` to `2` read a table that
    /// is wide, long or transposed, `4` to `6` one with small limits, and `8` to `>` the same with its rows repeated;
    /// `@` to `H` read a cell of one type.
    init?(_ input: [UInt8]) {
        guard input.count >= 2 else { return nil }
        let choice = Int(input[0])
        if choice & 0x40 != 0 {
            let types = ColumnType.allCases
            trial = .cell(types[choice % 16 % types.count])
        } else {
            let layouts: [TableForm.Layout] = [.wide, .long(item: "项目", value: "值"), .transposed, .wide]
            trial = .table(TableForm(layout: layouts[choice % 4]))
        }
        let isSmall = choice & 4 != 0
        limits =
            isSmall
            ? TableReader.Limits(rowBytes: 64, columns: 8, diagnostics: 5)
            : TableReader.Limits(rowBytes: 256, columns: 64, diagnostics: 50)
        seed = UInt64(input[1])
        let written = Array(input[2...])
        bytes = choice & 0x48 == 8 ? Self.repeatingRows(of: written) : written
    }

    /// The table with the rows below its first line several times.
    ///
    /// Where chunks end matters only behind the bytes in which the header is looked for, as many as a row may have.
    private static func repeatingRows(of table: [UInt8]) -> [UInt8] {
        guard let end = table.firstIndex(of: UInt8(ascii: "\n")) else { return table }
        let rows = table[(end + 1)...]
        return table + rows + rows + rows
    }

    /// Reads the input and traps when a promise is broken.
    func check() {
        switch trial {
        case .table(let form): TableTrial(bytes: bytes, form: form, limits: limits, seed: seed).check()
        case .cell(let type): CellTrial(bytes: bytes, type: type).check()
        }
    }
}

/// Traps with a message when a promise is broken.
func promise(_ isKept: Bool, _ what: @autoclosure () -> String) {
    if !isKept { fatalError("a broken promise: \(what())") }
}
