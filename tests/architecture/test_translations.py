"""Everything a person reads is there in every language we ship, and says the same."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import polib
import pytest

from tests.architecture.source import HOUSE, name_of, parsed, tracked

LANGUAGES = ["sv", "da"]  # English is what the source says
COLLECT = ["makemessages", "--no-location", "--no-wrap", "--ignore=static/*"]

PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|\{\w*\}|</?\w+")  # values, and tags of markup

Key = tuple[str | None, str, str]


def catalogue(language: str, house: Path = HOUSE) -> polib.POFile:
    return polib.pofile(str(house / f"locale/{language}/LC_MESSAGES/django.po"))


def key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)


def live(entries: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in entries if not entry.obsolete]


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """A copy of the house with catalogues collected from nothing but its source."""
    house = tmp_path_factory.mktemp("collected") / "idesluss"
    shutil.copytree(HOUSE, house, ignore=shutil.ignore_patterns("__pycache__", "built", "locale"))
    (house / "locale").mkdir()
    languages = [f"--locale={language}" for language in LANGUAGES]
    command = [sys.executable, "-m", "django", *COLLECT, *languages]
    # Without settings: they name the locale folder of the house itself, which is not to change.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    done = subprocess.run(command, cwd=house, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return house


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_what_the_source_says_and_nothing_else(language, collected):
    said = {key(entry) for entry in live(catalogue(language, collected))}
    held = {key(entry) for entry in catalogue(language)}
    assert said
    assert sorted(msgid for _, msgid, _ in said - held) == [], "./idesluss messages collects them"
    assert sorted(msgid for _, msgid, _ in held - said) == [], "./idesluss messages drops them"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language):
    entries = live(catalogue(language))
    assert [entry.msgid for entry in entries if not entry.translated()] == []
    assert [entry.msgid for entry in entries if entry.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_every_value_and_every_tag(language):
    entries = catalogue(language).translated_entries()
    assert {entry.msgid: lost(entry) for entry in entries if lost(entry)} == {}


def lost(entry: polib.POEntry) -> list[str]:
    """The forms of a translation whose values or tags are not those of the source.

    Only the form for one may leave values out: "one application" needs no number.
    """
    if not entry.msgid_plural:
        same = values(entry.msgstr) == values(entry.msgid)
        return [] if same else [entry.msgstr]
    one, many = entry.msgstr_plural[0], [v for k, v in entry.msgstr_plural.items() if k > 0]
    wrong = [form for form in many if values(form) != values(entry.msgid_plural)]
    return wrong if values(one) <= values(entry.msgid_plural) else [one, *wrong]


def values(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


@pytest.mark.parametrize(
    ("source", "translation", "is_kept"),
    [
        ("%(n)s kr of %(m)s", "%(m)s, därav %(n)s kr", True),
        ("%(n)s kr", "%(antal)s kr", False),
        ("{name} asks", "frågar", False),
        ('<a href="%(url)s">Read</a>', '<a href="%(url)s">Läs', False),
        ("100 % sure", "100 % säker", True),
    ],
)
def test_the_guard_sees_a_lost_value(source, translation, is_kept):
    entry = polib.POEntry(msgid=source, msgstr=translation)
    assert (lost(entry) == []) is is_kept


NOW = {"str", "gettext", "ngettext", "pgettext", "npgettext"}


def said_too_early(tree: ast.AST) -> list[str]:
    """What is put into words when a module is read, in whatever language it is then.

    ``str(label)`` and ``gettext("…")`` outside of functions; the lazy ones wait for a reader.
    """
    meant = {
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        called = getattr(getattr(node, "func", None), "id", "")
        if meant.get(called, called) in NOW:
            found.append(ast.unparse(node))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += node.decorator_list + node.args.defaults
            waiting += filter(None, node.args.kw_defaults)
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)
    return found


def test_no_words_are_chosen_when_a_module_is_read():
    code = (path for path in tracked(".py") if HOUSE in path.parents)
    early = {name_of(path): said_too_early(parsed(path)) for path in code}
    assert {name: words for name, words in early.items() if words} == {}


@pytest.mark.parametrize(
    ("source", "is_early"),
    [
        ("class A:\n    choices = [(v, str(label)) for v, label in B.choices]", True),
        ("from django.utils.translation import gettext as _\nX = _('Yes')", True),
        ("from django.utils.translation import gettext_lazy as _\nX = _('Yes')", False),
        ("class A:\n    choices = [(v, capfirst(label)) for v, label in B.choices]", False),
        ("from django.utils.translation import gettext as _\ndef x():\n    return _('Yes')", False),
        ("def x(a=str(label)):\n    return a", True),
    ],
)
def test_the_guard_sees_words_that_are_chosen_too_early(source, is_early):
    assert bool(said_too_early(ast.parse(source))) is is_early
