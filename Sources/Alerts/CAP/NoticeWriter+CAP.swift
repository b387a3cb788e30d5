// Makes a change a message of the Common Alerting Protocol, the same for every department that is told.

import Almanac
import Checks
import Diagnostics

extension NoticeWriter {
    /// Why a message is kept back: better none than one that receivers refuse or read wrongly.
    struct Withheld: Error {
        let reasons: [Diagnostic]
    }

    /// A change as a message that breaks no rule.
    /// - Throws: The rules that it breaks, or what the settings lack.
    func cap(_ change: Change, _ circumstances: Circumstances) throws(Withheld) -> CAPMessage {
        guard let profile = circumstances.cap else {
            throw Withheld(reasons: [
                Diagnostic(
                    "there are no settings for messages of the Common Alerting Protocol",
                    remedy: "mend cap.yaml"
                )
            ])
        }
        let message = message(of: change, by: profile, circumstances)
        let broken = CAPRules.violations(of: message).filter { $0.severity == .error }
        guard broken.isEmpty else { throw Withheld(reasons: broken) }
        return message
    }

    /// A change as a message, whatever the rules say of it; its name is the alert's number and how often that was told.
    package func message(of change: Change, by profile: CAPProfile, _ circumstances: Circumstances) -> CAPMessage {
        let alert = change.alert
        let sent = Self.sent(alert, circumstances)
        let matter = profile.matter(ofJob: circumstances.job, kind: circumstances.kind)
        let references = Self.references(of: alert, sent: sent, by: profile)
        var message = CAPMessage(
            identifier: Self.identifier(of: alert.serial, alert.revision),
            sender: profile.sender,
            sent: sent,
            status: circumstances.isExercise ? .exercise : matter.status,
            // Without an earlier message to name, this one begins a chain: readers could not place it otherwise.
            type: references.isEmpty ? .alert : change.kind == .withdrawn ? .cancel : .update,
            scope: .restricted,
            infos: words.compactMap { words in
                words.cap.map { info(of: change, sent: sent, matter, by: profile, circumstances, in: words, $0) }
            }
        )
        message.source = PlainText.plain(circumstances.generator)
        let first = words.first { $0.cap != nil }
        let facts = Facts(["job": .text(circumstances.job)])
        message.restriction = first.flatMap { $0.capText(.restriction, facts, profile) }
        message.note = circumstances.isExercise ? first.flatMap { $0.capText(.exercise, facts, profile) } : nil
        message.references = references
        message.incidents = [alert.key.digest]
        return message
    }

    /// Time as the alert's own record has it, so that later messages can repeat it.
    private static func sent(_ alert: Alert, _ circumstances: Circumstances) -> CAPTime {
        alert.tellings.last { $0.revision == alert.revision }.map { CAPTime(text: $0.sentText) }
            ?? CAPTime(circumstances.sent, in: circumstances.zone)
    }

    private static func identifier(of serial: String, _ revision: Int) -> String {
        let digits = String(revision)
        return "\(serial)-r" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    /// Every earlier message that still counts, the oldest first; the last one also when it counts no more.
    ///
    /// What was sent by a clock that was ahead of today's cannot be named, because no message may follow a later one.
    private static func references(
        of alert: Alert,
        sent: CAPTime,
        by profile: CAPProfile
    ) -> [CAPMessage.Reference] {
        guard let now = sent.instant else { return [] }
        let earlier = alert.tellings.filter { telling in
            telling.revision < alert.revision
                && CAPTime(text: telling.sentText).instant.map { $0 <= now } ?? false
        }.sorted { ($0.at, $0.revision) < ($1.at, $1.revision) }
        return earlier.filter { telling in
            let life = telling.kind.isEnd ? profile.lifeOfEnd : profile.life
            return telling.revision == earlier.last?.revision || telling.at.adding(seconds: life.seconds) > now
        }.map { telling in
            CAPMessage.Reference(
                sender: profile.sender,
                identifier: identifier(of: alert.serial, telling.revision),
                sent: CAPTime(text: telling.sentText)
            )
        }
    }

    private func info(
        of change: Change,
        sent: CAPTime,
        _ matter: CAPProfile.Matter,
        by profile: CAPProfile,
        _ circumstances: Circumstances,
        in words: Words,
        _ capWords: CAPWords
    ) -> CAPMessage.Info {
        var facts = facts(of: change, 0, circumstances, in: words)
        for (field, sentence) in sentences(of: change, 0, circumstances, in: words) {
            facts[field.rawValue] = .text(sentence)
        }
        let isEnd = change.kind.isEnd
        let level = isEnd ? .ended : change.assessment.state == .warning ? profile.warning : profile.critical
        var info = CAPMessage.Info(
            language: capWords.tag,
            categories: matter.categories,
            event: words.capText(facts["topic"]) ?? circumstances.kind,
            urgency: level.urgency,
            severity: level.severity,
            certainty: level.certainty
        )
        info.responseTypes = level.responseTypes
        info.eventCodes = [.init("dutyd:check", "\(circumstances.kind)/\(change.alert.key.indicator)")]
        let life = isEnd ? profile.lifeOfEnd : profile.life
        info.expires = sent.instant.map { CAPTime($0.adding(seconds: life.seconds), in: circumstances.zone) }
        info.senderName = words.capText(.sender, facts, profile)
        info.headline = words.capText(.headline, facts, profile).map(Self.headline)
        info.description = words.capText(.description, facts, profile)
        info.instruction = words.capText(.instruction, facts, profile)
        info.web = profile.web
        info.contact = profile.contact
        info.parameters = parameters(of: change, circumstances, in: words)
        info.areas = [profile.area(in: words.language)]
        return info
    }

    /// One line that is short enough.
    private static func headline(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard line.utf16.count > CAPRules.longestHeadline else { return line }
        var short = ""
        for character in line {
            guard short.utf16.count + character.utf16.count < CAPRules.longestHeadline else { break }
            short.append(character)
        }
        return short + "…"
    }
}

extension Words {
    /// A text of the message; `nil` when the language has none or it came out empty.
    fileprivate func capText(_ field: CAPWords.Field, _ facts: Facts, _ profile: CAPProfile) -> String? {
        guard let template = cap?.templates[field] else { return nil }
        let named = facts.merging(Facts(["district": profile.district[language].map(Facts.Value.text)]))
        return capText(.text(template.text(with: named, tables: tables)))
    }

    /// A text that is plain and not empty.
    fileprivate func capText(_ value: Facts.Value?) -> String? {
        guard case .text(let text)? = value else { return nil }
        // Words are laid out for a page; here nothing stands before a line.
        let lines = PlainText.plain(text).split(whereSeparator: \.isNewline).map { line in
            String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
        let filled = lines.filter { !$0.isEmpty }.joined(separator: "\n")
        return filled.isEmpty ? nil : filled
    }
}
