// What a system call answered when it refused.

internal import CLinux
internal import Glibc

/// A failed system call: which one, on what, and the errno it left.
package struct SystemError: Error, Sendable, Equatable {
    /// The call's name as its manual page spells it.
    package let call: String
    /// The file it was about; `nil` for calls on open descriptors.
    package let path: String?
    /// The errno.
    package let code: Int32

    package init(call: String, path: String? = nil, code: Int32) {
        self.call = call
        self.path = path
        self.code = code
    }
}

extension SystemError {
    package static let alreadyExists = EEXIST
    package static let brokenPipe = EPIPE
    package static let connectionRefused = ECONNREFUSED
    package static let crossesDevices = EXDEV
    package static let doesNotExist = ENOENT
    package static let invalidArgument = EINVAL
    package static let noSpace = ENOSPC
    package static let notADirectory = ENOTDIR
    package static let notPermitted = EPERM
    package static let overQuota = EDQUOT
    package static let permissionDenied = EACCES
    package static let readOnly = EROFS
    package static let tooBig = EFBIG
    /// What opening a symbolic link with `O_NOFOLLOW` answers.
    package static let tooManyLinks = ELOOP
    package static let wouldBlock = EAGAIN
}

extension SystemError: CustomStringConvertible {
    /// For example `openat /x/y: Permission denied (EACCES)`.
    package var description: String {
        let text = unsafe strerrordesc_np(code).map { unsafe String(cString: $0) } ?? "unknown error"
        let name = unsafe strerrorname_np(code).map { unsafe String(cString: $0) } ?? String(code)
        return "\(call)\(path.map { " \($0)" } ?? ""): \(text) (\(name))"
    }
}

/// Makes a system call, again if a signal interrupts it, and turns the answer −1 into an error.
@discardableResult
func checked<Result: SignedInteger>(
    _ call: String,
    _ path: @autoclosure () -> String? = nil,
    _ body: () -> Result
) throws(SystemError) -> Result {
    while true {
        let result = body()
        if result != -1 { return result }
        let code = errno
        if code != EINTR { throw SystemError(call: call, path: path(), code: code) }
    }
}
