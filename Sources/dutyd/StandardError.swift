// Lines to standard error.

import Glibc

enum StandardError {
    /// Writes one line at once.
    static func write(_ line: String) {
        var text = line + "\n"
        text.withUTF8 { bytes in _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
    }
}
