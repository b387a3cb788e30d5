// What a message of the Common Alerting Protocol gives programs to go by: one parameter for each plain value.

import Almanac
import Checks
import Diagnostics
import Records

extension NoticeWriter {
    /// So many characters of a value are given; the JSON notice has all of them.
    private static let longestValue = 500

    /// The alert's own values, then the facts of its verdict that are one value each.
    func parameters(
        of change: Change,
        _ circumstances: Circumstances,
        in words: Words
    ) -> [CAPMessage.NamedValue] {
        let alert = change.alert
        let assessment = change.assessment
        let state = assessment.state.rawValue
        let acknowledgement = alert.acknowledgement
        let own: [(String, String?)] = [
            ("serial", alert.serial), ("revision", String(alert.revision)), ("change", change.kind.rawValue),
            ("occasion", change.occasion?.rawValue), ("reason", change.reason), ("job", circumstances.job),
            ("subject", assessment.subject), ("name", assessment.name), ("indicator", assessment.indicator),
            ("period", assessment.period.label), ("state", state), ("previous", change.previous?.rawValue),
            // Our own levels by name, never the colours of public warnings.
            ("alertLevel", words.tables["states"]?[state] ?? state),
            ("ack.by", acknowledgement.map { $0.department ?? $0.author }),
            ("ack.until", acknowledgement.map { CAPTime($0.until, in: circumstances.zone).text }),
        ]
        let facts = assessment.facts.all.map { ("fact.\($0.name)", Self.plainValue($0.value)) }
        return (own + facts).compactMap { name, value in
            guard let value, !value.allSatisfy(\.isWhitespace) else { return nil }
            func plain(_ text: String) -> String { PlainText.plain(printable(text, limit: Self.longestValue)) }
            return CAPMessage.NamedValue(plain(name), plain(value))
        }
    }

    private static func plainValue(_ value: Facts.Value) -> String? {
        switch value {
        case .text(let text): text
        case .decimal(let number): number.description
        case .integer(let number): String(number)
        case .date(let date): date.description
        case .flag(let flag): flag ? "true" : "false"
        case .texts(let texts): texts.joined(separator: ", ")
        case .list: nil
        }
    }
}
