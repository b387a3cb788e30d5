// A name in both languages.

/// What people call something, Chinese first.
package struct Title: Sendable, Hashable {
    package let zh: String
    package let en: String

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// The name in each language that notices are written in, by the language's tag.
    package var byLanguage: [String: String] { ["zh-CN": zh, "en": en] }

    /// Reads `{zh: …, en: …}` under a key.
    init?(_ key: String, of section: Section) {
        guard let title = section.section(key), let zh = title.text("zh"), let en = title.text("en") else { return nil }
        title.close()
        self.init(zh: zh, en: en)
    }
}
