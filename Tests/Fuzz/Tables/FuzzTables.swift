// The entrance of libFuzzer, which Tests/Fuzz/run builds; in an ordinary build, a program that reads inputs again.

import Linux

#if FUZZING

    /// Tries one input; libFuzzer calls it with one after the other and keeps those that reach new code.
    @_cdecl("LLVMFuzzerTestOneInput")
    public func tryInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        // libFuzzer lends the bytes for the call alone.
        let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
        FuzzedInput(bytes)?.check()
        return 0
    }

#else

    @main
    enum FuzzTables {
        /// Tries the inputs in the files that are named; ends with a trap on the first one that breaks a promise.
        static func main() throws {
            for path in CommandLine.arguments.dropFirst() {
                let slash = path.lastIndex(of: "/")
                let folder = slash.map { String(path[...$0]) } ?? "."
                let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
                let bytes = try Directory.open(path: folder).openFile(name).readAll(limit: 1 << 20)
                FuzzedInput(bytes)?.check()
                print("\(path): every promise was kept")
            }
        }
    }

#endif
