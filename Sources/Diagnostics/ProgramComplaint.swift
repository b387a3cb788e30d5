// How a program that was called wrongly says so on standard error.

/// `dutyctl: error: …`: the program's name and the word once each, whatever words the message began with.
package func complaint(of program: String, _ message: String) -> String {
    var rest = message[...]
    while let word = ["Error: ", "error: "].first(where: rest.hasPrefix) { rest = rest.dropFirst(word.count) }
    return "\(program): error: \(rest)"
}
