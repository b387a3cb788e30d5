// What a change is in one language: the facts that sentences may name, and the sentences.

import Checks

extension NoticeWriter {
    /// A change in one language.
    struct Wording {
        let language: String
        /// One for each field that has words, in the order in which a notice gives them.
        let sentences: [(field: Words.Field, text: String)]
        /// The notice from its first line to its last.
        let whole: String
    }

    func wording(
        of change: Change,
        _ sequence: Int64,
        _ circumstances: Circumstances,
        in words: Words
    ) -> Wording {
        var facts = facts(of: change, sequence, circumstances, in: words)
        let sentences = sentences(of: change, with: facts, kind: circumstances.kind, in: words)
        for (field, sentence) in sentences { facts[field.rawValue] = .text(sentence) }
        return Wording(
            language: words.language,
            sentences: sentences,
            whole: words.layout.text(with: facts, tables: words.tables)
        )
    }

    func sentences(
        of change: Change,
        _ sequence: Int64,
        _ circumstances: Circumstances,
        in words: Words
    ) -> [(field: Words.Field, text: String)] {
        let facts = facts(of: change, sequence, circumstances, in: words)
        return sentences(of: change, with: facts, kind: circumstances.kind, in: words)
    }

    private func sentences(
        of change: Change,
        with facts: Facts,
        kind: String,
        in words: Words
    ) -> [(field: Words.Field, text: String)] {
        // What a withdrawal or an end takes back is what was told last.
        let state = change.kind == .withdrawn ? change.previous ?? change.assessment.state : change.alert.state
        return Words.Field.allCases.compactMap { field in
            words.sentence(
                field,
                kind: kind,
                indicator: change.assessment.indicator,
                change: change.kind,
                state: state,
                facts: facts
            ).map { (field, $0) }
        }
    }
}
