"""Loads the same many jobs into the daemon and into APScheduler by turns; ends with status 1 when they disagree.

    compare_jobs.py DUTYD FOLDER COUNT TURNS

Before any time is taken, the next slot of each job that goes by its calendar events alone must be the same for both.
"""

import datetime
import json
import os
import pathlib
import signal
import socket
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
dutyd, folder, count, turns = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
IDLE_SECONDS = 20
# Threads that have nothing more to do end within that time.
SETTLING_SECONDS = 10
MEBIBYTE = 1024


def resident(process):
    """Mebibytes in memory, the program's own pages included."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / MEBIBYTE
    sys.exit("the process has no memory")


def wakeups(process):
    """How often each thread of the process went to sleep or was taken off its processor so far."""
    switches = {}
    for status in pathlib.Path(f"/proc/{process.pid}/task").glob("*/status"):
        lines = [line for line in status.read_text().splitlines() if "ctxt_switches" in line]
        switches[status.parent.name] = sum(int(line.split()[1]) for line in lines)
    return switches


class Daemon:
    """The daemon below a root, started as systemd would start it."""

    def __init__(self, root):
        self.root = root
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        path = root / "notify"
        path.unlink(missing_ok=True)
        listener.bind(str(path))
        listener.settimeout(120)
        begin = time.monotonic()
        with open(root / "log", "wb") as log:
            self.process = subprocess.Popen(
                [dutyd, "run", "--root", str(root)], stderr=log, env={**os.environ, "NOTIFY_SOCKET": str(path)}
            )
        while b"READY=1" not in listener.recv(65536):
            pass
        self.seconds = time.monotonic() - begin
        # The daemon's later lines of status are thrown away, as by a supervisor that reads them.
        listener.shutdown(socket.SHUT_RDWR)

    def call(self, method):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.root / "run/dutyd/control"))
            connection.sendall(json.dumps({"method": f"io.dutyd.Control.{method}"}).encode() + b"\0")
            answer = b""
            while not answer.endswith(b"\0"):
                answer += connection.recv(1 << 20)
        answer = json.loads(answer[:-1])
        if "error" in answer:
            sys.exit(f"{method}: {answer}")
        return answer["parameters"]

    def reload(self, moved, changed):
        begin = time.monotonic()
        reply = self.call("Reload")
        seconds = time.monotonic() - begin
        if reply["changed"] != changed or len(reply["moves"]) != moved or reply["problems"]:
            sys.exit(f"the reload came to something else: {str(reply)[:1000]}")
        return seconds

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait():
            sys.exit(f"the daemon failed; see {self.root / 'log'}")


class Rival:
    """APScheduler with the equivalent cron triggers."""

    def __init__(self, root):
        begin = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "apscheduler_jobs.py"), str(root / "jobs.json")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.adding = json.loads(self.process.stdout.readline())["seconds"]
        self.seconds = time.monotonic() - begin

    def ask(self, question):
        self.process.stdin.write(f"{question}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def make_jobs(root):
    quiet = datetime.datetime.now(datetime.timezone.utc).hour
    subprocess.run([sys.executable, str(HERE / "make_jobs.py"), str(root), count, str(quiet)], check=True)


def check(daemon, rival, root):
    """The next slots, of all jobs without rules on working days."""
    plain = {job["name"] for job in json.loads((root / "jobs.json").read_text()) if job["plain"]}
    listed = {job["name"]: job.get("next") for job in daemon.call("ListJobs")["jobs"]}
    ours = {name: int(datetime.datetime.fromisoformat(listed[name]).timestamp()) for name in plain}
    theirs = rival.ask("next")["next"]
    different = sorted(name for name in plain if ours[name] != theirs[name])
    if different:
        sys.exit(f"the next slots of {len(different)} jobs differ, such as {different[:5]}")
    return len(plain)


def edit(root, turn):
    """Gives one job another time of day each turn."""
    file = sorted((root / "usr/share/dutyd/jobs").iterdir())[turn * 7 % int(count)]
    lines = file.read_text(encoding="utf-8").splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith("  on: "))
    lines[at] = f'  on: "*-*-{turn % 28 + 1:02} 23:5{turn % 10} Pacific/Apia"'
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def idle(process):
    time.sleep(SETTLING_SECONDS)
    before = wakeups(process)
    time.sleep(IDLE_SECONDS)
    return sum(switches - before.get(thread, 0) for thread, switches in wakeups(process).items())


root = folder / "jobs"
figures = {}


def note(who, what, value):
    figures.setdefault(what, {}).setdefault(who, []).append(value)


for turn in range(turns):
    make_jobs(root)
    daemon, rival = Daemon(root), Rival(root)
    if turn == 0:
        print(f"the same next slot for each of {check(daemon, rival, root)} jobs; median of {turns} (best)")
        daemon.stop()
        rival.stop()
        make_jobs(root)
        daemon, rival = Daemon(root), Rival(root)
    note("dutyd", "first start, s", daemon.seconds)
    note("APScheduler", "first start, s", rival.seconds)
    note("APScheduler", "jobs added and started only, s", rival.adding)
    note("dutyd", "reload, nothing changed, s", daemon.reload(0, changed=False))
    note("APScheduler", "reload, nothing changed, s", rival.ask("again")["seconds"])
    edit(root, turn)
    note("dutyd", "reload, one file changed, s", daemon.reload(1, changed=True))
    note("dutyd", f"wake-ups in {IDLE_SECONDS} s", idle(daemon.process))
    note("APScheduler", f"wake-ups in {IDLE_SECONDS} s", idle(rival.process))
    note("dutyd", "memory, MiB", resident(daemon.process))
    note("APScheduler", "memory, MiB", resident(rival.process))
    daemon.stop()
    rival.stop()
    again = Daemon(root)
    note("dutyd", "later start, s", again.seconds)
    again.stop()

print(f"{count + ' jobs':<34}{'dutyd':>20}{'APScheduler 3':>20}")
for what, values in figures.items():
    cells = []
    for who in ("dutyd", "APScheduler"):
        known = values.get(who)
        places = 0 if what.startswith("wake") else 1 if what.startswith("memory") else 3
        cells.append(f"{statistics.median(known):.{places}f} ({min(known):.{places}f})" if known else "–")
    print(f"{what:<34}{cells[0]:>20}{cells[1]:>20}")
