"""When the clocks of a zone are set forward or back, by Python's zoneinfo."""

import bisect
import datetime
import functools
import zoneinfo

DAY = 86_400
# From 1970 to 2199, which are the years that calendar events can name, less a day at each end for any offset.
YEARS = (DAY * 2, int(datetime.datetime(2199, 12, 30, tzinfo=datetime.timezone.utc).timestamp()))


@functools.cache
def changes(name):
    """Those moments, in seconds since 1970 UTC."""
    zone = zoneinfo.ZoneInfo(name)
    # No zone has set its clocks twice within three days.
    grid = range(*YEARS, 3 * DAY)
    offsets = [offset(seconds, zone) for seconds in grid]
    found = []
    for index in range(1, len(grid)):
        if offsets[index] != offsets[index - 1]:
            span = range(grid[index - 1], grid[index])
            place = bisect.bisect_left(span, True, key=lambda seconds: offset(seconds, zone) != offsets[index - 1])
            found.append(span[0] + place)
    return found


def offset(seconds, zone):
    return datetime.datetime.fromtimestamp(seconds, zone).utcoffset()
