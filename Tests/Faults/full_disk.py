"""Fills the disk under the spool of the real daemon, and gives it room again. As root: it mounts a small file system.

    python3 Tests/Faults/full_disk.py DUTYD DUTYCTL
"""

import os
import signal
import subprocess
import sys
import tempfile
import time

from judge import judge
from small_district import hand_in, prepare


class Table:
    """Sections that are all bad, or all good."""

    def __init__(self, value):
        self.value = value

    def choice(self, _):
        return self.value


def wait_for(what, condition, seconds=45):
    end = time.time() + seconds
    while time.time() < end:
        if condition():
            print("ok", what)
            return True
        time.sleep(0.25)
    print("FAILED", what)
    return False


def main():
    dutyd, dutyctl = sys.argv[1:3]
    # Whoever ends this early does not leave a mounted file system behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    config = os.path.join(os.path.dirname(__file__), "..", "..", "Config")
    results = []
    with tempfile.TemporaryDirectory(prefix="dutyd-full.") as root:
        prepare(root, config)
        with open(f"{root}/etc/dutyd/dutyd.yaml", "a", encoding="utf-8") as file:
            file.write("spool: {reserve-mebibytes: 4}\n")
        with open(f"{root}/etc/dutyd/departments.yaml", "a", encoding="utf-8") as file:
            file.write("operators: {zh: 值守员, en: Duty operators, group: watch}\n")
        spool = f"{root}/var/spool/dutyd"
        os.makedirs(spool)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "none", spool], check=True)
        journal = open(f"{root}/journal", "w+", encoding="utf-8")
        month = time.strftime("%Y-%m", time.gmtime(time.time() - 86400 * time.gmtime().tm_mday))
        environment = {k: v for k, v in os.environ.items() if k not in ("NOTIFY_SOCKET", "JOURNAL_STREAM")}
        daemon = subprocess.Popen([dutyd, "run", "--root", root], stderr=journal, stdout=journal, env=environment)

        def said(text):
            with open(f"{root}/journal", encoding="utf-8") as file:
                return file.read().count(text)

        def files(department):
            folder = f"{spool}/{department}/new"
            return sorted(os.listdir(folder)) if os.path.isdir(folder) else []

        def alerts(department):
            return [name for name in files(department) if "-slip." not in name]

        def status():
            return subprocess.run([dutyctl, "status", "--socket", f"{root}/run/dutyd/control"], capture_output=True,
                                  text=True).stdout
        try:
            hand_in(root, month, Table("0.4"))
            results.append(wait_for("the daemon sets a reserve aside", lambda: os.path.exists(f"{spool}/.reserve")))
            with open(f"{spool}/inbox/ballast", "wb") as file:
                try:
                    while True:
                        file.write(b"x" * 65536)
                        file.flush()
                except OSError:
                    pass
            # The table itself has to fit.
            os.truncate(f"{spool}/inbox/ballast", os.path.getsize(f"{spool}/inbox/ballast") - 32768)
            hand_in(root, month, Table("1.9"))
            results.append(wait_for("the journal says once, as critical, that the spool is full",
                                    lambda: said("critical: the spool has too little room") == 1))
            results.append(wait_for("status says so", lambda: "too little room" in status()))
            results.append(wait_for("the operators have it from the reserve",
                                    lambda: any(name.endswith("-alert.txt") for name in alerts("operators"))))
            results.append(wait_for("the reserve is used for it", lambda: not os.path.exists(f"{spool}/.reserve")))
            results.append(wait_for("nobody else was given anything, and nothing half",
                                    lambda: not alerts("water") and not os.listdir(f"{spool}/water/tmp")))
            os.unlink(f"{spool}/inbox/ballast")
            results.append(wait_for("with room again everything is delivered by itself", lambda: len(alerts("water")) == 12))
            results.append(wait_for("the journal says so", lambda: said("the spool has room again") == 1))
            results.append(wait_for("the operators get the end of it",
                                    lambda: any("-r002-" in name for name in files("operators"))))
            results.append(wait_for("spool and ledger agree",
                                    lambda: not judge(f"{root}/var/lib/dutyd/dutyd.sqlite", spool)[0]))
            results.append(wait_for("a new reserve is set aside", lambda: os.path.exists(f"{spool}/.reserve")))
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(20)
            if not all(results):
                journal.seek(0)
                print("".join(journal.readlines()[-30:]))
            subprocess.run(["umount", "--lazy", spool], check=False)
    sys.exit(not all(results))


main()
