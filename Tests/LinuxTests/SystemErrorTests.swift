// The words of a refused system call.

import Linux
import Testing

@Suite struct SystemErrorTests {
    @Test(
        arguments: [
            (SystemError(call: "openat", path: "/x/y", code: 13), "openat /x/y: Permission denied (EACCES)"),
            (SystemError(call: "fsync", code: 5), "fsync: Input/output error (EIO)"),
            (SystemError(call: "read", code: 99_999), "read: unknown error (99999)"),
        ]
    )
    func errorsNameCallPathAndReason(error: SystemError, text: String) {
        #expect("\(error)" == text)
    }
}
