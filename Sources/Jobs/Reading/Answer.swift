// Yes or no.

/// What a setting answers that can be on or off.
enum Answer: String, CaseIterable {
    case yes, no
}
