"""Lets DuckDB read one table of the benchmark and judge its sections as ours does; prints one JSON line.

    classes.py TABLE REGISTER YEAR-MONTH|YEAR-QUARTER THREADS
"""

import json
import sys
import time

import duckdb

table, register, period, threads = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
NUMBERS = ["ph", "oxygen", "codmn", "ammonia", "phosphorus"]
COLUMNS = {"code": "VARCHAR", "river": "VARCHAR", "section": "VARCHAR", "month": "DATE"}
COLUMNS |= {name: "DECIMAL(9,3)" for name in NUMBERS}
# GB 3838-2002 table 1: limits of classes I to V in the last decimal to which a mean is rounded, and those decimals.
LIMITS = {
    "oxygen": (1, [75, 60, 50, 30, 20]),
    "codmn": (1, [20, 40, 60, 100, 150]),
    "ammonia": (2, [15, 50, 100, 150, 200]),
    "phosphorus": (3, [20, 100, 200, 300, 400]),
}
year, _, part = period.partition("-")
months = range(int(part[1:]) * 3 - 2, int(part[1:]) * 3 + 1) if part.startswith("Q") else [int(part)]
# Months are read as their first days.
first, last = f"{year}-{months[0]:02d}-01", f"{year}-{months[-1]:02d}-01"


def rank(name):
    """How many classes an exact mean, rounded half to even to the official decimals, is beyond."""
    decimals, limits = LIMITS[name]
    beyond = "<" if name == "oxygen" else ">"
    value = f"half_even(CAST(sum({name}) * 1000 AS BIGINT) * {10 ** decimals}, 1000 * count({name}))"
    return " + ".join(f"CAST({value} {beyond} {limit} AS INTEGER)" for limit in limits)


# The mean of pH goes through the hydrogen ions and is a whole number; a single one stays what it is.
PH = f"""CASE WHEN count(ph) = 1 THEN half_even(CAST(sum(ph) * 1000 AS BIGINT), 1000)
    ELSE half_even(CAST(round(-log10(avg(pow(10, -CAST(ph AS DOUBLE)))) * 1000000) AS BIGINT), 1000000) END"""
QUERY = f"""
    WITH measured AS (
        SELECT *, month BETWEEN DATE '{first}' AND DATE '{last}' AS wanted
        FROM read_csv(?, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '',
            dateformat = '%Y-%m', columns = {COLUMNS!r})
    ), judged AS (
        SELECT code, count(*) AS rows,
            {" OR ".join(f"count({name}) < count(*)" for name in NUMBERS)} AS gaps,
            greatest({", ".join(f"CASE WHEN count({name}) > 0 THEN {rank(name)} END" for name in LIMITS)},
                CASE WHEN count(ph) > 0 THEN CASE WHEN {PH} BETWEEN 6 AND 9 THEN 0 ELSE 5 END END) AS worst
        FROM measured WHERE wanted GROUP BY code
    )
    SELECT code, worst, target, gaps FROM judged JOIN (
        SELECT column0 AS code, CAST(column3 AS INTEGER) - 1 AS target
        FROM read_csv(?, auto_detect = false, header = true, delim = ',',
            columns = {{'column0': 'VARCHAR', 'column1': 'VARCHAR', 'column2': 'VARCHAR', 'column3': 'VARCHAR'}})
    ) USING (code)
"""
CLASSES = ["I", "II", "III", "IV", "V", "V+"]

database = duckdb.connect()
database.execute(f"SET threads = {threads}")
database.execute("""CREATE MACRO half_even(dividend, divisor) AS dividend // divisor + CASE
    WHEN 2 * (dividend % divisor) > divisor OR 2 * (dividend % divisor) = divisor AND (dividend // divisor) % 2 = 1
    THEN 1 ELSE 0 END""")
start = time.perf_counter()
rows = database.execute(QUERY, [table, register]).fetchall()
seconds = time.perf_counter() - start
verdicts = {}
for code, worst, target, gaps in rows:
    beyond = max(worst - target, 0)
    state = ["unknown" if gaps else "ok", "warning", "critical"][min(beyond, 2)]
    verdicts[code] = [CLASSES[worst], state]
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
print(json.dumps({
    "seconds": seconds, "peak": peak, "unreadable": 0,
    "totals": {"sections": len(verdicts), "verdicts": verdicts},
}))
