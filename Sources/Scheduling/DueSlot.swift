// One entry of a schedule's row of slots, after the rule of working days.

package import Almanac

/// An instant at which a schedule has something to decide.
package struct DueSlot: Sendable, Hashable {
    /// When the job runs, or when the slot that is not run would have come.
    package let instant: Instant
    /// The instant for which it was planned before working days were looked at; `nil` when nothing moves it.
    ///
    /// By it the slot is known again when a later notice moves it. The plan of a working day of the month is the slot's
    /// time on the first of that month.
    package let plan: Instant?
    /// The day it was moved from, the day it moved to, and why; `nil` for a slot that stayed.
    package let shift: ShiftedDay?
    /// Why it is not run whatever happens; `nil` for a slot that is.
    package let skip: SlotReason.Skip?
    /// Whether a later notice about working days may move it.
    package let isProvisional: Bool

    package init(
        instant: Instant,
        plan: Instant? = nil,
        shift: ShiftedDay? = nil,
        skip: SlotReason.Skip? = nil,
        isProvisional: Bool = false
    ) {
        self.instant = instant
        self.plan = plan
        self.shift = shift
        self.skip = skip
        self.isProvisional = isProvisional
    }

    /// What people should know about the slot: why it moved, or that it may still move; `nil` when it is as planned.
    package var remark: String? {
        let doubt = isProvisional ? "provisional: the calendar of working days does not reach so far" : nil
        let remarks = [shift?.description, doubt].compactMap(\.self)
        return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
    }
}
