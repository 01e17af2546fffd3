"""Measure a page of ours and its bare twin in turn, in one run."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from statistics import median, quantiles

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.pages import Page

MARKS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")
FEWEST, MOST = 8, 400
"""How often each side is asked at a time, at least and at most."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the result: milliseconds, and queries of ours and of the bare page.

    ``ratio`` compares the quickest fifths (their upper ends): whatever else a machine does only
    ever adds time, and adds it by chance to the one or the other.
    """

    page: str
    n: int
    ours: float
    ours_p95: float
    bare: float
    bare_p95: float
    ratio: float
    times: float | None
    queries: int
    bare_queries: int
    most_queries: int | None

    def broken(self, margin: float = 1.0) -> list[str]:
        """What is over budget, in words; ``margin`` times the budget of time is let pass."""
        found = []
        where = f"{self.page}, N = {self.n}"
        if self.times is not None and self.ratio > self.times * margin:
            found.append(f"{where}: {self.ratio:.2f} times the bare page's time")
        if self.most_queries is not None and self.queries > self.most_queries:
            found.append(f"{where}: {self.queries} queries, of {self.most_queries}")
        return found


class Stopwatch:
    """The times of both sides, in milliseconds; asking more makes them surer.

    ``clock`` is "seconds" on the wall, or the thread's "cpu" where a machine is busy.
    """

    def __init__(self, page: Page, *, clock: str = "seconds") -> None:
        self.page, self.clock = page, clock
        self.ours: list[float] = []
        self.bare: list[float] = []
        page.check()
        for _ in range(3):  # templates are compiled, and pages of the database read
            page.ours(page.ready())
            page.bare(page.ready())
        gc.collect()

    def run(self, seconds: float) -> None:
        """Ask ours, bare, bare, ours … for about so many seconds more."""
        ours, bare = (self.ours, self.page.ours), (self.bare, self.page.bare)
        spent, asked = 0.0, 0
        while asked < FEWEST or (spent < seconds * 1000 and asked < MOST):
            for times, ask in (ours, bare) if asked % 2 else (bare, ours):
                answer = ask(self.page.ready())
                times.append(getattr(answer, self.clock) * 1000)
                spent += answer.seconds * 1000
            asked += 1

    @property
    def ratio(self) -> float:
        """Ours to bare, by the quickest fifth of each."""
        return quantiles(self.ours, n=5)[0] / quantiles(self.bare, n=5)[0]


def measure(
    page: Page, n: int, *, seconds: float, margin: float = 1.0, clock: str = "seconds"
) -> Measured:
    """Ask for about ``seconds``; up to four times as long when it seems to be over budget."""
    watch = Stopwatch(page, clock=clock)
    for _ in range(4):
        watch.run(seconds)
        if page.times is None or watch.ratio <= page.times * margin:
            break
    return Measured(
        page=page.name,
        n=n,
        ours=median(watch.ours),
        ours_p95=quantiles(watch.ours, n=20)[-1],
        bare=median(watch.bare),
        bare_p95=quantiles(watch.bare, n=20)[-1],
        ratio=watch.ratio,
        times=page.times,
        queries=len(queries_of(page)),
        bare_queries=len(queries_of(page, bare=True)),
        most_queries=page.queries,
    )


def queries_of(page: Page, *, bare: bool = False) -> list[str]:
    """The statements that one answer takes; those that only mark a transaction left out."""
    ready = page.ready()
    with CaptureQueriesContext(connection) as captured:
        (page.bare if bare else page.ours)(ready)
    asked = (query["sql"] for query in captured)
    return [sql for sql in asked if not sql.upper().startswith(MARKS)]
