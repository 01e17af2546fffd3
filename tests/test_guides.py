"""The guides say what the pages say: every word in bold is on a page, every picture is there."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDES = sorted((ROOT / "docs/guider").glob("*.md"))
BOLD = re.compile(r"\*\*(.+?)\*\*")
PICTURE = re.compile(r"!\[(.*?)\]\((.+?)\)")
# Said in bold to lead the eye; not the name of anything on a page.
LEADS = re.compile(r"[.:?]$")


@pytest.fixture(scope="module")
def swedish():
    catalogue = polib.pofile(str(ROOT / "src/idesluss/locale/sv/LC_MESSAGES/django.po"))
    return {as_shown(entry.msgstr) for entry in catalogue}


def as_shown(text):
    """Some words stand in the catalogue with a small letter, and on the page with a large one."""
    return text[:1].upper() + text[1:]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_what_a_guide_names_is_called_so_on_the_pages(guide, swedish):
    named = {text for text in BOLD.findall(guide.read_text()) if text not in swedish}
    assert {text for text in named if not LEADS.search(text)} == set()


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_picture_of_a_guide_is_there_and_says_what_it_shows(guide):
    pictures = PICTURE.findall(guide.read_text())
    assert len(pictures) >= 2
    for words, path in pictures:
        assert words
        assert (guide.parent / path).is_file()
