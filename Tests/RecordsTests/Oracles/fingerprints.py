"""Fingerprints as their documentation defines them, in Python's whole numbers: one line each with bytes in hexadecimal
and their fingerprint, a blank line's bytes being written as "-"."""

import math
import random
import sys

MASK = (1 << 64) - 1
# The fractional part of a square root, in 64 bits.
A, B, C, D = (math.isqrt(n << 128) & MASK for n in (2, 3, 5, 7))


def fold(p, q):
    product = p * q
    return (product >> 64) ^ (product & MASK)


def rotate(word, bits):
    return (word << bits | word >> (64 - bits)) & MASK


def fingerprint(data):
    first, second = C, D
    padded = data + bytes(-len(data) % 16)
    for start in range(0, len(padded), 16):
        x = int.from_bytes(padded[start : start + 8], "little")
        y = int.from_bytes(padded[start + 8 : start + 16], "little")
        first = fold(x ^ A, y ^ first) ^ rotate(first, 29)
        second = fold(y ^ B, x ^ second) ^ rotate(second, 37)
    count = len(data)
    return "%016x%016x" % (fold(first ^ A ^ count, second ^ B), fold(second ^ C ^ count, first ^ D))


rng = random.Random(int(sys.argv[1]))
for length in list(range(0, 70)) + [rng.randint(0, 2000) for _ in range(60)]:
    data = bytes(rng.choice([0, 1, 0x2C, 0xFF, rng.randrange(256)]) for _ in range(length))
    print(data.hex() or "-", fingerprint(data))
