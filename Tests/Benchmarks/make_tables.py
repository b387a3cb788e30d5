"""Writes the tables of the benchmark, from a fixed seed: two and a half million measurements, in three forms, and a
register of their sections.

    make_tables.py FOLDER    writes what is not there yet
"""

import pathlib
import random
import sys

SEED, SECTIONS, MONTHS, SAMPLES = 20240205, 5000, 125, 4
HEADER = ["断面编码", "河流", "断面", "月份", "pH值", "溶解氧(mg/L)", "高锰酸盐指数(mg/L)", "氨氮(mg/L)", "总磷(mg/L)"]
RIVERS = ["彭越浦", "江场河", "苏州河", "走马塘", "夏长浦", "徐家宅河", "西泗塘", "南泗塘"]


PLACES = [(f"SH{n:06d}", RIVERS[n % 8], f"{RIVERS[n % 7][:2]}路桥{n % 97}") for n in range(SECTIONS)]


def rows():
    """Month by month, as such tables grow; one cell in a hundred is blank, which counts as nothing."""
    rng = random.Random(SEED)
    chance = rng.random
    for sample in range(MONTHS * SAMPLES):
        month = sample // SAMPLES
        written = f"{2014 + month // 12}-{month % 12 + 1:02d}"
        for place in PLACES:
            numbers = [
                f"{6 + chance() * 3:.2f}",
                f"{chance() * 12:.2f}",
                f"{chance() * 15:.1f}",
                f"{chance() * 3:.3f}",
                f"{chance() / 2:.3f}",
            ]
            if chance() < 0.05:
                numbers[int(chance() * 5)] = ""
            yield *place, written, *numbers


def write(path, encoding, quote, ending):
    if path.exists():
        return
    part = path.with_suffix(".part")
    between = f"{quote},{quote}"
    with open(part, "w", encoding=encoding, newline="") as file:
        file.write(quote + between.join(HEADER) + quote + ending)
        for row in rows():
            file.write(quote + between.join(row) + quote + ending)
    part.rename(path)


folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
write(folder / "plain.csv", "utf-8", "", "\n")
write(folder / "quoted.csv", "utf-8", '"', "\r\n")
write(folder / "gb18030.csv", "gb18030", "", "\n")
if not (folder / "sections.csv").exists():
    register = ["断面编码,河流,断面,目标水质"] + [",".join((*place, str(2 + n % 4))) for n, place in enumerate(PLACES)]
    (folder / "sections.csv").write_text("\n".join(register) + "\n", encoding="utf-8")
