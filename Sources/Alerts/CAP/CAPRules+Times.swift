// Rules on times and on how the languages of a message agree.

import Diagnostics

extension CAPRules {
    static let times = [timeForm, expiryGiven, expiryOrder, localTime]
    static let languages = [languageTag, sameMatter, distinctLanguages, distinctTexts]

    /// `YYYY-MM-DDThh:mm:ss±hh:mm`, never `Z`, never a fraction (CAP 1.2 §3.3.2).
    static let timeForm = CAPRule("time-form") { message in
        message.times.filter { $0.time.instant == nil }.map { element, time in
            Diagnostic(
                "\(element) is not written as a time has to be",
                found: time.text,
                expected: "a time such as 2024-04-05T09:00:00+08:00"
            )
        }
    }

    /// Each block says until when it counts; profiles ask for it.
    static let expiryGiven = CAPRule("expires") { message in
        message.infos.filter { $0.expires == nil }.map {
            Diagnostic("an info block does not say until when it counts", found: $0.language, expected: "expires")
        }
    }

    /// Nothing is over before it was sent or before it counts.
    static let expiryOrder = CAPRule("expires-order") { message in
        message.infos.flatMap { info -> [Diagnostic] in
            guard let expires = info.expires, let end = expires.instant else { return [] }
            let earlier = [message.sent, info.effective].compactMap(\.self)
            return earlier.filter { time in time.instant.map { $0 > end } ?? false }.map {
                Diagnostic("the message is over before it counts", found: expires.text, expected: "after \($0.text)")
            }
        }
    }

    /// Readers want the time that their own clocks show; where that is UTC, this is nothing to mind.
    static let localTime = CAPRule("local-time", severity: .warning) { message in
        guard message.times.allSatisfy(\.time.isUTC) else { return [] }
        return [Diagnostic("all times are UTC", found: message.sent.text, expected: "local time with its offset")]
    }

    /// `zh-CN`, not `zh_CN` (RFC 3066 §2.1, which XML Schema takes for its language type).
    static let languageTag = CAPRule("language-tag") { message in
        message.infos.map(\.language).filter { !isLanguageTag($0) }.map {
            Diagnostic("this is no tag of a language", found: $0, expected: "a tag such as zh-CN")
        }
    }

    /// All languages tell of the same matter (CAP 1.2 §3.2.2: one alert in each language).
    static let sameMatter = CAPRule("same-matter") { message in
        guard let first = message.infos.first else { return [] }
        return message.infos.dropFirst().filter {
            Set($0.categories) != Set(first.categories) || Set($0.eventCodes) != Set(first.eventCodes)
        }.map {
            Diagnostic(
                "an info block has other categories or event codes than the first",
                found: $0.language,
                expected: "those of \(first.language)"
            )
        }
    }

    /// Each language stands there once.
    static let distinctLanguages = CAPRule("language-twice") { message in
        message.infos.indices.filter { index in
            message.infos[..<index].contains { $0.language == message.infos[index].language }
        }.map { Diagnostic("a language stands there twice", found: message.infos[$0].language, expected: "each once") }
    }

    /// Two languages do not say it in the same words.
    static let distinctTexts = CAPRule("same-text", severity: .warning) { message in
        message.infos.indices.filter { index in
            let info = message.infos[index]
            return info.description != nil
                && message.infos[..<index].contains {
                    ($0.headline, $0.description) == (info.headline, info.description)
                }
        }.map {
            Diagnostic("two languages say it in the same words", found: message.infos[$0].language)
        }
    }

    /// Whether the text is one to eight letters, and more parts of letters and digits after hyphens.
    package static func isLanguageTag(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
        return parts.allSatisfy { part in
            (1...8).contains(part.utf8.count) && part.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) }
        } && parts[0].utf8.allSatisfy(isLetter)
    }
}
