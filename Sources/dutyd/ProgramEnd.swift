// How the program ends when a command throws.

import ArgumentParser
import Diagnostics
import Glibc

enum ProgramEnd {
    /// Ends the program: 0 after help, 1 when something failed, 2 when the command line is wrong.
    static func after(_ error: any Error, of command: any ParsableCommand.Type) -> Never {
        if let diagnostic = error as? Diagnostic {
            StandardError.write("dutyd: \(diagnostic)")
            Glibc.exit(1)
        }
        let code = command.exitCode(for: error)
        let message = command.fullMessage(for: error)
        guard code.isSuccess else {
            if !message.isEmpty { StandardError.write(complaint(of: "dutyd", message)) }
            Glibc.exit(code == .validationFailure ? 2 : 1)
        }
        if !message.isEmpty { print(message) }
        Glibc.exit(0)
    }
}
