"""Offsets from UTC by Python's zoneinfo, from the same files: reads "zone TAB seconds", answers with the offset."""

import datetime
import sys
import zoneinfo

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)

for line in sys.stdin:
    name, seconds = line.rstrip("\n").split("\t")
    local = (EPOCH + datetime.timedelta(seconds=int(seconds))).astimezone(zoneinfo.ZoneInfo(name))
    print(int(local.utcoffset().total_seconds()), local.tzname(), sep="\t")
