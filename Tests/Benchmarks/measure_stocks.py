"""Judges made-up stocks again and again, and prints time, memory and whether all runs said the same.

    measure_stocks.py DUTYD FOLDER RUNS [NAME:SITES …]    which districts (default: district:60 city:3250)
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import time

dutyd, root, runs = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
worlds = [world.split(":") for world in sys.argv[4:] or ["district:60", "city:3250"]]
here = pathlib.Path(__file__).resolve().parent
project = here.parent.parent


def judge(folder):
    """The digest of what is printed, its length, seconds of wall and processor time, and the largest resident set in MB."""
    feeds = [f"--feed=stock-{name}={folder}/{name}.csv" for name in ("policies", "items", "lots", "consumption")]
    command = [dutyd, "evaluate", "medical-supplies", f"--config={project}/Config", f"--jobs={project}/Jobs", *feeds,
               "--as-of=2024-03-05", "--json"]
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    digest, length = hashlib.sha256(), 0
    while chunk := process.stdout.read(1 << 20):
        digest.update(chunk)
        length += len(chunk)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"dutyd evaluate ended with {status}")
    seconds = time.monotonic() - start
    return digest.hexdigest(), length, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


for name, sites in worlds:
    folder = root / name
    subprocess.run([sys.executable, here / "make_stocks.py", folder, sites, "400"], check=True)
    results = [judge(folder) for _ in range(runs)]
    if len({digest for digest, *_ in results}) != 1:
        sys.exit(f"{name}: two runs said different things of the same tables")
    for _, length, wall, busy, memory in results:
        print(f"{name}: {wall:.2f} s, {busy:.2f} s of processor time, {memory:.0f} MiB, {length / 1e6:.0f} MB of verdicts")
    print(f"{name}: {runs} runs, the same bytes: {results[0][0][:16]}")
