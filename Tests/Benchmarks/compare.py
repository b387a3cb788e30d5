"""Runs our reader and DuckDB by turns over the benchmark's tables; ends with status 1 when their results differ.

    compare.py BENCHMARK FOLDER PAIRS
"""

import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
benchmark, folder, pairs = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])

# What is promised of ours, in MB/s.
FILES = {"plain.csv": 300, "quoted.csv": 200}


def run(*command):
    return json.loads(subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout)


def ours(path):
    return run(benchmark, str(path))


def duckdb(path, threads):
    return run(sys.executable, str(HERE / "sums.py"), str(path), str(threads))


def median(values):
    return statistics.median(values)


def measure(path):
    """Adjacent runs: ours, DuckDB on one thread, ours, DuckDB on two, so that a busy machine slows down both alike."""
    size = path.stat().st_size
    speeds, peaks, ratios = {}, {}, {1: [], 2: []}

    def enter(who, result):
        speeds.setdefault(who, []).append(size / 1e6 / result["seconds"])
        peaks[who] = max(peaks.get(who, 0), result["peak"])

    for _ in range(pairs):
        for threads in (1, 2):
            mine, theirs = ours(path), duckdb(path, threads)
            if mine["totals"] != theirs["totals"] or mine["unreadable"]:
                sys.exit(f"{path.name}: the results differ\n  ours   {mine}\n  DuckDB {theirs}")
            enter("dutyd, 1 thread", mine)
            enter(f"DuckDB, {threads} thread{'s' * (threads > 1)}", theirs)
            ratios[threads].append(theirs["seconds"] / mine["seconds"])
    return size, mine["totals"], speeds, peaks, ratios


for name, promised in FILES.items():
    path = folder / name
    ours(path)  # Whoever runs first must not pay for the disk alone.
    size, totals, speeds, peaks, ratios = measure(path)
    print(f"\n{name}: {size / 1e6:.0f} MB, {totals['rows']:,} rows, {totals['sections']:,} sections; equal results")
    for who, values in speeds.items():
        print(f"  {who:<18} {median(values):6.0f} MB/s (best {max(values):.0f})   {peaks[who] / 2**20:6.1f} MiB")
    for threads, values in ratios.items():
        spread = f"{min(values):.1f}–{max(values):.1f}"
        print(f"  {median(values):.2f} times as fast as DuckDB on {threads} thread{'s' * (threads > 1)} ({spread})")
    print(f"  promised: {promised} MB/s, 2.5 times either, 32 MiB")
