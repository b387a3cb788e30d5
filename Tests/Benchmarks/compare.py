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

# What is promised of ours, in MB/s. DuckDB does not read GB18030, so that table has to say what the first one says.
FILES = {"plain.csv": (300, True), "quoted.csv": (200, True), "gb18030.csv": (None, False)}


def run(*command):
    return json.loads(subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout)


def ours(path):
    return run(benchmark, str(path))


def duckdb(path, threads):
    return run(sys.executable, str(HERE / "sums.py"), str(path), str(threads))


class Measurement:
    """The runs over one table."""

    def __init__(self, path):
        self.path, self.size = path, path.stat().st_size
        self.speeds, self.peaks, self.ratios = {}, {}, {1: [], 2: []}
        self.totals = ours(path)["totals"]  # Whoever runs first must not pay for the disk alone.

    def enter(self, who, result):
        if result["totals"] != self.totals or result["unreadable"]:
            sys.exit(f"{self.path.name}: {who} has another result\n  {result}\n  {self.totals}")
        self.speeds.setdefault(who, []).append(self.size / 1e6 / result["seconds"])
        self.peaks[who] = max(self.peaks.get(who, 0), result["peak"])

    def run(self, beside_duckdb):
        """Ours, DuckDB on one thread, ours, DuckDB on two: a busy machine slows neighbours down alike."""
        for _ in range(pairs):
            for threads in (1, 2) if beside_duckdb else (1,):
                mine = ours(self.path)
                self.enter("dutyd, 1 thread", mine)
                if beside_duckdb:
                    theirs = duckdb(self.path, threads)
                    self.enter(f"DuckDB, {threads} thread{'s' * (threads > 1)}", theirs)
                    self.ratios[threads].append(theirs["seconds"] / mine["seconds"])

    def report(self, promised):
        rows, sections = self.totals["rows"], self.totals["sections"]
        print(f"\n{self.path.name}: {self.size / 1e6:.0f} MB, {rows:,} rows, {sections:,} sections; equal results")
        for who, values in self.speeds.items():
            best, peak = max(values), self.peaks[who] / 2**20
            print(f"  {who:<18} {statistics.median(values):6.0f} MB/s (best {best:.0f})   {peak:6.1f} MiB")
        for threads, values in self.ratios.items():
            if values:
                spread = f"{min(values):.2f} to {max(values):.2f}"
                print(f"  {statistics.median(values):.2f} times DuckDB on {threads} thread{'s' * (threads > 1)} ({spread})")
        if promised:
            print(f"  wanted: {promised} MB/s, 2.5 times DuckDB on one thread and on two, 32 MiB")


first = None
for name, (promised, beside_duckdb) in FILES.items():
    measurement = Measurement(folder / name)
    first = first or measurement.totals
    if measurement.totals != first:
        sys.exit(f"{name} says something else than the first table\n  {measurement.totals}\n  {first}")
    measurement.run(beside_duckdb)
    measurement.report(promised)
