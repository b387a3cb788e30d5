// Holes of templates that no fact has filled, as a reader would see them.

extension String {
    /// The names of facts that a text asked for and nobody knew; a document's number such as 环办〔2011〕22号 is none.
    package var unfilledHoles: [String] { matches(of: /〔([A-Za-z][A-Za-z0-9]*)〕/).map { String($0.output.1) } }
}
