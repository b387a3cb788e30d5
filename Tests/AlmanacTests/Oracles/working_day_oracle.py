"""Answers questions about China's working days with the library chinesecalendar, one line for each line.

    day DATE          1 or 0: whether the day is worked
    after DATE N      the day on which a term of N working days ends; N < 0 reckons backwards
    shift DATE KIND N the working day N after DATE, which goes to the next or previous working day first
    month YYYY-MM N   working day N of the month, N < 0 from its end; "none" when it has fewer
    term DATE N UNIT  the last day of a term after DATE: UNIT is working, days or months; rest days give way to the next
    before DATE N UNIT  the last day a term before DATE; rest days give way to the one before
    between DATE DATE how many working days lie after the first day up to and including the second
"""

import calendar
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


def months_later(date, count):
    index = date.year * 12 + date.month - 1 + count
    year, month = divmod(index, 12)
    return date.replace(year=year, month=month + 1, day=min(date.day, calendar.monthrange(year, month + 1)[1]))


def term(date, count, unit, kind):
    if unit == "working":
        return after(date, count)
    end = date + count * DAY if unit == "days" else months_later(date, count)
    return shift(end, kind, 0)


def month(text, number):
    year, month = map(int, text.split("-"))
    days = [datetime.date(year, month, day + 1) for day in range(calendar.monthrange(year, month)[1])]
    worked = [day for day in days if is_workday(day)]
    place = number - 1 if number > 0 else number
    return worked[place] if -len(worked) <= place < len(worked) else "none"


for line in sys.stdin:
    question, date, *rest = line.split()
    if question == "month":
        print(month(date, int(rest[0])))
        continue
    date = datetime.date.fromisoformat(date)
    if question == "day":
        print(int(is_workday(date)))
    elif question == "after":
        print(after(date, int(rest[0])))
    elif question == "term":
        print(term(date, int(rest[0]), rest[1], "next"))
    elif question == "before":
        print(term(date, -int(rest[0]), rest[1], "previous"))
    elif question == "shift":
        print(shift(date, rest[0], int(rest[1])))
    else:
        print(between(date, datetime.date.fromisoformat(rest[0])))
