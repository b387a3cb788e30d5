"""Random calendar events over the whole grammar, and texts that are nearly such events."""

import zoneinfo

NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
LONG_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
SHORTHANDS = [
    "minutely", "hourly", "daily", "monthly", "weekly", "yearly", "annually", "anually", "quarterly", "semiannually",
    "semi-annually", "biannually", "bi-annually",
]
ZONES = sorted(zoneinfo.available_timezones() - {"localtime"})
# What stands where a zone would: abbreviations, offsets, other cases, other folders, files that are no zones.
NO_ZONES = [
    "CET", "CEST", "EST", "EDT", "CST", "cet", "GMT", "gmt", "Utc", "Z", "+08:00", "+0800", "-3", "europe/berlin",
    "Europe", "Europe/", "/Europe/Berlin", "Europe//Berlin", "right/Europe/Berlin", "posix/Europe/Berlin", "EST5EDT",
    "../UTC", "tzdata.zi", "zone.tab", "UTC0", "Etc/UTC", "localtime", "UCT", "Zulu", "Factory", "Nowhere/City", "JST",
]
# No tab: it ends an event where both programs are asked line by line.
CHARACTERS = "0123456789 .,-~/*:@+MonFridUTCae\r\x7fé"


class Writer:
    """Writes events with the numbers that a random generator deals."""

    def __init__(self, random):
        self.random = random

    def any(self):
        """A text of any kind, with or without a zone, as it is or with a few characters changed."""
        random = self.random
        kind = random.random()
        if kind < 0.4:
            text = self.time_event()
        elif kind < 0.8:
            text = self.date_event()
        elif kind < 0.9:
            text = self.loose()
        else:
            text = random.choice([self.shorthand, self.moment, self.weekday_list])()
        zone = random.random()
        if zone < 0.06:
            text += random.choice([" UTC", " UTC", " utc", "  UTC", " "])
        elif zone < 0.075:
            text += " " + random.choice(NO_ZONES)
        elif zone < 0.08:
            text += " " + random.choice(ZONES)
        return self.damaged(text) if random.random() < 0.25 else text

    def damaged(self, text):
        random, characters = self.random, list(text)
        for _ in range(random.choice([1, 1, 2, 3])):
            place = random.randint(0, len(characters))
            change = random.random()
            if change < 0.4:
                characters.insert(place, random.choice(CHARACTERS))
            elif place < len(characters):
                if change < 0.7:
                    del characters[place]
                elif change < 0.9:
                    characters[place] = random.choice(CHARACTERS)
                else:
                    characters[place] = characters[place].swapcase()
        return "".join(characters)

    def shorthand(self):
        text = self.random.choice(SHORTHANDS)
        return self.random.choice([text, text.upper(), text.title()])

    def moment(self):
        limit = self.random.choice([10**6, 10**9, 4 * 10**9, 8 * 10**9, 10**13])
        return self.weekdays(0.2) + f"@{self.random.randint(0, limit)}"

    def weekday_list(self):
        return self.weekdays(1).rstrip()

    def weekdays(self, share):
        """Weekdays with the space after them, or nothing."""
        random = self.random
        if random.random() >= share:
            return ""
        names = random.choice([NAMES, NAMES, LONG_NAMES])
        items = []
        for _ in range(random.choice([1, 1, 2, 3])):
            first, last = sorted(random.choices(range(7), k=2))
            if random.random() < 0.5:
                items.append(names[first])
            else:
                items.append(names[first] + random.choice(["..", "..", "-"]) + names[last])
        text = ",".join(items) + random.choice(["", "", "", "", ","])
        if random.random() < 0.1:
            text = random.choice([text.lower(), text.upper()])
        return text + " " * random.choice([1, 1, 1, 1, 2])

    def number(self, value):
        return f"{value:02}" if self.random.random() < 0.5 else str(value)

    def component(self, low, high, every=0.2):
        """A component whose items lie in the field, but for a few."""
        random = self.random
        if random.random() < every:
            return "*"
        items = []
        for _ in range(random.choice([1, 1, 1, 1, 2, 2, 3, 5])):
            if random.random() < 0.01:
                items.append(self.number(random.choice([max(0, low - 1), high + 1, 99, 2**31])))
                continue
            first = random.randint(low, high)
            last = random.randint(first, high)
            form = random.random()
            if form < 0.4:
                items.append(self.number(first))
            elif form < 0.6:
                items.append(f"{self.number(first)}..{self.number(last)}")
            elif form < 0.8:
                first = random.choice([low, first])
                items.append(f"{self.number(first)}/{self.number(random.randint(1, max(1, high - first)))}")
            else:
                step = random.choice([1, 2, 3, 5, 7, 10, 15, random.randint(1, max(1, high - low))])
                items.append(f"{self.number(first)}..{self.number(last)}/{self.number(step)}")
        return ",".join(items)

    def from_end(self):
        """Days that count from the month's end; steps count towards it, so that only short ones fit."""
        random, items = self.random, []
        for _ in range(random.choice([1, 1, 1, 1, 2, 3])):
            first = random.choice([1, 1, 2, 3, 7, random.randint(1, 28), random.randint(1, 31)])
            form = random.random()
            if form < 0.5:
                items.append(self.number(first))
            elif form < 0.75:
                items.append(f"{self.number(first)}/{random.randint(1, max(1, first))}")
            else:
                last = random.randint(first, max(first, 28))
                items.append(f"{first}..{last}" + random.choice(["", f"/{random.randint(1, 9)}"]))
        return ",".join(items)

    def year(self):
        form = self.random.random()
        if form < 0.1:
            return self.component(0, 99, 0)
        if form < 0.2:
            return str(self.random.randint(1970, 2199))
        return self.component(1970, 2199, 0.7)

    def day_of_week_and_date(self):
        month = self.component(1, 12, 0.4)
        separator, day = ("~", self.from_end()) if self.random.random() < 0.3 else ("-", self.component(1, 31))
        if self.random.random() < 0.05:
            separator, day = "~", "*"
        year = "" if self.random.random() < 0.3 else f"{self.year()}-"
        return f"{self.weekdays(0.3)}{year}{month}{separator}{day}"

    def seconds(self):
        random = self.random
        form = random.random()
        if form < 0.4:
            return "00"
        if form < 0.55:
            return "*"
        if form < 0.8:
            return self.component(0, 59, 0)

        def fraction():
            return f"{random.uniform(0, 60):.{random.choice([1, 2, 3, 6, 7, 9])}f}"

        items = []
        for _ in range(random.choice([1, 1, 2])):
            first = fraction()
            form = random.random()
            if form < 0.4:
                items.append(first)
            elif form < 0.7:
                step = random.choice(["0.1", "0.25", "7.25", "1.000001", "0.000001", "13", "2.5"])
                items.append(f"{random.choice([0, first])}/{step}")
            else:
                items.append(f"{first}..{fraction()}" + random.choice(["", "/0.3", "/1", "/2.000001"]))
        return ",".join(items)

    def time(self):
        text = f"{self.component(0, 23)}:{self.component(0, 59, 0.1)}"
        return text if self.random.random() < 0.7 else f"{text}:{self.seconds()}"

    def time_event(self):
        return self.weekdays(0.15) + self.time()

    def date_event(self):
        date = self.day_of_week_and_date()
        return date if self.random.random() < 0.3 else date + " " * self.random.choice([1, 1, 1, 2]) + self.time()

    def loose(self):
        """Parts in orders that mostly make no event."""
        parts = [self.component(0, 60), self.component(0, 31), self.seconds(), self.from_end(), "*", self.year()]
        text = self.random.choice(parts)
        for _ in range(self.random.randint(0, 4)):
            text += self.random.choice("-:~ ") + self.random.choice(parts)
        return self.weekdays(0.2) + text
