"""Durable delivery beside a bare loop, in adjacent pairs; called by Tests/Benchmarks/delivery.

Files stay where they are until the end: removing many of them slows the file system down for a while.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile

BYTES = 4096


def nanoseconds(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=True, **options)
    return int(done.stdout.split()[0])


class Bench:
    def __init__(self, driver, folder, scratch):
        self.driver, self.folder, self.scratch = driver, folder, scratch
        self.number = 1
        ours = [f"ours/spool/water/{part}" for part in ("tmp", "new", "cur", "done", "receipts")]
        for name in ("bare/tmp", "bare/new", "safecat/tmp", "safecat/new", *ours):
            os.makedirs(f"{scratch}/{name}")

    def files(self, count):
        first = self.number
        self.number += count
        return str(first), str(count), str(BYTES)

    def bare(self, count):
        return nanoseconds(f"{self.folder}/bare_loop", f"{self.scratch}/bare", *self.files(count)) / count

    def one(self, count):
        return nanoseconds(self.driver, "one", f"{self.scratch}/ours", *self.files(count)) / count

    def many(self, count, group):
        return nanoseconds(self.driver, "many", f"{self.scratch}/ours", *self.files(count), str(group)) / count

    def safecat(self, count):
        script = (
            "s=$(date +%s%N); for i in $(seq $1); do head -c 4096 /dev/zero | safecat $2/tmp $2/new >/dev/null; done;"
            " e=$(date +%s%N); for i in $(seq $1); do head -c 4096 /dev/zero | cat >/dev/null; done;"
            " echo $((2 * e - s - $(date +%s%N)))"
        )
        return nanoseconds("bash", "-c", script, "-", str(count), f"{self.scratch}/safecat") / count


def pairs(name, count, left, right):
    """Prints the median of adjacent pairs, how many times as fast the right one is."""
    measured = [(left(), right()) for _ in range(count)]
    ratios = sorted(a / b for a, b in measured)
    print(
        f"{name:44} bare {statistics.median(a for a, _ in measured) / 1000:8.0f} µs"
        f"   this {statistics.median(b for _, b in measured) / 1000:8.0f} µs"
        f"   {statistics.median(ratios):5.2f}× ({ratios[0]:.2f}–{ratios[-1]:.2f})",
        flush=True,
    )


def main():
    driver, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with tempfile.TemporaryDirectory(prefix="delivery.", dir=folder) as scratch:
        bench = Bench(driver, folder, scratch)
        bench.bare(50), bench.one(50)
        print("time a file of 4 KiB, median; the factor is the median of adjacent pairs")
        pairs("the bare loop against itself", count, lambda: bench.bare(200), lambda: bench.bare(200))
        pairs("one notice at a time", count, lambda: bench.bare(200), lambda: bench.one(200))
        for group in (64, 256, 1000):
            pairs(f"{group} notices at a time", count, lambda: bench.bare(200), lambda g=group: bench.many(1000, g))
        if shutil.which("safecat"):
            pairs("safecat, one at a time (without its start)", count, lambda: bench.bare(100), lambda: bench.safecat(100))
        whole(driver, folder, scratch)


def whole(driver, folder, scratch):
    """Ten thousand changes of one run, each told to three departments in two formats."""
    root = f"{scratch}/whole"
    os.makedirs(root)
    for name, arguments in (("committed", ("commit", root, "1", "10000", "2000")), ("delivered", ("deliver-first", root, "1"))):
        counts = f"{scratch}/counts-{name}"
        environment = dict(os.environ, LD_PRELOAD=os.path.abspath(f"{folder}/fault.so"), FAULT_COUNTS=counts,
                           FAULT_SPOOL=os.path.abspath(root) + "/spool/", FAULT_LEDGER=os.path.abspath(root) + "/ledger")
        start = os.times().elapsed
        subprocess.run([driver, *(os.path.abspath(a) if a == root else a for a in arguments)], check=True,
                       env=environment, stdout=subprocess.DEVNULL)
        seconds = os.times().elapsed - start
        with open(counts, encoding="ascii") as file:
            flushes = {line.split()[0]: int(line.split()[1]) for line in file}
        total = flushes["sync"] + flushes["folder-sync"] + flushes["ledger-sync"]
        print(f"10,000 changes, 30,000 notices, 60,000 files {name}: {seconds:.1f} s, {total / 30000:.3f} flushes a"
              f" notice ({flushes['sync']} files, {flushes['folder-sync']} folders, {flushes['ledger-sync']} ledger)")


main()
