"""Where ours and systemd's answers may differ: what is known to be wrong in systemd 252, told from the case itself.

The right answer is always the model's. A difference is excused only when the model shows what brought it about: an open
step that is carried over the end of its field, a gap or a second pass of the clocks close by. See README.md.
"""

import bisect
import datetime
import re
import zoneinfo

import civil_model
import clock_changes
import systemd_calendar

ABBREVIATED = "not ours: zones by abbreviations, or by other names than the database's own"

SECOND = 1_000_000
DAY = 86_400 * SECOND

# Names of zones that are files of the database and yet mean something else on another machine.
AMBIGUOUS = {"CET", "EET", "EST", "HST", "MET", "MST", "WET", "localtime"}
IANA_NAMES = zoneinfo.available_timezones() - AMBIGUOUS


def refused_on_purpose(text, names):
    """Why ours refuses an event that systemd accepts, by rule; `names`: what systemd's own zone calls its times."""
    # The C library's strtoul(), which reads the number there, steps over blanks and signs.
    if re.search(r"@[\s+-]", text):
        return "not ours: a blank or a sign after @"
    word = text.rpartition(" ")[2]
    if word.lower() != "utc" and (word not in IANA_NAMES or word.lower() in (name.lower() for name in names)):
        return ABBREVIATED
    return None


def means_season(event, names):
    """Whether systemd takes the event's zone for a season of its own zone: "09:00 GMT" where winter is called so."""
    return event.zone is not None and event.zone in names and event.zone != "UTC"


def list_from_end_is_too_long(normal):
    """Whether systemd refuses days from the month's end: its limit of 28 falls by three with each item of a list."""
    event = civil_model.event(normal)
    limits = range(28, -100, -3)
    return event.from_end and any(
        max(first, last or 0, (step or 0) + 1) > limit
        for (first, last, step), limit in zip(civil_model.items(event.day), limits)
    )


class Difference:
    """One question to which systemd has another answer than the model."""

    def __init__(self, normal, zone_name, after, systemd, right):
        self.event = civil_model.event(normal)
        self.zone = zoneinfo.ZoneInfo(self.event.zone or zone_name)
        self.changes = [change * SECOND for change in clock_changes.changes(self.zone.key)]
        self.normal, self.after, self.systemd = normal, after, systemd
        self.right = None if right == "never" else int(right)
        self.theirs = int(systemd) if systemd.isdigit() else None
        self.end = max((value for value in (self.right, self.theirs) if value is not None), default=None)

    def cause(self):
        """The defect that explains the difference; nothing when none does."""
        if self.theirs is not None and self.theirs <= self.after:
            return "an answer that is not after the question" if self.is_near({"back"}) else None
        if self.is_in_second_pass():
            return "the second pass of a repeated hour"
        is_match = self.theirs is None or self.event.matches(civil_model.clocks(self.theirs, self.zone))
        if not is_match:
            return "a time beside a gap of the clocks" if self.is_near({"forward"}) else None
        if self.theirs is not None and (self.right is None or self.theirs < self.right):
            return None
        # From here on elapses are passed over, some or all of them.
        if self.systemd not in (str(self.theirs), "never", systemd_calendar.DEADLOCK):
            return None
        kind = "loops until it gives up" if self.systemd == systemd_calendar.DEADLOCK else "passes over elapses"
        if self.carries():
            return f"{kind}: a step carried over the end of its field"
        return f"{kind}: a gap of the clocks" if self.is_near({"forward"}) else None

    def is_in_second_pass(self):
        """Whether systemd names a right reading of the clocks, but the second time that they show it."""
        if self.theirs is None:
            return False
        reading = civil_model.clocks(self.theirs, self.zone)
        return civil_model.instants(reading, self.zone)[1:] == [self.theirs] and self.event.matches(reading)

    def is_near(self, kinds, days=2):
        """Whether the clocks are set that way from the day before the question until so many after the answers."""
        if self.end is None:
            return False
        first = bisect.bisect_left(self.changes, self.after - DAY)
        last = bisect.bisect_right(self.changes, self.end + days * DAY)
        return any(self.kind(change) in kinds for change in self.changes[first:last])

    def kind(self, change):
        before, after = (civil_model.clocks(instant, self.zone) for instant in (change - 1, change))
        return "forward" if after > before + datetime.timedelta(seconds=1) else "back"

    def carries(self):
        """Whether a step without an end runs past its field's end, further than the next larger unit or into a change.

        systemd sets only the one unit below the largest that changed to its first value, so that a step of minutes
        that is carried into another day keeps its minutes: *:00/45 misses midnight.
        """
        start = civil_model.clocks(self.after, self.zone)
        end = start.replace(year=2200, month=1, day=1) if self.end is None else civil_model.clocks(self.end, self.zone)
        date, clock = (word for word in self.normal.split(" ") if word[0].isdigit() or word[0] == "*")
        fields = [*date.replace("~", "-").split("-"), *clock.split(":")]
        units = [(value.year, value.month, value.day, value.hour, value.minute) for value in (start, end)]
        for place in range(1, 6):
            if not self.has_open_step(fields[place]) or units[0][:place] == units[1][:place]:
                continue
            # A carried month may land in the other season, and a fraction of a second is never set back.
            if place == 1 or "." in fields[place] or units[0][:place - 1] != units[1][:place - 1]:
                return True
            # A carried day lands in the following month; all else at most in the following day.
            if self.is_near({"forward", "back"}, days=31 if place == 2 else 2):
                return True
        return False

    @staticmethod
    def has_open_step(field):
        return field != "*" and any(step and last is None for _, last, step in civil_model.items(field, SECOND))
