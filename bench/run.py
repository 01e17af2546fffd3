"""One run: seed, measure, weigh, tell."""

from __future__ import annotations

import argparse
import logging
import sys
import time
import warnings

from django.db import connections
from django.utils import timezone

from bench import report, weight
from bench.measure import Measured, measure
from bench.pages import Pages
from bench.seed import World
from bench.weight import Weight


def run(chosen: argparse.Namespace) -> int:
    """Measure what was chosen and print it as it comes; 1 when a budget is broken."""
    warnings.simplefilter("ignore")  # WhiteNoise has nothing collected to serve here
    logging.disable(logging.WARNING)
    facts = report.circumstances()
    print(" · ".join(str(fact) for fact in facts.values()))
    rows = measured(chosen)
    weights = [] if chosen.pages else weighed()
    connections.close_all()
    broken = [*(it for one in rows for it in one.broken()), *report.constant(rows)]
    broken += [it for one in weights for it in one.broken()]
    if chosen.json:
        report.write_json(chosen.json, rows, weights, broken)
    for words in broken:
        print(f"OVER BUDGET  {words}")
    return 1 if broken else 0


def measured(chosen: argparse.Namespace) -> list[Measured]:
    """Every chosen page at every N, printed as it comes."""
    rows: list[Measured] = []
    world = World(timezone.now())
    for n in sorted(chosen.n):
        began = time.monotonic()
        world.grow(n)
        print(f"\n{n} applications seeded in {time.monotonic() - began:.0f} s\n{report.HEAD}")
        for page in Pages(world).all():
            if chosen.pages and not any(word in page.name for word in chosen.pages):
                continue
            rows.append(measure(page, n, seconds=chosen.seconds))
            print(report.row(rows[-1]))
            sys.stdout.flush()
    return rows


def weighed() -> list[Weight]:
    """The first visits, asked of the real server."""
    print()
    pages = {
        "public round page": "/slusstad/rounds/beslutade/",
        "sign-in page": "/account/sign-in/",
        "start page": "/",
    }
    with weight.server() as port:
        weights = [weight.weigh(name, port, path) for name, path in pages.items()]
    for one in weights:
        print(report.weight_row(one))
    return weights
