// Recognises by its first bytes what is no table although it is called one.

/// What a file is whose first bytes are those of a workbook, a document, a picture or an archive.
///
/// People rename workbooks to `.csv`, and office systems save HTML as `.xls`; one sentence about the whole file helps
/// them more than a thousand about its cells.
package enum ForeignFormat: String, Sendable, CaseIterable {
    case workbook, oldWorkbook, webPage, pdf, richText, picture, archive

    /// As many of a file's first bytes as are looked at.
    package static let openingBytes = 64

    /// Recognises the first bytes of a file; `nil` when they may be a table's.
    package init?(opening: Span<UInt8>) {
        func begins(_ bytes: [UInt8], at start: Int = 0) -> Bool {
            guard opening.count >= start + bytes.count else { return false }
            return bytes.indices.allSatisfy { opening[start + $0] == bytes[$0] }
        }
        func begins(_ text: String, at start: Int = 0) -> Bool { begins(Array(text.utf8), at: start) }

        if begins("PK\u{3}\u{4}") || begins("PK\u{5}\u{6}") {
            // The name of the first file in it, behind 30 bytes about it.
            let parts = ["[Content_Types].xml", "_rels/", "docProps/", "xl/", "mimetype", "customXml/"]
            self = parts.contains { begins($0, at: 30) } ? .workbook : .archive
        } else if begins([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            self = .oldWorkbook
        } else if begins("%PDF-") {
            self = .pdf
        } else if begins("{\\rtf") {
            self = .richText
        } else if begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A]) || begins([0xFF, 0xD8, 0xFF]) || begins("GIF87a")
            || begins("GIF89a")
            || begins([0x49, 0x49, 0x2A, 0x00]) || begins([0x4D, 0x4D, 0x00, 0x2A])
            || (begins("BM") && begins([0, 0, 0, 0], at: 6)) || (begins("RIFF") && begins("WEBP", at: 8))
            || (begins([0, 0, 0]) && begins("ftyp", at: 4))
        {
            self = .picture
        } else if begins([0x1F, 0x8B]) || begins([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C])
            || begins("Rar!\u{1A}\u{7}") || begins([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
            || begins([0x28, 0xB5, 0x2F, 0xFD])
        {
            self = .archive
        } else if opening.beginsWithMarkup {
            self = .webPage
        } else {
            return nil
        }
    }
}

extension Span<UInt8> {
    /// Whether HTML or XML begins here, behind a byte order mark and blanks.
    fileprivate var beginsWithMarkup: Bool {
        var start = count >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF ? 3 : 0
        while start < count, self[start].isBlank { start += 1 }
        return ["<?xml", "<!doctype", "<html", "<head", "<table", "<meta", "<style", "<script"].contains { tag in
            let end = start + tag.utf8.count
            return end <= count && extracting(start..<end).isEqual(toLowercase: tag)
        }
    }
}
