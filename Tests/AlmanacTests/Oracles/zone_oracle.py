"""Offsets from UTC by Python's zoneinfo, from the same files that we read.

    zone TAB seconds    the offset TAB the time's name
    zone                each stretch between two changes of the clocks from 1970 to 2199: first second, offset, name
"""

import datetime
import sys
import zoneinfo

import clock_changes

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def at(seconds, name):
    local = (EPOCH + datetime.timedelta(seconds=seconds)).astimezone(zoneinfo.ZoneInfo(name))
    return int(local.utcoffset().total_seconds()), local.tzname()


def answer(line):
    name, _, seconds = line.rstrip("\n").partition("\t")
    if seconds:
        return "\t".join(map(str, at(int(seconds), name)))
    starts = [clock_changes.YEARS[0], *clock_changes.changes(name)]
    return "\t".join(f"{start} {' '.join(map(str, at(start, name)))}" for start in starts)


for line in sys.stdin:
    print(answer(line))
