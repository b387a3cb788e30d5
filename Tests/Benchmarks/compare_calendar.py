"""Runs our calendar events, systemd's and croniter's by turns; ends with status 1 when their results differ.

    compare_calendar.py BENCHMARK FOLDER TURNS
"""

import glob
import json
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
benchmark, folder, turns = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
LIBRARY = sorted(glob.glob("/usr/lib/*/systemd/libsystemd-shared-*.so"))[-1]

# The event, the zone of the clocks, the same for cron, and the nanoseconds promised. A zone in the event: systemd starts
# a process for each call; croniter knows none, and gets it as the zone of the clocks.
CASES = [
    ("Mon..Fri 09:00", "UTC", "0 9 * * 1-5", 250),
    ("*:0/15", "UTC", "*/15 * * * *", 250),
    ("*-*-05 09:00", "Asia/Shanghai", "0 9 5 * *", 500),
    ("Mon..Fri 09:00", "Europe/Berlin", "0 9 * * 1-5", 500),
    ("*-*-31", "UTC", "0 0 31 * *", 1000),
    ("Mon *-02-29", "UTC", "0 0 29 2 1", 1000),
    ("Mon *-02-29", "Europe/Berlin", "0 0 29 2 1", 1000),
    ("*-*-05 09:00 Europe/Berlin", "UTC", "0 9 5 * *", 500),
]
EQUAL = 1000


class Case:
    def __init__(self, event, zone, cron, promised):
        self.event, self.zone, self.cron, self.promised = event, zone, cron, promised
        self.has_zone = event.count("/") == 1 and event[-1].isalpha()
        self.times = {"dutyd": [], "systemd": [], "croniter": []}

    def run(self, who, instants, rounds):
        counts = (str(instants), str(rounds))
        if who == "dutyd":
            command = [benchmark, self.event, self.zone, *counts]
        elif who == "systemd":
            command = [str(folder / "systemd_elapses"), LIBRARY, self.event, *counts]
        else:
            zone = self.event.split(" ")[-1] if self.has_zone else self.zone
            command = [sys.executable, str(HERE / "croniter_elapses.py"), self.cron, zone, *counts]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, env={**os.environ, "TZ": self.zone}).stdout
        return json.loads(output)

    def check(self):
        sums = {who: self.run(who, EQUAL, 1)["sum"] for who in self.times}
        if len(set(sums.values())) > 1:
            sys.exit(f"{self.event} in {self.zone}: the results differ: {sums}")

    def turn(self):
        amounts = {"dutyd": (10_000, 50), "systemd": (500, 1) if self.has_zone else (10_000, 1), "croniter": (500, 1)}
        for who, amount in amounts.items():
            self.times[who].append(self.run(who, *amount)["nanoseconds"])

    def allocations(self):
        """How often a second million calls ask for memory, beyond what the first million and the report of it need."""
        asked = []
        for rounds in (100, 200):
            command = [benchmark, self.event, self.zone, "10000", str(rounds)]
            environment = {**os.environ, "LD_PRELOAD": str(folder / "count_allocations.so")}
            result = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
            asked.append(int(result.stderr.split()[-1]))
        return asked[1] - asked[0]


cases = [Case(*case) for case in CASES]
for case in cases:
    case.check()
print(f"equal results for {EQUAL} instants of each case; nanoseconds a call, median of {turns} (best)")
print(f"{'event':<28}{'clocks':<16}{'dutyd':>12}{'wanted':>8}{'systemd':>21}{'croniter':>21}  allocations")
for case in cases:
    for _ in range(turns):
        case.turn()
    cells = {who: (statistics.median(values), min(values)) for who, values in case.times.items()}
    ours = cells.pop("dutyd")
    row = f"{case.event:<28}{case.zone:<16}{f'{ours[0]:.0f} ({ours[1]:.0f})':>12}{case.promised:>8}"
    for median, best in cells.values():
        row += f"{f'{median:,.0f} ({best:,.0f})':>21}"
    print(f"{row}  {case.allocations()}", flush=True)
