"""Decodes with Python's own codecs: one JSON object a line with an encoding, bytes in hexadecimal, and the text in which
each sequence that Python refuses is one U+FFFD for its first byte (in UTF-16, its first two).

    characters.py SEED COUNT     the full repertoire of GB18030 in order, then seeded random texts, whole and damaged
"""

import codecs
import json
import random
import sys

seed, count = int(sys.argv[1]), int(sys.argv[2])
rng = random.Random(seed)

# Python has GB 18030-2000. Later editions moved these from private use to Unicode's own places, and the C library goes
# with them: they are no subject of the comparison.
MOVED = {
    bytes.fromhex(code)
    for code in (
        "a6d9 a6da a6db a6dc a6dd a6de a6df a6ec a6ed a6f3 a8bc fe51 fe52 fe53 fe59 fe61 fe66 fe67 fe6c fe6d fe76 fe7e"
        " fe90 fe91 fea0 8135f437 82359037 82359038 82359039 82359130 82359131 82359132 82359133 82359134 84318236"
        " 84318237 84318238 84318239 84318330 84318331 84318332 84318333 84318334 84318335"
    ).split()
}


def skip(unit):
    return lambda error: ("\ufffd", min(error.start + unit, len(error.object)))


codecs.register_error("skip1", skip(1))
codecs.register_error("skip2", skip(2))


def decode(data, encoding):
    return data.decode(encoding, "skip1" if encoding == "gb18030" else "skip2")


def show(encoding, data):
    print(json.dumps({"encoding": encoding, "bytes": data.hex(), "text": decode(data, encoding)}))


def repertoire():
    for first in range(0x81, 0xFF):
        for second in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            yield bytes([first, second])
    # The first and the last of the four-byte forms for Unicode's first plane, then a tenth of those for the others.
    for first in range(0x81, 0x85):
        for second in range(0x30, 0x3A):
            for third in range(0x81, 0xFF):
                for fourth in range(0x30, 0x3A):
                    yield bytes([first, second, third, fourth])
    for point in range(0x10000, 0x110000, 10):
        yield chr(point).encode("gb18030")
    yield chr(0x10FFFF).encode("gb18030")


batch = []
for code in repertoire():
    if code in MOVED:
        continue
    batch.append(code)
    if len(batch) == 4096:
        show("gb18030", b",".join(batch))
        batch = []
show("gb18030", b",".join(batch))

LETTERS = ["a", "Z", "7", ",", '"', "\n", "\r\n", "\t", "断", "面", "联通", "陆", "㐀", "龥", "é", "€", "\u00a0", "\u3000"]
LETTERS += ["\U0001f30a", "\U00020000", "\ue000", "|", "~", "0", "2024-02-05,", "江场河-万荣路桥", "x" * 40]


def damaged(data):
    data = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        if data:
            kind, place = rng.randint(0, 2), rng.randrange(len(data))
            if kind == 0:
                data[place] = rng.randrange(256)
            elif kind == 1:
                del data[place]
            else:
                data.insert(place, rng.choice([0x80, 0xFF, 0x81, 0x30, 0xFE, 0xD8, 0x00]))
    return bytes(data)


def has_moved(data):
    return any(code in data for code in MOVED)


made = 0
while made < count:
    encoding = rng.choice(["gb18030", "utf-16-le", "utf-16-be"])
    text = "".join(rng.choice(LETTERS) for _ in range(rng.choice([0, 1, 3, 10, 60])))
    data = text.encode(encoding)
    if rng.random() < 0.5:
        data = damaged(data)
    if rng.random() < 0.1:
        data = bytes(rng.randrange(256) for _ in range(rng.randint(0, 80)))
    if encoding == "gb18030" and has_moved(data):
        continue
    show(encoding, data)
    made += 1
