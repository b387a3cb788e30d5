"""Kills the real daemon at each step of delivery and at random instants, and holds spool and ledger against each other.

    python3 Tests/Faults/kill_loop.py DUTYD LIBRARY [--seconds 75] [--each 20] [--seed 1]

Several daemons go on beside each other, each below a root of its own. A run counts only when each step was hit so often as
--each says; it goes on beyond --seconds until then.
"""

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

from judge import judge
from small_district import hand_in, prepare

STEPS = ["stat", "room", "open", "mode", "write", "sync", "close", "rename", "folder-sync", "ledger-write", "ledger-sync"]
DAEMONS = 3


def consume(root, chance):
    """A department that takes some of what lies there, and deals with some of that."""
    for department in ("water", "office"):
        for source, target in (("cur", "done"), ("new", "cur")):
            folder = f"{root}/var/spool/dutyd/{department}/{source}"
            for name in os.listdir(folder) if os.path.isdir(folder) else []:
                if chance.random() < 0.3:
                    os.rename(f"{folder}/{name}", f"{root}/var/spool/dutyd/{department}/{target}/{name}")


class Loop(threading.Thread):
    def __init__(self, number, options, scratch, tally):
        super().__init__()
        self.root = f"{scratch}/{number}"
        self.options, self.tally = options, tally
        self.chance = random.Random(f"{options.seed}-{number}")
        self.told, self.complaints, self.starts, self.files = set(), [], 0, 0
        config = os.path.join(os.path.dirname(__file__), "..", "..", "Config")
        prepare(self.root, config)
        self.month = time.strftime("%Y-%m", time.gmtime(time.time() - 86400 * time.gmtime().tm_mday))

    def start_daemon(self, fault):
        self.starts += 1
        environment = {k: v for k, v in os.environ.items() if k not in ("NOTIFY_SOCKET", "JOURNAL_STREAM")}
        environment.update(
            FAULT_SPOOL=f"{self.root}/var/spool/dutyd/", FAULT_LEDGER=f"{self.root}/var/lib/dutyd/dutyd.sqlite",
            FAULT_LOG=f"{self.root}/struck", SWIFT_BACKTRACE="enable=no",
        )
        if fault:
            environment.update(LD_PRELOAD=self.options.library, FAULT=fault)
        with open(f"{self.root}/journal", "ab") as journal:
            # A file is given its mode only when the umask has taken something from it.
            return subprocess.Popen([self.options.dutyd, "run", "--root", self.root], env=environment, stderr=journal,
                                    stdout=journal, umask=0o077)

    def run(self):
        try:
            while not self.tally.is_done():
                self.one_life()
            begin = os.path.getsize(f"{self.root}/journal")
            daemon = self.start_daemon(None)
            self.settle(begin)
            daemon.send_signal(signal.SIGTERM)
            if daemon.wait(20) != 0:
                self.complaints.append(f"the last daemon ended with {daemon.returncode}")
            complaints, self.files = judge(f"{self.root}/var/lib/dutyd/dutyd.sqlite", f"{self.root}/var/spool/dutyd")
            self.complaints += complaints + self.lost()
        except Exception as error:  # whatever it is, the run has failed
            self.complaints.append(f"{type(error).__name__}: {error}")

    def one_life(self):
        hand_in(self.root, self.month, self.chance)
        consume(self.root, self.chance)
        step = self.tally.rarest(self.chance)
        at_random = self.chance.random() < 0.1
        place = self.chance.choice([1, 2, 3, 5, 8])
        fault = None if at_random else f"{step}:{place}:{self.chance.choice(['kill', 'after'])}"
        daemon = self.start_daemon(fault)
        try:
            daemon.wait(self.chance.uniform(0.05, 2) if at_random else 3)
        except subprocess.TimeoutExpired:
            daemon.kill()
            daemon.wait()
            self.tally.add("at random")
        else:
            struck = f"{self.root}/struck"
            if daemon.returncode == -9 and os.path.exists(struck):
                with open(struck, encoding="ascii") as file:
                    self.tally.add(file.read().strip())
                os.remove(struck)
            else:
                self.complaints.append(f"the daemon ended by itself with {daemon.returncode}; see its journal")
                self.tally.stop()

    def settle(self, begin):
        """Waits until the daemon whose journal begins there is ready, and everything committed is delivered."""
        end = time.time() + 30
        while time.time() < end:
            time.sleep(0.5)
            with open(f"{self.root}/journal", "rb") as journal:
                journal.seek(begin)
                if b" is ready" not in journal.read():
                    continue
            complaints, _ = judge(f"{self.root}/var/lib/dutyd/dutyd.sqlite", f"{self.root}/var/spool/dutyd")
            if not complaints:
                return

    def lost(self):
        """Changes that the daemon announced, which it does after it has committed them, and that the ledger lacks."""
        import sqlite3

        database = sqlite3.connect(f"{self.root}/var/lib/dutyd/dutyd.sqlite")
        known = {row[0] for row in database.execute("SELECT serial FROM alert")}
        with open(f"{self.root}/journal", encoding="utf-8", errors="replace") as file:
            told = set(re.findall(r"(CN-RIV-\d{4}-\d{6}) (?:raised|worsened|eased|cleared)", file.read()))
        return [f"{serial} was told and is not in the ledger" for serial in told - known]


class Tally:
    def __init__(self, options):
        self.counts = dict.fromkeys(STEPS + ["at random"], 0)
        self.options, self.lock, self.end = options, threading.Lock(), time.time() + options.seconds
        self.stopped = False

    def add(self, step):
        with self.lock:
            self.counts[step] += 1

    def stop(self):
        self.stopped = True

    def rarest(self, chance):
        with self.lock:
            least = min(self.counts[step] for step in STEPS)
            return chance.choice([step for step in STEPS if self.counts[step] <= least + 1])

    def is_done(self):
        enough = min(self.counts[step] for step in STEPS) >= self.options.each
        late = time.time() > self.end + 180
        return self.stopped or late or enough and time.time() > self.end


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dutyd")
    parser.add_argument("library")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    tally = Tally(options)
    with tempfile.TemporaryDirectory(prefix="dutyd-kill.") as scratch:
        loops = [Loop(number, options, scratch, tally) for number in range(DAEMONS)]
        for loop in loops:
            loop.start()
        for loop in loops:
            loop.join()
        complaints = [complaint for loop in loops for complaint in loop.complaints]
        if complaints:
            for loop in loops:
                with open(f"{loop.root}/journal", encoding="utf-8", errors="replace") as file:
                    print("".join(file.readlines()[-15:]), file=sys.stderr)
    print("kills: " + ", ".join(f"{step} {count}" for step, count in tally.counts.items()))
    for step in STEPS:
        if tally.counts[step] < options.each:
            complaints.append(f"{step} was hit {tally.counts[step]} times only")
    for complaint in complaints[:20]:
        print("FAILED", complaint)
    print(f"{sum(tally.counts.values())} kills, {sum(loop.files for loop in loops)} files compared,"
          f" {len(complaints)} complaints")
    sys.exit(bool(complaints))


main()
