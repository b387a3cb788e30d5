// The bytes of a file as the UTF-8 text of a table.

import Diagnostics
import Engine
import Linux
import Records

/// Finds out piece by piece in which encoding a file is written, and lends its text as UTF-8.
///
/// It holds back the file's first bytes and what comes before the encoding is decided, and nothing otherwise.
struct TableText: ~Copyable {
    private let path: String
    private var fingerprint = ContentFingerprint()
    private var detection = EncodingDetection()
    private var converter: CharacterConverter?
    /// Whether enough was seen to know that this is no workbook.
    private var isRecognised = false
    private var isDecided = false
    private var held: [UInt8] = []

    init(path: String) { self.path = path }

    /// Takes the next bytes of the file.
    /// - Throws: When they are not those of a table.
    mutating func take(_ bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Void) throws(Reject) {
        fingerprint.add(bytes)
        if isRecognised { return try decode(bytes, body) }
        hold(bytes)
        if held.count >= ForeignFormat.openingBytes { try recognise(body) }
    }

    /// Ends the file.
    mutating func finish(_ body: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        if !isRecognised { try recognise(body) }
        let encoding = detection.finish()
        if !isDecided { try begin(encoding, body) }
        converter?.finish(body)
        return ReadTable(encoding: encoding, fingerprint: fingerprint.text)
    }

    private mutating func recognise(_ body: (Span<UInt8>) -> Void) throws(Reject) {
        var opening: [UInt8] = []
        swap(&opening, &held)
        if let format = ForeignFormat(opening: opening.span) {
            throw .foreign(FileFormat(format), path, found: Self.title(of: format))
        }
        isRecognised = true
        try decode(opening.span, body)
    }

    private mutating func decode(_ bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Void) throws(Reject) {
        guard !isDecided else { return pass(bytes, body) }
        detection.look(at: bytes)
        if let encoding = detection.encoding {
            hold(bytes)
            try begin(encoding, body)
        } else if detection.isOpen {
            hold(bytes)
        } else {
            body(bytes)
        }
    }

    /// Goes on with what was held back, now that the encoding is known.
    private mutating func begin(_ encoding: TextEncoding, _ body: (Span<UInt8>) -> Void) throws(Reject) {
        do throws(SystemError) {
            switch encoding {
            case .utf8: break
            case .gb18030: converter = try CharacterConverter(from: .gb18030)
            case .utf16LittleEndian: converter = try CharacterConverter(from: .utf16LittleEndian)
            case .utf16BigEndian: converter = try CharacterConverter(from: .utf16BigEndian)
            }
        } catch {
            throw Self.unconvertible(encoding, path, error)
        }
        isDecided = true
        var bytes: [UInt8] = []
        swap(&bytes, &held)
        pass(bytes.span, body)
    }

    private mutating func pass(_ bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        guard !bytes.isEmpty else { return }
        if converter == nil { body(bytes) } else { converter?.convert(bytes, body) }
    }

    private mutating func hold(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe held.append(contentsOf: $0) }
    }

    private static func title(of format: ForeignFormat) -> String {
        switch format {
        case .workbook: "the contents of a workbook (.xlsx or the like)"
        case .oldWorkbook: "the contents of an older office file (.xls or the like)"
        case .webPage: "the contents of a web page"
        case .pdf: "the contents of a PDF"
        case .richText: "the contents of a text document"
        case .picture: "the contents of a picture"
        case .archive: "the contents of an archive"
        }
    }

    private static func unconvertible(_ encoding: TextEncoding, _ path: String, _ error: SystemError) -> Reject {
        let diagnostic = Diagnostic(
            "this machine cannot convert the table's encoding",
            at: Position(file: path),
            found: "\(encoding.rawValue): \(error)",
            remedy: "install the C library's character tables (gconv), or save the table as CSV UTF-8"
        )
        return Reject(.unreadableFile, diagnostic)
    }
}

extension TableFile {
    /// Lends the whole file as UTF-8 text, chunk by chunk.
    /// - Parameter path: How complaints call the file.
    /// - Throws: A `Reject` when the file cannot be read to its end, or is no text.
    func text(of path: String, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        var text = TableText(path: path)
        try read { bytes throws(Reject) in try text.take(bytes, chunk) }
        return try text.finish(chunk)
    }
}
