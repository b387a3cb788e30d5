"""Lets DuckDB read one table of the benchmark and compute what ours computes; prints one JSON line.

    sums.py FILE THREADS
"""

import json
import sys
import time

import duckdb

path, threads = sys.argv[1], int(sys.argv[2])
NUMBERS = ["ph", "oxygen", "codmn", "ammonia", "phosphorus"]
COLUMNS = {"code": "VARCHAR", "river": "VARCHAR", "section": "VARCHAR", "month": "DATE"}
COLUMNS |= {name: "DECIMAL(9,3)" for name in NUMBERS}
QUERY = f"""
    SELECT count(*), count(DISTINCT code), sum(strlen(river) + strlen(section)),
        min(year(month) * 12 + month(month)), max(year(month) * 12 + month(month)),
        {", ".join(f"count({name})" for name in NUMBERS)},
        {", ".join(f"sum({name})" for name in NUMBERS)}
    FROM read_csv(?, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '',
        dateformat = '%Y-%m', columns = {COLUMNS!r})
"""

database = duckdb.connect()
database.execute(f"SET threads = {threads}")
start = time.perf_counter()
rows, sections, text, first, last, *numbers = database.execute(QUERY, [path]).fetchone()
seconds = time.perf_counter() - start
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
print(json.dumps({
    "seconds": seconds,
    "peak": peak,
    "unreadable": 0,
    "totals": {
        "rows": rows, "sections": sections, "textBytes": int(text), "firstMonth": first, "lastMonth": last,
        "counts": numbers[:5], "thousandths": [int(total * 1000) for total in numbers[5:]],
    },
}))
