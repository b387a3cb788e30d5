// A department's answer to a notice: the matter goes on until the verdict says that it is over.

package import Almanac

/// What a department says to a matter.
///
/// No answer closes it: only a verdict does.
package struct Receipt: Sendable, Hashable {
    /// What the department says.
    package enum Answer: String, Sendable, CaseIterable {
        /// 已签收: it knows; the same stage is not told again.
        case received
        /// 已办结: it has dealt with the matter, with evidence.
        case done
        /// 申请延期: it asks for another date.
        case extended = "extension"
        /// 退回: the matter is not its own.
        case misdirected
        /// 数据有误: the facts are wrong.
        case disputed

        /// What has to be said with it.
        package var required: [Part] {
            switch self {
            case .received: []
            case .done: [.evidence]
            case .extended: [.date, .approver, .reason]
            case .misdirected, .disputed: [.reason]
            }
        }
    }

    /// What may be said with an answer.
    package enum Part: String, Sendable, CaseIterable {
        case date, approver, reason, evidence, author
    }

    package let department: String
    /// The serial number of the matter, such as `CN-RIV-2024-000003`.
    package let serial: String
    package let answer: Answer
    /// Until when an extension is asked for; otherwise the day of the answer, if it says one.
    package let date: CivilDate?
    /// Who granted the extension.
    package let approver: String?
    package let reason: String?
    /// Where the proof is found that the matter was dealt with.
    package let evidence: String?
    /// Who answers.
    package let author: String?

    package init(
        department: String,
        serial: String,
        answer: Answer,
        date: CivilDate? = nil,
        approver: String? = nil,
        reason: String? = nil,
        evidence: String? = nil,
        author: String? = nil
    ) {
        self.department = department
        self.serial = serial
        self.answer = answer
        self.date = date
        self.approver = approver
        self.reason = reason
        self.evidence = evidence
        self.author = author
    }

    /// The parts that the answer cannot do without and that are missing.
    package var missing: [Part] {
        answer.required.filter { part in
            switch part {
            case .date: date == nil
            case .approver: approver == nil
            case .reason: reason == nil
            case .evidence: evidence == nil
            case .author: author == nil
            }
        }
    }
}

extension Receipt.Answer {
    /// The answer that somebody wrote, in Chinese or English; brackets, blanks and case make no difference.
    package init?(written text: String) {
        let plain = String(text.lowercased().prefix { $0 != "(" && $0 != "（" }.filter { !$0.isWhitespace && $0 != "-" })
        guard let answer = Self.spellings[plain] else { return nil }
        self = answer
    }

    private static let spellings: [String: Receipt.Answer] = [
        "已签收": .received, "签收": .received, "已收到": .received, "received": .received, "acknowledged": .received,
        "已办结": .done, "办结": .done, "done": .done, "completed": .done,
        "申请延期": .extended, "延期": .extended, "extension": .extended, "extensionrequested": .extended,
        "退回": .misdirected, "不属本单位": .misdirected, "returned": .misdirected, "misdirected": .misdirected,
        "notours": .misdirected,
        "数据有误": .disputed, "数据错误": .disputed, "disputed": .disputed, "datawrong": .disputed,
    ]
}
