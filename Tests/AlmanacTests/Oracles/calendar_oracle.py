"""Expected values for calendar events, from the machine's own systemd and from a model written apart from ours.

Reads lines "event TAB zone TAB microseconds-or-nothing" and answers each with a line
"normal-form-or-nothing TAB systemd's-next TAB model's-next"; a next is microseconds, "never", or "error".
The normal form is of "event zone" when the event carries a zone itself (zone column "-": event as it stands, UTC).
"""

import bisect
import ctypes
import datetime
import functools
import glob
import os
import sys
import time
import zoneinfo

LIBRARY = ctypes.CDLL(glob.glob("/usr/lib/*/systemd/libsystemd-shared-*.so")[0])
LIBRARY.calendar_spec_next_usec.argtypes = [ctypes.c_void_p, ctypes.c_uint64, ctypes.POINTER(ctypes.c_uint64)]
ENOENT = 2


def use_zone(name):
    if os.environ.get("TZ") != name:
        os.environ["TZ"] = name
        time.tzset()


def systemd(event, after):
    spec = ctypes.c_void_p()
    if LIBRARY.calendar_spec_from_string(event.encode(), ctypes.byref(spec)) < 0:
        return None, "error"
    text = ctypes.c_char_p()
    LIBRARY.calendar_spec_to_string(spec, ctypes.byref(text))
    following = "error"
    if after is not None:
        result = ctypes.c_uint64()
        code = LIBRARY.calendar_spec_next_usec(spec, after, ctypes.byref(result))
        following = str(result.value) if code >= 0 else "never" if code == -ENOENT else "error"
    LIBRARY.calendar_spec_free(spec)
    return text.value.decode(), following


def expand(text, low, high, scale=1):
    """The values of a component in normal form, in the order of its field; seconds in microseconds."""
    if text == "*":
        return list(range(low, high + 1, scale))
    values = set()
    for item in text.split(","):
        span, _, step = item.partition("/")
        first, _, last = span.partition("..")
        start = round(float(first) * scale)
        end = round(float(last) * scale) if last else (high if step else start)
        values.update(range(start, end + 1, round(float(step) * scale) if step else scale))
    return sorted(values)


def days_from_end(text, length):
    """Days of a month of that length that count from its end; an open step runs on towards the end."""
    days = set()
    for item in text.split(","):
        span, _, step = item.partition("/")
        first, _, last = span.partition("..")
        stride = int(step) if step else 1
        if last:
            days.update(length - value + 1 for value in range(int(first), int(last) + 1, stride))
        elif step:
            days.update(range(length - int(first) + 1, length + 1, stride))
        else:
            days.add(length - int(first) + 1)
    return days


NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def weekdays(text):
    days = set()
    for item in text.split(","):
        first, _, last = item.partition("..")
        days.update(range(NAMES.index(first), NAMES.index(last or first) + 1))
    return days


@functools.lru_cache(maxsize=64)
def compiled(normal):
    words = normal.split(" ")
    wanted = weekdays(words.pop(0)) if words[0][0].isalpha() else set(range(7))
    date, clock = words[0], words[1]
    from_end = "~" in date
    year, month, day = date.replace("~", "-").split("-")
    hour, minute, second = clock.split(":")
    return (
        wanted, expand(year, 1970, 2199), set(expand(month, 1, 12)), from_end, day,
        expand(hour, 0, 23), expand(minute, 0, 59), expand(second, 0, 59_999_999, 1_000_000),
    )


EPOCH = datetime.datetime(1970, 1, 1)
UTC = datetime.timezone.utc


def instants(civil, zone):
    """The microseconds at which the zone's clocks show that: none, one or two."""
    found = set()
    for fold in (0, 1):
        aware = civil.replace(tzinfo=zone, fold=fold)
        back = aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
        if back == civil:
            delta = aware.astimezone(UTC).replace(tzinfo=None) - EPOCH
            found.add(delta // datetime.timedelta(microseconds=1))
    return sorted(found)


def model(normal, zone_name, after):
    """The next elapse by trying the readings of the clocks one after the other."""
    zone = zoneinfo.ZoneInfo(zone_name)
    wanted, years, months, from_end, day_text, hours, minutes, seconds = compiled(normal)
    local = (EPOCH + datetime.timedelta(microseconds=after)).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    for year in years[bisect.bisect_left(years, local.year):]:
        for month in sorted(months):
            if (year, month) < (local.year, local.month):
                continue
            length = ((datetime.date(year + month // 12, month % 12 + 1, 1)) - datetime.date(year, month, 1)).days
            days = days_from_end(day_text, length) if from_end else set(expand(day_text, 1, 31))
            for day in sorted(days):
                if day > length or datetime.date(year, month, day) < local.date():
                    continue
                if datetime.date(year, month, day).weekday() not in wanted:
                    continue
                found = first_time(datetime.datetime(year, month, day), local, hours, minutes, seconds, zone, after)
                if found is not None:
                    return str(found)
    return "never"


def first_time(midnight, local, hours, minutes, seconds, zone, after):
    for hour in hours:
        if midnight.replace(hour=hour, minute=59, second=59, microsecond=999_999) < local:
            continue
        for minute in minutes:
            if midnight.replace(hour=hour, minute=minute, second=59, microsecond=999_999) < local:
                continue
            for micros in seconds:
                civil = midnight.replace(hour=hour, minute=minute) + datetime.timedelta(microseconds=micros)
                if civil <= local:
                    continue
                later = [instant for instant in instants(civil, zone) if instant > after]
                if later:
                    return later[0]
    return None


def main():
    for line in sys.stdin:
        event, zone, after = line.rstrip("\n").split("\t")
        after = int(after) if after else None
        use_zone("UTC" if zone == "-" else zone)
        normal, following = systemd(event, after)
        expected = "error"
        if normal is not None and after is not None:
            expected = model(normal, "UTC" if zone == "-" else zone, after)
        print(normal or "", following, expected, sep="\t")


main()
