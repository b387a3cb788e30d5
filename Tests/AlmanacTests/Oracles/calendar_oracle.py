"""Expected values for calendar events, from the machine's own systemd and from a model written apart from ours.

Reads lines "event TAB zone TAB microseconds-or-nothing" and answers each with a line
"normal-form-or-nothing TAB systemd's-next TAB model's-next"; a next is microseconds, "never", or begins with "error".
The normal form is of "event zone" when the event carries a zone itself (zone column "-": event as it stands, UTC).
"""

import sys

import civil_model
import systemd_calendar

for line in sys.stdin:
    event, zone, after = line.rstrip("\n").split("\t")
    after = int(after) if after else None
    zone = "UTC" if zone == "-" else zone
    systemd_calendar.use_zone(zone)
    normal, following = systemd_calendar.ask(event, after)
    expected = "error"
    if normal is not None and after is not None:
        found = civil_model.following(normal, zone, after)
        expected = "never" if found is None else str(found)
    print(normal or "", following, expected, sep="\t")
