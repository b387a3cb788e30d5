"""Drives one delivery into every fault at every step, and again into a kill before and after each.

    python3 Tests/Faults/steps.py DRIVER LIBRARY

DRIVER is drive-delivery, LIBRARY the compiled fault.c. Afterwards an undisturbed delivery has to put everything right.
"""

import errno
import os
import shutil
import subprocess
import sys
import tempfile

from judge import judge

RECIPE = ["stat", "room", "open", "mode", "write", "sync", "close", "rename", "folder-sync"]
ERRORS = ["ENOSPC", "EDQUOT", "EIO", "EROFS", "EACCES"]


def run(driver, library, root, fault, *arguments):
    environment = dict(os.environ, FAULT_SPOOL=f"{root}/spool/", FAULT_LEDGER=f"{root}/ledger.sqlite")
    if fault:
        environment.update(LD_PRELOAD=library, FAULT=fault, FAULT_COUNTS=f"{root}/counts")
    return subprocess.run(
        # A file is given its mode only when the umask has taken something from it.
        [driver, *arguments], env=environment, capture_output=True, text=True, timeout=60, umask=0o077
    )


def cases():
    for step in RECIPE:
        for place in (1, 2, 7):
            for action in ("kill", "after"):
                yield f"{step}:{place}:{action}"
            for name in ERRORS:
                yield f"{step}:{place}:{getattr(errno, name)}"
        yield f"{step}:1+:{errno.ENOSPC}"
        yield f"{step}:3+:{errno.EIO}"
    for step in ("ledger-write", "ledger-sync"):
        for place in (1, 2):
            yield f"{step}:{place}:kill"
            yield f"{step}:{place}:after"
            yield f"{step}:{place}+:{errno.ENOSPC}"
            yield f"{step}:{place}+:{errno.EIO}"
    for place in (1, 2, 7):
        yield f"write:{place}:short"
    yield "write:1+:short"


def main():
    driver, library = sys.argv[1:3]
    failures, struck, count = [], 0, 0
    with tempfile.TemporaryDirectory(prefix="dutyd-steps.") as scratch:
        template = f"{scratch}/template"
        os.makedirs(template)
        committed = run(driver, library, template, None, "commit", template, "1", "4", "3000")
        if committed.returncode:
            sys.exit(f"nothing could be committed: {committed.stderr}")
        for number, fault in enumerate(cases()):
            root = f"{scratch}/{number}"
            shutil.copytree(template, root)
            # Whether a department has taken a notice already is looked up only for what was tried before.
            command = "deliver" if fault.startswith("stat") else "deliver-first"
            first = run(driver, library, root, fault, command, root, "1")
            # What is visible by now must be right already, and what is marked must be there.
            complaints, _ = judge(f"{root}/ledger.sqlite", f"{root}/spool", may_wait=True) if os.path.isdir(
                f"{root}/spool") else ([], 0)
            last = run(driver, library, root, None, "deliver", root, "2")
            after, files = judge(f"{root}/ledger.sqlite", f"{root}/spool")
            complaints += after
            if last.stdout.strip() != "0" or files != 24:
                complaints.append(f"{files} of 24 files, {last.stdout.strip()} left: {last.stderr[-300:]}")
            leftovers = [n for d in os.listdir(f"{root}/spool") if os.path.isdir(f"{root}/spool/{d}/tmp")
                         for n in os.listdir(f"{root}/spool/{d}/tmp")]
            if leftovers:
                complaints.append(f"left in tmp: {leftovers[:3]}")
            killed = first.returncode == -9
            if fault.endswith(("kill", "after")) != killed:
                complaints.append(f"ended with {first.returncode}: {first.stderr[-300:]}")
            struck += killed or first.stdout.strip() not in ("", "0") or first.returncode != 0 or "short" in fault
            count += 1
            failures += [f"{fault}: {complaint}" for complaint in complaints]
            shutil.rmtree(root)
    for failure in failures[:20]:
        print("FAILED", failure)
    print(f"{count} faults at {len(RECIPE)} steps of the recipe and 2 of the ledger, {struck} of them stopped the"
          f" delivery; {len(failures)} complaints")
    sys.exit(bool(failures))


main()
