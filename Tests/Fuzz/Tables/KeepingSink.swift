// Keeps everything that a reader delivers, and knows what each row has to be like.

import Almanac
import Records

/// One row as it was delivered.
struct KeptRow: Equatable {
    let reference: RowReference
    let cells: [Cell]
    let texts: [String?]
    let isRejected: Bool

    init(_ row: borrowing Row) {
        reference = row.reference
        isRejected = row.isRejected
        var cells: [Cell] = []
        var texts: [String?] = []
        for index in 0..<row.count {
            cells.append(row[index])
            texts.append(row.text(index))
            guard row[index] == .text else { continue }
            row.withBytes(index) { bytes in
                promise(!bytes.isEmpty, "a text without a text")
                let copy = bytes.indices.map { bytes[$0] }
                promise(!copy.contains(0) && String(validating: copy, as: UTF8.self) != nil, "a text that is none")
            }
        }
        self.cells = cells
        self.texts = texts
    }

    func check() {
        for (cell, text) in zip(cells, texts) {
            switch cell {
            case .absent, .blank, .missing, .unreadable, .implausible:
                promise(text == nil, "\(cell) has the text \(text ?? "")")
            case .month(let month): promise((1...12).contains(month.month), "\(month)")
            default: promise(text?.isEmpty == false, "\(cell) has no text")
            }
        }
    }
}

/// A sink that keeps every row and every complaint.
struct KeepingSink: RowSink, Equatable {
    var rows: [KeptRow] = []
    var rejects: [Reject] = []

    mutating func accept(_ row: borrowing Row) { rows.append(KeptRow(row)) }
    mutating func reject(_ reject: Reject) { rejects.append(reject) }
}
