"""Writes seeded random tables with Python's codecs, as office programs save them: FOLDER/N.csv in an encoding, and
FOLDER/N.txt with the text in UTF-8. Each line of output is the encoding that the file is to be recognised as.

    files.py FOLDER SEED COUNT
"""

import pathlib
import random
import sys

folder, seed, count = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
rng = random.Random(seed)
WORDS = ["断面", "月份", "氨氮", "静安区", "彭越浦", "江场河-万荣路桥", "㐀", "𠀀", "龥", "2024-02", "0.59", "未检出", "联通"]
WORDS += ["a" * 50, "1234567890", "㎎/L", "×", "·", "，", "　"]


def row():
    return ",".join(rng.choice(WORDS) for _ in range(rng.randint(1, 6))) + rng.choice(["\n", "\r\n"])


for number in range(count):
    text = rng.choice(["section,month\n" * rng.choice([0, 1, 30_000]), "断面,月份\n"])
    text += "".join(row() for _ in range(rng.choice([1, 3, 30, 20_000 if number < 8 else 300])))
    name, encoding = rng.choice(
        [
            ("UTF-8", "utf-8"), ("UTF-8", "utf-8-sig"), ("GB18030", "gb18030"), ("GB18030", "gb18030"),
            ("UTF-16LE", "utf-16-le"), ("UTF-16BE", "utf-16-be"),
        ]
    )
    if name.startswith("UTF-16"):
        text = "\ufeff" + text
    data = text.encode(encoding)
    (folder / f"{number}.csv").write_bytes(data)
    (folder / f"{number}.txt").write_bytes(text.encode("utf-8-sig" if encoding == "utf-8-sig" else "utf-8"))
    is_ascii = encoding in ("utf-8", "gb18030") and text.isascii()
    print("UTF-8" if is_ascii else name)
