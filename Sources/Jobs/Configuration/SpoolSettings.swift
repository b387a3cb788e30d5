// How long what was delivered is kept, and how much may lie about.

package import Almanac
import Diagnostics

/// What `dutyd.yaml` says under `spool`; everything may be left out.
package struct SpoolSettings: Sendable, Hashable {
    /// How long files that a department has dealt with stay in `done/`: the yearly report looks back a year.
    package private(set) var keepDone = TimeSpan(seconds: 400 * 86_400)
    /// How long documents can be sent again after they were taken: three years, one of them a leap year.
    package private(set) var keepDocuments = TimeSpan(seconds: 1_096 * 86_400)
    /// After how long a file that was claimed and not dealt with is told to the operators.
    package private(set) var claimed = TimeSpan(seconds: 30 * 86_400)
    /// So many files, or so many mebibytes, may lie in a department's `new/` before it gets no more reminders.
    package private(set) var untakenFiles = 2_000
    package private(set) var untakenMebibytes = 256
    /// So many mebibytes are left free on the spool's file system.
    package private(set) var reserveMebibytes = 8

    private static let longest: Int64 = 100 * 366 * 86_400

    init() {}

    /// Reads the section; a value that cannot be used is complained about.
    init(_ section: Section) {
        func span(_ key: String, _ value: inout TimeSpan) {
            let read = section.optionallyParsed(key) { text throws(Diagnostic) in
                let span = try TimeSpan(text)
                guard (86_400...Self.longest).contains(span.seconds) else {
                    throw Diagnostic("too short or too long", found: text, expected: "from 1 day to 36600 days")
                }
                return span
            }
            value = read ?? value
        }
        func count(_ key: String, _ range: ClosedRange<Int>, _ value: inout Int) {
            let read = section.optionallyParsed(key) { text throws(Diagnostic) in
                guard let number = Int(text), range.contains(number) else {
                    throw Diagnostic(
                        "this is no usable number",
                        found: text,
                        expected: "a whole number from \(range.lowerBound) to \(range.upperBound)"
                    )
                }
                return number
            }
            value = read ?? value
        }
        span("keep-done", &keepDone)
        span("keep-documents", &keepDocuments)
        span("claimed", &claimed)
        count("untaken-files", 1...100_000, &untakenFiles)
        count("untaken-mebibytes", 1...1_000_000, &untakenMebibytes)
        count("reserve-mebibytes", 0...1_000_000, &reserveMebibytes)
        section.close()
    }
}
