"""Writes made-up stocks of a district or a city, from a fixed seed: what each site has to hold, its lots, and what it used.

    make_stocks.py FOLDER [SITES [ITEMS]]    writes what is not there yet (default: 60 sites with 400 items each)

Each site has three lots of each item, facility by facility, and six monthly reports of each. Every fifth series is in some
kind of trouble: short, expired, wasting, held or out.
"""

import pathlib
import random
import sys

SEED, LOTS, AS_OF = 20240305, 3, "2024-03-05"
MONTHS = [("2023-09-01", "2023-09-30"), ("2023-10-01", "2023-10-31"), ("2023-11-01", "2023-11-30"),
          ("2023-12-01", "2023-12-31"), ("2024-01-01", "2024-01-31"), ("2024-02-01", "2024-02-29")]
SOON = ["2024-03-01", "2024-03-20", "2024-05-31"]
LATER = ["2024-12-31", "2025-06-30", "2025-09-15", "2026-01-31"]

folder = pathlib.Path(sys.argv[1])
sites, items = (int(argument) for argument in (sys.argv[2:4] + ["60", "400"][len(sys.argv) - 2:]))


def series():
    """Each site's items with a month's use and the kind of trouble, the same for all tables."""
    chance = random.Random(SEED).random
    for site in range(sites):
        for item in range(items):
            trouble = int(chance() * 25)
            yield f"S{site:04d}", f"M{item:04d}", 20 + int(chance() * 900), trouble if trouble < 5 else 9


def policies():
    yield "site,site_name,item,item_name,unit,minimum,min_months,max_months,eop_months,lead_days,category,basis"
    for site, item, _, _ in series():
        yield f"{site},第{site[1:]}站,{item},品种{item[1:]},支,50,1,6,0.5,14,supplies,本区自定（非法定）"


def items_register():
    yield "item,item_name,pack"
    for item in range(items):
        yield f"M{item:04d},品种{item:04d},10"


def lots():
    yield "站点编码,物资编码,盘点日期,数量,计量单位,有效期至,批号,状态"
    chance = random.Random(SEED + 1).random
    for site, item, use, trouble in series():
        for lot in range(LOTS):
            quantity = int(use * [0.1, 1, 4, 1, 0][trouble]) if trouble < 5 else int(use * (0.5 + chance()))
            expiry = SOON[int(chance() * 3)] if trouble in (1, 2) else LATER[int(chance() * 4)]
            status = "封存" if trouble == 3 else ""
            yield f"{site},{item},2024-03-04,{quantity},支,{expiry},{site[1:]}{item[1:]}{lot},{status}"


def consumption():
    yield "站点编码,物资编码,起始日期,日期,数量,计量单位,类型,断货天数"
    chance = random.Random(SEED + 2).random
    for site, item, use, _ in series():
        for first, last in MONTHS:
            yield f"{site},{item},{first},{last},{int(use * (0.8 + 0.4 * chance()))},支,领用,{3 if chance() < 0.1 else 0}"


folder.mkdir(parents=True, exist_ok=True)
for name, rows in {"policies": policies, "items": items_register, "lots": lots, "consumption": consumption}.items():
    path = folder / f"{name}.csv"
    if not path.exists():
        part = path.with_suffix(".part")
        with open(part, "w", encoding="utf-8") as file:
            file.writelines(row + "\n" for row in rows())
        part.rename(path)
