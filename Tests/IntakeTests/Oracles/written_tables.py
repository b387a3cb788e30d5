"""Writes seeded random tables with Python's csv module and codecs: FOLDER/N.csv, and for each a JSON line with what
is to be read back: its rows without blanks around their cells, and how many rows above and below are no data.

    written_tables.py FOLDER SEED COUNT
"""

import csv
import io
import json
import pathlib
import random
import sys

folder, seed, count = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
rng = random.Random(seed)
LETTERS = ["a", "Z", "é", "断", "面", "甲", "㐀", "𠀀", "龥", "\U0001f30a"]
OTHERS = ["7", ",", ";", "\t", "，", '"', "\n", "\r\n", " ", "　", "\u00a0", "'", "-", "/", "=", "：", "“"]
BLANKS = " \t\r\n\u00a0\u3000"
ENCODINGS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "gb18030": "GB18030", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE",
}
HEADERS = ["名称甲", "名称乙", "名称丙", "名称丁", "名称戊", "名称己"]
TITLES = ["静安区2024年2月水质监测表", "填报单位：监测站", "（单位：盒）", "附件1"]
FOOTERS = ["合计", "总计", "注：以上为\n初步数据", "填表人：张三", "备注"]


def text():
    """A cell: blank, or with a letter in it, since a dash alone is no text."""
    if rng.random() < 0.15:
        return rng.choice(["", "", " ", "　"])
    length = rng.choice([0, 1, 2, 4, 8, 13, 40])
    pieces = [rng.choice(LETTERS + OTHERS) for _ in range(length)]
    pieces.insert(rng.randint(0, length), rng.choice(LETTERS))
    return "".join(pieces)


def some(words, width):
    """Rows with a word at their beginning, filled up with blank cells or not."""
    for _ in range(rng.choice([0, 0, 1, 2, 4])):
        word = rng.choice(words)
        yield [word] + rng.choice([[], [""] * (width - 1)])


for number in range(count):
    width = rng.randint(2, 6)
    separator = rng.choice([",", ";", "\t", "，"])
    encoding = rng.choice(list(ENCODINGS))
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=separator,
        quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        lineterminator=rng.choice(["\n", "\r\n"]),
    )
    titles, footers = list(some(TITLES, width)), list(some(FOOTERS, width))
    many = 4000 if number < 2 else rng.choice([0, 1, 3, 12, 60])
    rows = [[text() for _ in range(width)] for _ in range(many)]
    for line in [*titles, HEADERS[:width], *rows, *footers]:
        writer.writerow(line)
        if rng.random() < 0.1:
            writer.writerow(rng.choice([[""] * width, [" "] * width]))
    written = out.getvalue()
    if rng.random() < 0.3:
        written = written.rstrip("\r\n")
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    (folder / f"{number}.csv").write_bytes((mark + written).encode(encoding))
    trimmed = [[cell.strip(BLANKS) for cell in row] for row in rows]
    print(json.dumps({
        "encoding": ENCODINGS[encoding], "separator": separator, "width": width, "titles": len(titles),
        "footers": len(footers), "rows": [row for row in trimmed if any(row)],
    }))
