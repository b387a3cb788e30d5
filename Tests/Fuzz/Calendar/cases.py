"""What is asked of both sides: a block is some hundred events in one zone, each with an instant; always the same."""

import random

from clock_changes import DAY, YEARS, changes

import expressions

SIZE = 1000
SECOND = 1_000_000


class Block:
    """The questions of one number under one seed."""

    def __init__(self, seed, number):
        self.random = random.Random(f"{seed}:{number}")
        # UTC now and then: it has its own way in both programs.
        self.zone = "UTC" if number % 8 == 0 else self.random.choice(expressions.ZONES)
        writer = expressions.Writer(self.random)
        self.questions = [(writer.any(), self.instant()) for _ in range(SIZE)]

    def instant(self):
        """Microseconds since 1970 UTC: mostly near a change of the clocks."""
        draw, kind = self.random, self.random.random()
        settings = changes(self.zone)
        if settings and kind < 0.7:
            seconds = draw.choice(settings) + draw.choice([
                draw.randint(-2 * DAY, 2 * DAY), draw.randint(-2 * 3600, 2 * 3600), draw.choice([-3600, -1, 0, 1, 3600]),
                draw.randint(-60, 60) * 60,
            ])
        else:
            seconds = draw.randint(*YEARS)
            if kind > 0.9:
                seconds = seconds // DAY * DAY
        fraction = draw.choice([0, 0, 0, SECOND - 1, draw.randrange(SECOND)])
        return min(max(seconds, YEARS[0]), YEARS[1]) * SECOND + fraction
