"""Answers questions about China's working days with the library chinesecalendar, one line for each line.

    day DATE          1 or 0: whether the day is worked
    after DATE N      the day on which a term of N working days ends; N < 0 reckons backwards
    shift DATE KIND N the working day N after DATE, which goes to the next or previous working day first
    between DATE DATE how many working days lie after the first day up to and including the second
"""

import datetime
import functools
import sys

import chinese_calendar

DAY = datetime.timedelta(days=1)
is_workday = functools.cache(chinese_calendar.is_workday)


def after(date, count):
    step = DAY if count > 0 else -DAY
    while count:
        date += step
        if is_workday(date):
            count -= 1 if count > 0 else -1
    return date


def between(first, last):
    count = 0
    while first < last:
        first += DAY
        count += is_workday(first)
    return count


def shift(date, kind, count):
    step = DAY if kind == "next" else -DAY
    while not is_workday(date):
        date += step
    return after(date, count)


for line in sys.stdin:
    question, date, *rest = line.split()
    date = datetime.date.fromisoformat(date)
    if question == "day":
        print(int(is_workday(date)))
    elif question == "after":
        print(after(date, int(rest[0])))
    elif question == "shift":
        print(shift(date, rest[0], int(rest[1])))
    else:
        print(between(date, datetime.date.fromisoformat(rest[0])))
