"""What CalendarBenchmark.swift does, done by croniter; prints the same JSON line.

    croniter_elapses.py EVENT ZONE INSTANTS ROUNDS
"""

import datetime
import json
import sys
import time
import zoneinfo

import croniter

event, zone, count, rounds = sys.argv[1], zoneinfo.ZoneInfo(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
MICROSECOND = datetime.timedelta(microseconds=1)

state, instants = 1, []
for _ in range(count):
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    instants.append((EPOCH + (946684800000000 + (state >> 11) % 2838240000000000) * MICROSECOND).astimezone(zone))

schedule = croniter.croniter(event, instants[0], day_or=False)
found = []
start = time.perf_counter_ns()
for _ in range(rounds):
    found = [schedule.get_next(datetime.datetime, start_time=instant) for instant in instants]
elapsed = time.perf_counter_ns() - start
total = sum((elapse.astimezone(datetime.timezone.utc) - EPOCH) // MICROSECOND for elapse in found) % 2**64
print(json.dumps({"nanoseconds": elapsed / count / rounds, "sum": str(total)}))
