"""How well the search finds: ``python -m bench.search CASES.json [--database URL]``.

A file of cases holds ideas, questions with graded answers, and words with their right parts. The
ideas are put into the real tables of a database of its own, and asked for through the function
that the page calls. What comes out is one JSON object.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from bench import place, ranked
from bench.many import many

PARTS = ("stems", "splitting", "cognates", "grams", "notions", "themes")
TOLD = 5  # look-alikes that somebody who writes is told of
DEEP = 60  # hits that are looked at, so that ten are left when a language is left out


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what came of it."""

    kind: str
    lang: str
    found: Sequence[str]  # identities of ideas, the best first
    sure: float  # how sure it is that anything answers
    took: float  # milliseconds
    grades: Mapping[str, int]


def arguments(words: list[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("cases", type=Path, nargs="+", metavar="CASES.json")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--database", metavar="URL", help="a PostgreSQL server to make a database on, or sqlite://"
    )
    where.add_argument(
        "--postgres", action="store_true", help="a PostgreSQL server of its own, on this machine"
    )
    parser.add_argument(
        "--without", nargs="+", default=[], choices=PARTS, help="switch parts of the analyser off"
    )
    parser.add_argument("--each", action="store_true", help="tell of each question too")
    parser.add_argument(
        "--among", type=int, default=0, metavar="N", help="so many other ideas in the tables"
    )
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Measure and print."""
    chosen = arguments(words)
    with database(chosen) as url, tempfile.TemporaryDirectory(prefix="idesluss-bench-") as home:
        place.set_up(url, Path(home))
        for file in chosen.cases:
            cases = json.loads(file.read_text("utf-8"))
            told = measure(cases, chosen.without, each=chosen.each, among=chosen.among)
            print(json.dumps(told, ensure_ascii=False, indent=1))
    return 0


@contextlib.contextmanager
def database(chosen: argparse.Namespace) -> Iterator[str]:
    """A new database where the command line says."""
    if chosen.postgres:
        found = place.postgres_here()
    elif chosen.database and not chosen.database.startswith("sqlite"):
        found = place.postgres_at(chosen.database)
    else:
        found = place.sqlite()
    with found as url:
        yield url


def measure(
    cases: Mapping[str, Any],
    without: Sequence[str] = (),
    *,
    each: bool = False,
    among: int = 0,
) -> dict[str, Any]:
    """Load ``cases`` and ``among`` other ideas, ask everything in them, and return the figures."""
    from bench.seed.told import load  # noqa: PLC0415  (after Django is set up)

    ideas = load(cases["ideas"], many(cases["ideas"], among))
    with analyser(without):
        asked = [ask(question, ideas) for question in cases["queries"]]
        alike = pairs(cases, ideas) if not among else {}
        splits = split_all(cases.get("decompounding", {}).get("items", []))
    languages = {it["id"]: it["lang"] for it in cases["ideas"]}
    told = figures(asked, languages) | {"pairs": alike, "splits": splits}
    if each:
        told["each"] = [
            {"type": it.kind, "text": question["text"], "ndcg10": ranked.ndcg(it.found, it.grades)}
            for it, question in zip(asked, cases["queries"], strict=True)
        ]
    return told


@contextlib.contextmanager
def analyser(without: Sequence[str]) -> Iterator[None]:
    """The index built anew with the analyser as it is, or with parts of it switched off."""
    from idesluss.insight.search import finding, follow  # noqa: PLC0415  (after Django is set up)
    from idesluss.logic.text.analysing import Lexicon, Parts  # noqa: PLC0415

    use = replace(Parts(), **dict.fromkeys(without, False))
    finding.forget()
    original = follow.Lexicon
    patched = lambda **more: Lexicon(use=use, **more)  # noqa: E731
    follow.Lexicon = finding.Lexicon = patched  # type: ignore[misc,assignment]
    try:
        follow.build(follow.home())
        yield
    finally:
        follow.Lexicon = finding.Lexicon = original  # type: ignore[misc]
        finding.forget()


def ask(question: Mapping[str, Any], ideas: Mapping[int, str]) -> Asked:
    """Ask one question as somebody does who is not signed in."""
    from django.utils import timezone  # noqa: PLC0415  (after Django is set up)

    from idesluss.insight.search import finding  # noqa: PLC0415

    asked = finding.Asked(question["text"], question["lang"], typing=question["type"] == "prefix")
    at = timezone.now()
    page = finding.find(asked, None, at=at, limit=DEEP, least=0.0)
    began = time.perf_counter()
    finding.find(asked, None, at=at)
    return Asked(
        question["type"],
        question["lang"],
        [ideas.get(it.thing.pk, "") for it in page.found],
        page.sure,
        1000 * (time.perf_counter() - began),
        question["grades"],
    )


def figures(asked: Sequence[Asked], languages: Mapping[str, str]) -> dict[str, Any]:
    """The measures over all questions, by their kind, and between languages."""
    from idesluss.insight.search.finding import WARNS  # noqa: PLC0415

    answered = [it for it in asked if it.kind != "none"]
    silent = [it for it in asked if it.kind == "none"]
    kinds: dict[str, list[Asked]] = defaultdict(list)
    for it in answered:
        kinds[it.kind].append(it)
    across = [it for one in answered if (it := other_languages(one, languages))]
    drafts = [it for it in answered if it.kind == "draft"]
    return {
        **means(answered),
        "cross_language": means(across),
        "by_type": {kind: means(listed) for kind, listed in sorted(kinds.items())},
        "silence_auc": ranked.told_apart([it.sure for it in answered], [it.sure for it in silent]),
        "false_alarms": sum(it.sure >= WARNS for it in silent),
        "missed_duplicates": sum(not _warned(it, WARNS) for it in drafts),
        "questions": len(answered),
        "silent_questions": len(silent),
        "drafts": len(drafts),
        "ms": {f"p{share}": round(_percentile(asked, share), 1) for share in (50, 95)},
    }


def means(asked: Sequence[Asked]) -> dict[str, float]:
    """The three measures of a ranking, over all that was asked."""
    return {
        "ndcg10": round(ranked.mean(ranked.ndcg(it.found, it.grades) for it in asked), 4),
        "recall10": round(ranked.mean(ranked.recall(it.found, it.grades) for it in asked), 4),
        "mrr": round(ranked.mean(ranked.reciprocal_rank(it.found, it.grades) for it in asked), 4),
    }


def other_languages(one: Asked, languages: Mapping[str, str]) -> Asked | None:
    """The question without what is written in its own language; None: nothing relevant is left."""
    grades = {it: grade for it, grade in one.grades.items() if languages[it] != one.lang}
    if not any(grade >= ranked.GOOD for grade in grades.values()):
        return None
    found = [it for it in one.found if languages.get(it) != one.lang]
    return replace(one, found=found, grades=grades)


def _percentile(asked: Sequence[Asked], share: int) -> float:
    """Milliseconds that so many of a hundred questions took at most, the rows of hits included."""
    times = sorted(it.took for it in asked)
    return times[min(len(times) - 1, len(times) * share // 100)]


def _warned(one: Asked, least: float) -> bool:
    """Whether a duplicate of a draft was told of."""
    told = one.found[:TOLD] if one.sure >= least else ()
    return any(one.grades.get(it, 0) > ranked.GOOD for it in told)


# ── Pairs ───────────────────────────────────────────────────────────────────────────────────────


def pairs(cases: Mapping[str, Any], ideas: Mapping[int, str]) -> dict[str, Any]:
    """How many of the pairs that coaches are shown are the same idea, and how many those are of.

    Two ideas are the same if the file says that they have one concept.
    """
    from django.utils import timezone  # noqa: PLC0415  (after Django is set up)

    from idesluss.ideas.models import Idea  # noqa: PLC0415
    from idesluss.insight.search.pairs import pairs_of  # noqa: PLC0415

    concepts = {it["id"]: it.get("concept", it["id"]) for it in cases["ideas"]}
    same = {
        frozenset(pair)
        for pair in combinations(concepts, 2)
        if concepts[pair[0]] == concepts[pair[1]]
    }
    at = timezone.now()
    shown = {
        frozenset((ideas[idea.pk], ideas[near.idea]))
        for idea in Idea.objects.select_related("programme")
        for near in pairs_of(idea, at=at)
    }
    right = len(shown & same)
    return {
        "precision": round(right / len(shown), 4) if shown else 0.0,
        "recall": round(right / len(same), 4) if same else 0.0,
        "shown": len(shown),
        "same": len(same),
    }


# ── Compounds ───────────────────────────────────────────────────────────────────────────────────

LINKS = ("s", "e", "a", "o", "u", "n", "er", "en")


def split_all(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """How many compounds are split as they should be, and what is split that should not be."""
    from idesluss.logic.text.analysing import Lexicon  # noqa: PLC0415
    from idesluss.logic.text.folding import fold  # noqa: PLC0415

    lexicon = Lexicon()
    compounds = [it for it in items if it["parts"]]
    wrong, false = [], []
    for it in items:
        got = lexicon.splitter(it["lang"]).split(fold(it["word"]))
        if not it["parts"] and got:
            false.append(f"{it['word']}: {'|'.join(got)}")
        elif it["parts"] and not _same(got, [fold(part) for part in it["parts"]]):
            wrong.append(f"{it['word']}: {'|'.join(got) or 'whole'}")
    share = 1 - len(wrong) / len(compounds) if compounds else 0.0
    return {"right": round(share, 4), "wrong": wrong, "false": false}


def _same(got: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether the parts are the same but for their linking letters."""
    return len(got) == len(parts) and all(
        _bare(one) & _bare(other) for one, other in zip(got, parts, strict=True)
    )


def _bare(part: str) -> set[str]:
    return {part, *(part.removesuffix(link) for link in LINKS)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
