"""Runs ours and DuckDB by turns over the benchmark's tables; ends with status 1 when their results differ.

    compare.py BENCHMARK FOLDER PAIRS
"""

import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
benchmark, folder, pairs = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
register = str(folder / "sections.csv")

# What is promised of reading, in MB/s. DuckDB does not read GB18030, so that table has to say what the first one says.
TABLES = {"plain.csv": (300, True), "quoted.csv": (200, True), "gb18030.csv": (None, False)}
# Periods that are judged by the first table: of four samples a section, and of twelve.
PERIODS = ["2024-02", "2023-Q1"]


def run(*command):
    return json.loads(subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout)


def script(name, *arguments):
    return run(sys.executable, str(HERE / name), *map(str, arguments))


class Measurement:
    """The runs over one table."""

    def __init__(self, title, path, ours, duckdb):
        self.title, self.size, self.ours, self.duckdb = title, path.stat().st_size, ours, duckdb
        self.speeds, self.peaks, self.ratios = {}, {}, {1: [], 2: []}
        self.totals = ours()["totals"]  # Whoever runs first must not pay for the disk alone.

    def enter(self, who, result):
        if result["totals"] != self.totals or result["unreadable"]:
            sys.exit(f"{self.title}: {who} has another result\n  {result}\n  {self.totals}")
        self.speeds.setdefault(who, []).append(self.size / 1e6 / result["seconds"])
        self.peaks[who] = max(self.peaks.get(who, 0), result["peak"])

    def run(self):
        """Ours, DuckDB on one thread, ours, DuckDB on two: a busy machine slows neighbours down alike."""
        for _ in range(pairs):
            for threads in (1, 2) if self.duckdb else (1,):
                mine = self.ours()
                self.enter("dutyd, 1 thread", mine)
                if self.duckdb:
                    theirs = self.duckdb(threads)
                    self.enter(f"DuckDB, {threads} thread{'s' * (threads > 1)}", theirs)
                    self.ratios[threads].append(theirs["seconds"] / mine["seconds"])

    def report(self, promised):
        print(f"\n{self.title}: {self.size / 1e6:.0f} MB, {self.totals['sections']:,} sections; equal results")
        for who, values in self.speeds.items():
            best, peak = max(values), self.peaks[who] / 2**20
            print(f"  {who:<18} {statistics.median(values):6.0f} MB/s (best {best:.0f})   {peak:6.1f} MiB")
        for threads, values in self.ratios.items():
            if values:
                spread = f"{min(values):.2f} to {max(values):.2f}"
                print(f"  {statistics.median(values):.2f} times DuckDB on {threads} thread{'s' * (threads > 1)} ({spread})")
        if promised:
            print(f"  wanted: {promised} MB/s, 2.5 times DuckDB on one thread and on two, 32 MiB")


def reading(name, beside_duckdb):
    path = folder / name
    return Measurement(
        name,
        path,
        lambda: run(benchmark, str(path)),
        (lambda threads: script("sums.py", path, threads)) if beside_duckdb else None,
    )


def judging(name, period):
    path = folder / name
    return Measurement(
        f"{name}, verdicts of {period}",
        path,
        lambda: run(benchmark, str(HERE.parent.parent), register, str(path), period),
        lambda threads: script("classes.py", path, register, period, threads),
    )


first = None
for name, (promised, beside_duckdb) in TABLES.items():
    measurement = reading(name, beside_duckdb)
    first = first or measurement.totals
    if measurement.totals != first:
        sys.exit(f"{name} says something else than the first table\n  {measurement.totals}\n  {first}")
    measurement.run()
    measurement.report(promised)
for period in PERIODS:
    measurement = judging("plain.csv", period)
    measurement.run()
    measurement.report(300)
