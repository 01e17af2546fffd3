"""How fast the search is beside what others search with: ``python -m bench.search_speed CASES``.

The ideas of a file of cases are put together anew to as many as are asked for, indexed, and asked
with the questions of the file, each as a page asks: within what somebody signed in may see, and
with the last word half where the file says so. Rivals search the same texts in the same run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import place, rivals
from bench.many import many
from idesluss.insight.search.index import KINDS, MEMORY, Entry, Reader, add, open_index
from idesluss.logic.text.analysing import Lexicon
from idesluss.logic.text.asking import ask

HITS = 220  # that a page asks the index for
ROUNDS = 3
BUDGET = {10_000: 10.0, 100_000: 20.0, 1_000_000: 50.0}  # ms, 95th percentile
TOWNS = 1_000
SEEN = ["public", "in:3", "office:3", "person:7"]  # somebody of one town


def arguments(words: list[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench.search_speed", description=__doc__)
    parser.add_argument("cases", type=Path, metavar="CASES.json")
    parser.add_argument("--n", type=int, nargs="+", default=[10_000, 100_000], metavar="N")
    parser.add_argument("--alone", action="store_true", help="without the rivals")
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Measure, print, and return 1 when something is over its budget."""
    chosen = arguments(words)
    cases = json.loads(chosen.cases.read_text("utf-8"))
    over = False
    for number in chosen.n:
        with tempfile.TemporaryDirectory(prefix="idesluss-bench-") as folder:
            ours = measure(cases, number, Path(folder))
            told = {"n": number, "ours": ours}
            if not chosen.alone:
                told["rivals"] = compare(cases, number, Path(folder))
        over = over or ours["p95_ms"] > BUDGET.get(number, 50.0)
        print(json.dumps(told, indent=1), flush=True)
    return int(over)


def measure(cases: Mapping[str, Any], number: int, folder: Path) -> dict[str, float]:
    """Index so many ideas and ask everything."""
    before = _memory()
    lexicon = Lexicon()
    began = time.perf_counter()
    for lang in ("sv", "da", "nb", "fi", "en"):
        lexicon.read("cykelställning", lang)  # reads the lists of the language
    read, kept = time.perf_counter() - began, _memory() - before
    began = time.perf_counter()
    writer = open_index(folder / "index").writer(MEMORY, 1)
    for place_, (title, text, lang) in enumerate(many(cases["ideas"], number)):
        town = place_ % TOWNS
        seen = "public" if place_ % 3 else f"in:{town}"
        code = place_ * KINDS
        terms = lexicon.analyse(title, text, lang)
        add(writer, Entry(code, terms, (seen, f"org:{town}", f"office:{town}", f"id:{code}")))
    writer.commit()
    writer.wait_merging_threads()
    took = time.perf_counter() - began
    began = time.perf_counter()
    reader = Reader(open_index(folder / "index"))
    asked = [(it["text"], it["lang"], it["type"] == "prefix") for it in cases["queries"]]

    def one(text: str, lang: Any, half: bool) -> None:  # noqa: FBT001
        reader.find(ask(text, lang, lexicon, reader, typing=half), within=[SEEN], limit=HITS)

    one(*asked[0])
    opened = time.perf_counter() - began
    times = _timed([lambda it=it: one(*it) for it in asked])
    return {
        **_percentiles(times),
        "indexed_per_second": round(number / took),
        "megabytes_on_disk": round(_size(folder / "index"), 1),
        "first_answer_ms": round(1000 * (read + opened)),
        "megabytes_of_five_languages": round(kept, 1),
    }


def compare(cases: Mapping[str, Any], number: int, folder: Path) -> dict[str, Any]:
    """The same questions to what others use, over the same texts."""
    told: dict[str, Any] = {}

    def texts() -> Iterator[rivals.Text]:
        return ((n, title, text) for n, (title, text, _) in enumerate(many(cases["ideas"], number)))

    with contextlib.ExitStack() as stack:
        searches = {
            "fts5_plain": rivals.fts5(folder, texts()),
            "substrings": rivals.substrings(folder, texts()),
        }
        with contextlib.suppress(OSError, RuntimeError):
            url = stack.enter_context(place.postgres_here())
            searches["postgresql_swedish"] = rivals.postgres(url, texts())
        for name, context in searches.items():
            with context as search:
                asked = [lambda it=it: search(it["text"]) for it in cases["queries"]]
                told[name] = _percentiles(_timed(asked))
    return told


def _timed(acts: Sequence[Callable[[], Any]]) -> list[float]:
    """Milliseconds of each act, in every round."""
    times = []
    for _ in range(ROUNDS):
        for act in acts:
            began = time.perf_counter()
            act()
            times.append(1000 * (time.perf_counter() - began))
    return times


def _percentiles(times: Sequence[float]) -> dict[str, float]:
    ranked = sorted(times)
    return {
        f"p{share}_ms": round(ranked[min(len(ranked) - 1, len(ranked) * share // 100)], 2)
        for share in (50, 95)
    }


def _memory() -> float:
    """Megabytes this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _size(folder: Path) -> float:
    return sum(it.stat().st_size for it in folder.iterdir()) / 1e6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
