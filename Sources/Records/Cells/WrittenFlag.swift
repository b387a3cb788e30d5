// Yes and no as people write them.

extension Bool {
    /// Reads yes or no in a word, a letter or a tick; `nil` for what could be either.
    ///
    /// A letter x is neither: in some forms it ticks a box, in others it strikes it out. × and ✗ are "no".
    init?(written text: FoldedText) {
        if text.isOne(of: ["1", "yes", "y", "true", "是", "有", "√", "✓", "✔"]) {
            self = true
        } else if text.isOne(of: ["0", "no", "n", "false", "否", "无", "×", "✗", "✘"]) {
            self = false
        } else {
            return nil
        }
    }
}
