"""Makes a root for the daemon with the shipped settings and many job files, each valid, few of them alike.

    make_jobs.py FOLDER COUNT QUIET_HOUR

No job is due within two hours of QUIET_HOUR (UTC), so that whoever waits for the next one sleeps. Beside the job files
lies jobs.json: of each job the clocks' zone, the equivalent cron fields of each of its events, and whether its slots
follow from these alone, as they do without rules on working days.
"""

import json
import pathlib
import random
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
SETTINGS = HERE.parent.parent / "Config"
# Zone with its hours ahead of UTC; the offsets of summer are within the two hours that are kept free.
ZONES = [("Asia/Shanghai", 8)] * 7 + [("Asia/Urumqi", 6), ("UTC", 0), ("Europe/Berlin", 1)]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
KINDS = {
    "section-compliance": (
        "RIV",
        "断面水质核查",
        "Check of river sections",
        {"sections": "river-sections", "measurements": "water-measurements"},
        lambda chance: {"standard": "GB3838-2002", "mode": "assessment"},
        ["ecology-environment", "water-affairs"],
    ),
    "stock": (
        "MED",
        "物资储备核查",
        "Check of supply stocks",
        {"policies": "stock-policies", "lots": "stock-lots"},
        lambda chance: {
            "expiry-horizon": f"{chance.randint(20, 180)} days",
            "stale-after": f"{chance.randint(3, 30)} days",
        },
        ["health-commission", "emergency-management"],
    ),
    "cadence": (
        "DRL",
        "应急演练核查",
        "Check of emergency drills",
        {"rules": "drill-rules", "units": "drill-units", "records": "drill-records"},
        lambda chance: {"lead": f"{chance.randint(15, 60)} days", "due": f"{chance.randint(1, 14)} days"},
        ["emergency-management", "education", "district-office"],
    ),
}


def time_of_day(chance, offset, quiet):
    hour = chance.randrange(24)
    if (hour - offset - quiet + 2) % 24 <= 4:
        hour = (hour + 6) % 24
    return hour, chance.randrange(60)


def event(chance, offset, quiet):
    """A calendar event with the same in cron's fields, and the period that is judged then."""
    hour, minute = time_of_day(chance, offset, quiet)
    time = f"{hour:02}:{minute:02}"
    cron = {"hour": str(hour), "minute": str(minute)}
    form = chance.randrange(6)
    if form == 0:
        return f"*-*-* {time}", cron, "day"
    if form == 1:
        first = chance.randrange(6)
        last = chance.randrange(first + 1, 7)
        return f"{DAYS[first]}..{DAYS[last]} {time}", {**cron, "day_of_week": f"{first}-{last}"}, "day"
    if form == 2:
        day = chance.randrange(7)
        return f"{DAYS[day]} {time}", {**cron, "day_of_week": str(day)}, "month"
    day = chance.randint(1, 28)
    if form == 3:
        return f"*-*-{day:02} {time}", {**cron, "day": str(day)}, "previous-month"
    if form == 4:
        months = sorted(chance.sample(range(1, 13), 4))
        text = ",".join(f"{month:02}" for month in months)
        fields = {**cron, "month": ",".join(map(str, months)), "day": str(day)}
        return f"*-{text}-{day:02} {time}", fields, "previous-quarter"
    month = chance.randint(1, 12)
    return f"*-{month:02}-{day:02} {time}", {**cron, "month": str(month), "day": str(day)}, "previous-year"


def job(number, quiet):
    """A job's name, its file and what a cron scheduler would be told of it."""
    chance = random.Random(number)
    kind = list(KINDS)[number % len(KINDS)]
    serial, chinese, english, feeds, settings, departments = KINDS[kind]
    name = f"{kind}-{number:05}"
    zone, offset = chance.choice(ZONES)
    events = [event(chance, offset, quiet) for _ in range(chance.choice([1, 1, 1, 1, 2, 3]))]
    texts = [f'"{text} {zone}"' for text, _, _ in events]
    schedule = [f"  on: {texts[0] if len(texts) == 1 else '[' + ', '.join(texts) + ']'}"]
    is_plain = chance.random() < 0.6
    if not is_plain:
        schedule.append(f"  working-day: {chance.choice(['only', 'next', 'previous', 'nearest'])}  # by the calendar CN")
    schedule.append("  catch-up: " + chance.choice(["none", "{latest: 1 day}", "{latest: 30 days}", "{all: 2 days}"]))
    if len(events) == 1 and chance.random() < 0.2:
        schedule.append(f"  splay: {chance.randint(1, 15)} minutes")
    if chance.random() < 0.3:
        schedule.append("  on-data: true                 # a correction clears its alert at once")
    told = chance.sample(departments, chance.randint(1, len(departments)))
    lines = [
        f"# Duty number {number}, made up.",
        "",
        f"job: {name}",
        f"title: {{zh: 第{number}号{chinese}, en: {english} {number}}}",
        f"serial: {serial}",
        f"commitments: [C{chance.randint(1, 128):03}]",
        "",
        "schedule:",
        *schedule,
        "",
        f"period: {events[0][2]}",
        "",
        "feeds:",
        *(f"  {role}: {feed}" for role, feed in feeds.items()),
        "",
        "check:",
        f"  {kind}:",
        *(f"    {key}: {value}" for key, value in settings(chance).items()),
        "",
        "notify:",
        f"  to: [{told[0]}]",
    ]
    if told[1:]:
        lines.append(f"  cc: [{', '.join(told[1:])}]")
    return name, "\n".join(lines) + "\n", {"name": name, "zone": zone, "crons": [c for _, c, _ in events], "plain": is_plain}


def main():
    root, count, quiet = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    shutil.rmtree(root, ignore_errors=True)
    # The shipped routes speak of the shipped jobs.
    shutil.copytree(SETTINGS, root / "etc/dutyd", ignore=shutil.ignore_patterns("demo", "routes.yaml", "commitments.yaml"))
    folder = root / "usr/share/dutyd/jobs"
    folder.mkdir(parents=True)
    equivalents = []
    for number in range(count):
        name, text, equivalent = job(number, quiet)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        equivalents.append(equivalent)
    (root / "jobs.json").write_text(json.dumps(equivalents), encoding="utf-8")


main()
