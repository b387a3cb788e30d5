// Times as the Common Alerting Protocol writes them, kept as written: who names an earlier message repeats its bytes.

package import Almanac

/// `2024-04-05T09:00:00+08:00`: whole seconds and the offset in force, never `Z` (CAP 1.2 §3.3.2).
package struct CAPTime: Sendable, Hashable {
    package let text: String

    /// A time as it was written; rules tell whether it has the right form.
    package init(text: String) { self.text = text }

    /// The instant as the zone's clocks show it, cut to the second.
    package init(_ instant: Instant, in zone: Zone) {
        let local = zone.rfc3339(instant)
        // The standard's form of an offset of zero.
        text = local.hasSuffix("+00:00") ? local.dropLast(6) + "-00:00" : local
    }

    /// The instant that is meant; `nil` when the text has not the form of the standard's schema.
    package var instant: Instant? {
        let bytes = Array(text.utf8)
        guard bytes.count == 25, bytes[10] == UInt8(ascii: "T"), !text.hasPrefix("0000"),
            bytes[19] == UInt8(ascii: "+") || bytes[19] == UInt8(ascii: "-"),
            // XML Schema part 2 §3.2.7.3: an offset is at most 14 hours.
            String(decoding: bytes[20...], as: UTF8.self) <= "14:00"
        else { return nil }
        return try? Instant(rfc3339: text)
    }

    /// Whether it is given in UTC, which tells nothing of local time.
    package var isUTC: Bool { text.hasSuffix("-00:00") || text.hasSuffix("+00:00") || text.hasSuffix("Z") }
}
