"""Holds a spool against a ledger, knowing nothing of the program that wrote them but the contract.

    python3 Tests/Faults/judge.py LEDGER SPOOL

Every committed notice lies in exactly its department's folders, with the very bytes; nothing else does; no change has a
second notice for a department; nothing is torn.
"""

import os
import re
import sqlite3
import sys

NOTICE = re.compile(r"[0-9]{12}-")


def visible(spool):
    """What departments see, by (department, name); a name that lies in two folders is a complaint of its own."""
    found, complaints = {}, []
    for department in sorted(os.listdir(spool)):
        if department == "inbox" or department.startswith("."):
            continue
        for folder in ("new", "cur", "done"):
            path = os.path.join(spool, department, folder)
            for name in os.listdir(path) if os.path.isdir(path) else []:
                if not NOTICE.match(name):
                    continue
                with open(os.path.join(path, name), "rb") as file:
                    content = file.read()
                if (department, name) in found:
                    complaints.append(f"{department}/{name} lies there twice")
                found[department, name] = content
    return found, complaints


def judge(ledger, spool, may_wait=False):
    """Every complaint, and how many files were compared."""
    database = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    found, complaints = visible(spool)
    if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        complaints.append("the ledger is damaged")
    for row in database.execute("PRAGMA foreign_key_check"):
        complaints.append(f"the ledger contradicts itself: {row}")
    wanted = {}
    for department, name, content, delivered in database.execute(
        "SELECT department, file_name, bytes, delivered_at FROM notice JOIN document ON notice = sequence"
    ):
        wanted[department, name] = bytes(content)
        if (department, name) not in found:
            if delivered is not None:
                complaints.append(f"{department}/{name} is marked as delivered and is not there")
            elif not may_wait:
                complaints.append(f"{department}/{name} was committed and is not there")
    for place, content in found.items():
        if place not in wanted:
            complaints.append(f"{'/'.join(place)} was never committed")
        elif wanted[place] != content:
            complaints.append(f"{'/'.join(place)} has other bytes than were committed")
    if not may_wait:
        for (count,) in database.execute("SELECT count(*) FROM notice WHERE delivered_at IS NULL"):
            if count:
                complaints.append(f"{count} notices are not marked as delivered")
    for row in database.execute(
        "SELECT serial, revision, department, count(*) FROM notice WHERE serial IS NOT NULL"
        " GROUP BY serial, revision, department HAVING count(*) > 1"
    ):
        complaints.append(f"a change has a second notice: {row}")
    for row in database.execute(
        "SELECT job, subject, indicator, count(*) FROM alert WHERE cleared_at IS NULL"
        " GROUP BY job, subject, indicator HAVING count(*) > 1"
    ):
        complaints.append(f"a matter has a second number: {row}")
    database.close()
    return complaints, len(found)


if __name__ == "__main__":
    complaints, count = judge(sys.argv[1], sys.argv[2])
    for complaint in complaints[:20]:
        print(complaint)
    print(f"{count} files compared, {len(complaints)} complaints")
    sys.exit(bool(complaints))
