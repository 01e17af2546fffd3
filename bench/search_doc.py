"""The figures of docs/search.md: ``python -m bench.search_doc [--fast]``.

Each file of cases is asked on SQLite and on PostgreSQL, with the analyser whole and with parts of
it switched off, and of what others search with; then the speed of all of them. The tables between
the marks in docs/search.md are written anew.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import place, rivals
from bench.search import Asked, means, other_languages

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "search.md"
NAMES = ("sample", "nordic", "residents", "services")
CASES = {name: ROOT / "bench" / "cases" / f"{name}.json" for name in NAMES}
WITHOUT = {
    "everything": (),
    "without the term list": ("notions", "themes"),
    "without themes": ("themes",),
    "without letters of titles": ("grams",),
    "without decompounding": ("splitting",),
    "without cognates": ("cognates",),
    "stems alone": ("notions", "themes", "grams", "splitting", "cognates"),
    "words as written": ("notions", "themes", "grams", "splitting", "cognates", "stems"),
}


def main(words: list[str]) -> int:
    """Measure and write; return 1 when the two databases do not answer alike."""
    parser = argparse.ArgumentParser(prog="python -m bench.search_doc", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="leave out a hundred thousand ideas")
    chosen = parser.parse_args(words)
    told = {name: _measured(file) for name, file in CASES.items()}
    again = {name: _asked(file, (), "--postgres") for name, file in CASES.items()}
    same = all(again[name] == told[name]["everything"] for name in CASES)
    sizes = ["10000"] if chosen.fast else ["10000", "100000"]
    speed = _run("bench.search_speed", str(CASES["nordic"]), "--n", *sizes)
    tables = [_table(name, told[name]) for name in CASES]
    tables += [_kinds(told), _speed(speed)]
    tables.append(
        "SQLite and PostgreSQL answer alike, to the last figure."
        if same
        else "SQLite and PostgreSQL do not answer alike."
    )
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition("<!-- figures -->\n")
    _, _, after = rest.partition("<!-- end of figures -->")
    written = f"{before}<!-- figures -->\n\n" + "\n\n".join(tables) + "\n\n<!-- end of figures -->"
    PAGE.write_text(written + after, "utf-8")
    return int(not same)


def _measured(file: Path) -> dict[str, Any]:
    """The figures of one file of cases, by what was asked with."""
    told = {name: _asked(file, parts) for name, parts in WITHOUT.items()}
    return told | _rivals(json.loads(file.read_text("utf-8")))


def _asked(file: Path, without: Sequence[str], *more: str) -> dict[str, Any]:
    left_out = ["--without", *without] if without else []
    (told,) = _run("bench.search", str(file), *left_out, *more)
    return {name: it for name, it in told.items() if name != "ms"}  # timed by itself, below


def _run(module: str, *words: str) -> list[dict[str, Any]]:
    """Run one of our programs by itself, so that each has a Django and a memory of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    decoder, text, told = json.JSONDecoder(), done.stdout.strip(), []
    if not text:
        raise RuntimeError(done.stderr)
    while text:
        one, end = decoder.raw_decode(text)
        told.append(one)
        text = text[end:].strip()
    return told


def _rivals(cases: Mapping[str, Any]) -> dict[str, Any]:
    """How well others find in the same cases."""
    texts = [(n, it["title"], it["text"]) for n, it in enumerate(cases["ideas"])]
    names = {n: it["id"] for n, it in enumerate(cases["ideas"])}
    languages = {it["id"]: it["lang"] for it in cases["ideas"]}
    told = {}
    with tempfile.TemporaryDirectory() as folder, place.postgres_here() as url:
        for name, context in {
            "PostgreSQL, Swedish": rivals.postgres(url, texts),
            "FTS5, plain words": rivals.fts5(Path(folder), texts),
            "substrings": rivals.substrings(Path(folder), texts),
        }.items():
            with context as search:
                asked = [
                    Asked(
                        it["type"],
                        it["lang"],
                        [names[n] for n in search(it["text"])],
                        sure=0.0,
                        took=0.0,
                        grades=it["grades"],
                    )
                    for it in cases["queries"]
                    if it["type"] != "none"
                ]
            across = [it for one in asked if (it := other_languages(one, languages))]
            told[name] = {**means(asked), "cross_language": means(across)}
    return told


# ── Tables ──────────────────────────────────────────────────────────────────────────────────────


def _table(name: str, told: Mapping[str, Any]) -> str:
    rows = [
        f"| {what} | {it['ndcg10']:.3f} | {it['recall10']:.3f} | {it['mrr']:.3f} "
        f"| {it['cross_language']['ndcg10']:.3f} | {_silence(it)} |"
        for what, it in told.items()
    ]
    head = f"| `{name}` | nDCG@10 | recall@10 | MRR | nDCG@10, other languages | silence, AUC |"
    return "\n".join([head, "|---|---:|---:|---:|---:|---:|", *rows])


def _silence(it: Mapping[str, Any]) -> str:
    return f"{it['silence_auc']:.3f}" if "silence_auc" in it else "–"


def _kinds(told: Mapping[str, Mapping[str, Any]]) -> str:
    kinds = sorted({kind for it in told.values() for kind in it["everything"]["by_type"]})
    rows = [
        f"| {kind} | " + " | ".join(_of_kind(it["everything"], kind) for it in told.values()) + " |"
        for kind in kinds
    ]
    more = {
        "compounds split right": lambda it: f"{it['splits']['right']:.0%}",
        "words split that should not be": lambda it: len(it["splits"]["false"]),
        "false alarms": lambda it: f"{it['false_alarms']} of {it['silent_questions']}",
        "drafts whose duplicate is missed": lambda it: (
            f"{it['missed_duplicates']} of {it['drafts']}"
        ),
        "pairs that coaches are shown, the same idea": lambda it: f"{it['pairs']['precision']:.0%}",
        "pairs of the same idea, shown": lambda it: f"{it['pairs']['recall']:.0%}",
    }
    for what, say in more.items():
        rows.append(
            f"| {what} | {' | '.join(str(say(it['everything'])) for it in told.values())} |"
        )
    head = "| kind of question, nDCG@10 | " + " | ".join(f"`{name}`" for name in told) + " |"
    return "\n".join([head, "|---|" + "---:|" * len(told), *rows])


def _of_kind(it: Mapping[str, Any], kind: str) -> str:
    figures = it["by_type"].get(kind)
    return f"{figures['ndcg10']:.3f}" if figures else "–"


def _speed(told: Sequence[Mapping[str, Any]]) -> str:
    rows = []
    for it in told:
        ours = it["ours"]
        for name, figures in {"ours": ours, **it.get("rivals", {})}.items():
            rows.append(
                f"| {it['n']:,} | {name.replace('_', ' ')} | {figures['p50_ms']} "
                f"| {figures['p95_ms']} |".replace(",", " ")
            )
    first, last = told[0]["ours"], told[-1]["ours"]  # what is read once is read by the first
    head = ["| ideas | | ms, half of the questions | ms, 95 of 100 |", "|---:|---|---:|---:|"]
    more = (
        f"{last['indexed_per_second']} ideas a second go into the index, which takes "
        f"{last['megabytes_on_disk']} MB on disk for the most of these. What is known of the five "
        f"languages takes {first['megabytes_of_five_languages']} MB of memory. With all five to "
        f"read first, the first answer comes after {first['first_answer_ms']} ms."
    )
    return "\n".join([*head, *rows, "", more])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
