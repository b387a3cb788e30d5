"""Writes seeded random tables with Python's own csv module: one JSON object a line with the text,
the rows without blanks around their cells, and the width."""

import csv
import io
import json
import random
import sys

seed, count = int(sys.argv[1]), int(sys.argv[2])
rng = random.Random(seed)
ALPHABET = ["a", "Z", "7", ",", '"', "\n", "\r\n", " ", ";", "'", "é", "断", "面", "\U0001f30a", "-", "/", "="]


def text():
    return "".join(rng.choice(ALPHABET) for _ in range(rng.choice([0, 1, 2, 3, 5, 8, 13, 40])))


for _ in range(count):
    width = rng.randint(1, 6)
    rows = [[text() for _ in range(width)] for _ in range(rng.randint(0, 12))]
    out = io.StringIO()
    writer = csv.writer(
        out,
        quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        lineterminator=rng.choice(["\n", "\r\n"]),
    )
    writer.writerow([f"c{i}" for i in range(width)])
    # A minimal row of one blank cell is a blank line, which readers differ about: quoted, it is a row.
    for row in rows:
        if width == 1 and not row[0].strip():
            out.write('"' + row[0] + '"\n')
        else:
            writer.writerow(row)
    trimmed = [[cell.strip(" \t\r\n") for cell in row] for row in rows]
    print(json.dumps({"csv": out.getvalue(), "rows": trimmed, "width": width}))
