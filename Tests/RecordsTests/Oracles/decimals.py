"""Computes seeded random cases with Python's decimal module: one per line, tab-separated, the result last.

A result that has more digits than 64 bits hold is "nil"; results are exact but for one rounding, half to even.
"""

import random
import sys
from decimal import ROUND_HALF_EVEN, Decimal, getcontext
from fractions import Fraction

getcontext().prec = 200
seed, count = int(sys.argv[1]), int(sys.argv[2])
rng = random.Random(seed)


def number():
    digits = rng.choice([1, 2, 3, 3, 4, 6, 12, 18])
    scale = rng.choice([0, 1, 2, 2, 3, 4, min(18, digits + 3), 18])
    coefficient = rng.choice([rng.randrange(10**digits), 5 * 10 ** rng.randrange(digits), 0])
    sign = rng.randrange(2) if coefficient else 0
    return Decimal((sign, tuple(map(int, str(coefficient))), -scale))


def fits(value, scale):
    return -(2**63) <= int(value.scaleb(scale)) < 2**63


def exact(value):
    """The value with trailing zeros dropped, when 64 bits and 18 decimals hold it."""
    sign, digits, exponent = value.normalize().as_tuple()
    if value == 0:
        return "0"
    plain = Decimal((sign, digits, exponent))
    if exponent > 0:
        plain = plain.quantize(Decimal(1))
        exponent = 0
    return format(plain, "f") if -exponent <= 18 and fits(plain, -exponent) else "nil"


def half_even(ratio, decimals):
    """A ratio of integers rounded half to even, exactly; Python rounds fractions that way."""
    coefficient = round(ratio * 10**decimals)
    if not -(2**63) <= coefficient < 2**63:
        return "nil"
    return format(Decimal(coefficient).scaleb(-decimals), "f")


def one_digit(ratio, decimals):
    plain = half_even(ratio, decimals)
    if ratio == 0 or plain == "nil" or Decimal(plain) != 0:
        return plain
    while decimals < 18 and abs(ratio) * 10**decimals < 1:
        decimals += 1
    return half_even(ratio, decimals) if abs(ratio) * 10**decimals >= 1 else plain


for _ in range(count):
    a, b, d = number(), number(), rng.randint(0, 6)
    left, right = Fraction(a), Fraction(b)
    kind = rng.choice(["add", "subtract", "multiply", "divide", "round", "keep", "mean", "compare", "double"])
    match kind:
        case "add": result = exact(a + b)
        case "subtract": result = exact(a - b)
        case "multiply": result = exact(a * b)
        case "divide": result = "nil" if b == 0 else half_even(left / right, d)
        case "round":
            rounded = a.quantize(Decimal(1).scaleb(-d), ROUND_HALF_EVEN) if -a.as_tuple().exponent > d else a
            result = format(rounded.copy_abs() if rounded == 0 else rounded, "f")
        case "keep": result = one_digit(left, min(d, -a.as_tuple().exponent))
        case "mean":
            numbers = [number() for _ in range(rng.randint(1, 7))]
            ratio = sum(map(Fraction, numbers)) / len(numbers)
            print(kind, " ".join(format(n, "f") for n in numbers), "0", d, one_digit(ratio, d), sep="\t")
            continue
        case "compare": result = str((a > b) - (a < b))
        case "double":
            result = repr(float(a)) if len(a.as_tuple().digits) <= 15 else "inexact"
    print(kind, format(a, "f"), format(b, "f"), d, result, sep="\t")
