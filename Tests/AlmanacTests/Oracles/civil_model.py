"""When calendar events elapse, found by trying the readings of the clocks one after the other.

Written from systemd.time(7) and Python's zoneinfo alone: neither systemd's way nor ours, so that it can judge both.
"""

import bisect
import calendar
import datetime
import functools
import zoneinfo

EPOCH = datetime.datetime(1970, 1, 1)
UTC = datetime.timezone.utc
MICROSECOND = datetime.timedelta(microseconds=1)
NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def items(text, scale=1):
    """(first, last or None, step or None) of each item of a component in normal form."""
    for item in text.split(","):
        span, _, step = item.partition("/")
        first, _, last = span.partition("..")
        yield tuple(round(float(value) * scale) if value else None for value in (first, last, step))


def expand(text, low, high):
    """The values of a component, in order."""
    if text == "*":
        return list(range(low, high + 1))
    values = set()
    for first, last, step in items(text):
        values.update(range(first, (last or (high if step else first)) + 1, step or 1))
    return sorted(values)


def days_from_end(text, length):
    """Days of a month of that length that count from its end; an open step runs on towards the end."""
    days = set()
    for first, last, step in items(text):
        if last:
            days.update(range(length - last + 1, length - first + 2, step or 1))
        elif step:
            days.update(range(length - first + 1, length + 1, step))
        else:
            days.add(length - first + 1)
    return days


def weekdays(text):
    days = set()
    for item in text.split(","):
        first, _, last = item.partition("..")
        days.update(range(NAMES.index(first), NAMES.index(last or first) + 1))
    return days


class Event:
    """An event in normal form."""

    def __init__(self, normal):
        words = normal.split(" ")
        self.weekdays = weekdays(words.pop(0)) if words[0][0].isalpha() else set(range(7))
        date, clock = words[:2]
        self.zone = words[2] if len(words) > 2 else None
        self.from_end = "~" in date
        year, month, self.day = date.replace("~", "-").split("-")
        hour, minute, second = clock.split(":")
        self.years = expand(year, 1970, 2199)
        self.months = expand(month, 1, 12)
        self.hours = expand(hour, 0, 23)
        self.minutes = expand(minute, 0, 59)
        # A minute has too many microseconds to write them all out.
        self.seconds = list(items("0/1" if second == "*" else second, 1_000_000))

    def days(self, year, month):
        length = calendar.monthrange(year, month)[1]
        days = days_from_end(self.day, length) if self.from_end else expand(self.day, 1, 31)
        return [
            datetime.date(year, month, day)
            for day in sorted(days)
            if day <= length and calendar.weekday(year, month, day) in self.weekdays
        ]

    def second(self, least):
        """The first microsecond of a minute that matches and is not below that one."""
        found = []
        for first, last, step in self.seconds:
            step = step or (1_000_000 if last is not None else None)
            value = first if least <= first or not step else first + -(-(least - first) // step) * step
            if least <= value <= (last if last is not None else 59_999_999):
                found.append(value)
        return min(found, default=None)

    def readings(self, start):
        """The readings of the clocks from that one on, in their order."""
        for year in self.years[bisect.bisect_left(self.years, start.year):]:
            for month in self.months:
                if (year, month) < (start.year, start.month):
                    continue
                for date in self.days(year, month):
                    if date >= start.date():
                        midnight = datetime.datetime(date.year, date.month, date.day)
                        yield from self.times(midnight, max(start, midnight))

    def times(self, midnight, start):
        for hour in self.hours:
            if midnight.replace(hour=hour, minute=59, second=59, microsecond=999_999) < start:
                continue
            for minute in self.minutes:
                clock = midnight.replace(hour=hour, minute=minute)
                least = max(0, (start - clock) // MICROSECOND)
                while least <= 59_999_999 and (second := self.second(least)) is not None:
                    yield clock + second * MICROSECOND
                    least = second + 1

    def matches(self, reading):
        return next(self.readings(reading), None) == reading


@functools.lru_cache(maxsize=4096)
def event(normal):
    return Event(normal)


def clocks(instant, zone):
    """What the zone's clocks show at those microseconds since 1970 UTC."""
    return (EPOCH + instant * MICROSECOND).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def instants(civil, zone):
    """The microseconds at which the zone's clocks show that: none, one or two."""
    found = set()
    for fold in (0, 1):
        instant = (civil.replace(tzinfo=zone, fold=fold).astimezone(UTC).replace(tzinfo=None) - EPOCH) // MICROSECOND
        if clocks(instant, zone) == civil:
            found.add(instant)
    return sorted(found)


def following(normal, zone_name, after):
    """The event's next elapse by its own clocks, or else by those of that zone; nothing when there is none."""
    wanted = event(normal)
    zone = zoneinfo.ZoneInfo(wanted.zone or zone_name)
    start = clocks(after, zone) + MICROSECOND
    while (reading := next(wanted.readings(start), None)) is not None:
        found = instants(reading, zone)
        # A reading that the clocks skip is none; of one that they show twice the first time counts that is left.
        if later := [instant for instant in found if instant > after]:
            return later[0]
        # Clocks are set at full seconds, so that the rest of a second that they skip needs no trying.
        start = reading + MICROSECOND if found else reading.replace(microsecond=0) + datetime.timedelta(seconds=1)
    return None
