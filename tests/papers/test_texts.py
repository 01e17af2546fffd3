"""Whatever people write is shown as they wrote it, and never stops the document."""

import io
import time

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idesluss.papers import glyphs
from idesluss.papers.glyphs import BOX, EMOJI_FONT, TEXT_FONT, FontsMissing, printable
from idesluss.papers.minutes import minutes_pdf
from tests.papers.reading import text_of
from tests.papers.samples import item, whole


def made(*items):
    with pikepdf.open(io.BytesIO(minutes_pdf(whole(list(items))))) as pdf:
        return " ".join(text_of(pdf).split())


@pytest.mark.parametrize(
    "written",
    [
        '#eval("1 + 1") #sys.inputs #import "look.typ": *',
        "$x^2$ och $ sum_(i=1)^n i $",
        r"bakstreck \ \# \u{41} och @ref <etikett>",
        "*fet* _kursiv_ `kod` = rubrik - lista + numrerad / term",
        "// kommentar /* mer */ ~ -- --- ... \"citat\" 'apostrof'",
        "} ] ) ; } #} [#text(red)[x]]",
    ],
)
def test_text_that_looks_like_code_comes_out_letter_by_letter(written):
    said = made(item(1, written, reason=written, unit=written))
    assert said.count(written) == 6  # title twice, department three times, reason


@pytest.mark.parametrize(
    "written",
    ["Åse Ørsted Žižek Łódź Győr Þór Ærø ß", "Ελληνικά Кириллица Việt", "½ € → ≥ • № ✓ “citat” …"],
)
def test_every_european_letter_is_shown(written):
    assert written in made(item(1, written))


def test_emoji_are_shown():
    said = made(item(1, "Odling 🌱 👩‍🌾 ❤️ 1️⃣ 🇸🇪 👍🏽"))
    for sign in ("🌱", "👩‍🌾", "❤️", "🇸🇪", "👍🏽"):
        assert sign in said


def test_what_no_font_has_is_an_empty_box_and_whole_in_the_attachment():
    written = "中文 \ue000"
    data = minutes_pdf(whole([item(1, written)]))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert f"§ 1 {BOX * 2} {BOX}" in " ".join(text_of(pdf).split())
        assert written in pdf.attachments["beslut.json"].get_file().read_bytes().decode()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("vänd \u202eåt andra hållet\u202c", "vänd åt andra hållet"),
        ("klocka\x07 och noll\x00", "klocka och noll"),
        ("rad\r\nrad\rrad\u2028rad", "rad\nrad\nrad\nrad"),
        ("tab\toch\u3000bred", "tab och bred"),
        ("e\u0301", "é"),
        ("1\ufe0f\u20e3 men å\u20e3", "1\ufe0f\u20e3 men å"),
        ("x" * 41, "\N{SOFT HYPHEN}".join(["x" * 12] * 3 + ["x" * 5])),
        ("a1" * 21, "\u200b".join(["a1" * 6] * 3 + ["a1" * 3])),
        ("x\u0323" * 21, "\u200b".join(["x\u0323" * 6] * 3 + ["x\u0323" * 3])),
        ("Digitaliseringssamordningsfunktionen", "Digitaliseringssamordningsfunktionen"),
    ],
)
def test_what_would_mislead_or_not_fit_is_made_harmless(written, shown):
    assert printable(written) == shown


ours = sorted(glyphs._covered(TEXT_FONT) | glyphs._covered(EMOJI_FONT))
odd = st.sampled_from("\u200b\u200c\u200d\u00ad\ufe0e\ufe0f\u20e3\u0301\U0001f3fd #1a\n")


@settings(max_examples=60, deadline=None)
@given(st.text(odd | st.sampled_from(ours).map(chr) | st.characters(), max_size=80))
def test_no_text_however_odd_stops_a_document(written):
    assert minutes_pdf(whole([item(1, written[:40], reason=written)])).startswith(b"%PDF-1.7")


def test_a_long_meeting_is_printed_in_a_breath():
    reason = "Ett långt skäl med å, ä och ö. " * 300
    items = [
        item(number, f"Projekt {number} " + "o" * 140, reason=reason if number == 7 else "Kort.")
        for number in range(1, 101)
    ]
    start = time.perf_counter()
    data = minutes_pdf(whole(items))
    assert time.perf_counter() - start < 5
    with pikepdf.open(io.BytesIO(data)) as pdf:
        said = " ".join(text_of(pdf).split())
        assert len(pdf.pages) > 20
    assert said.count("skäl") == 300
    assert all(f"§ {number} Projekt {number}" in said for number in range(1, 101))


def test_without_its_fonts_the_house_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(glyphs, "FONTS", tmp_path)
    glyphs._covered.cache_clear()
    with pytest.raises(FontsMissing) as missing:
        minutes_pdf(whole([]))
    assert str(missing.value) == "The fonts of documents are missing: run ./idesluss build"
    glyphs._covered.cache_clear()


def test_a_case_is_called_invented_once():
    said = made(
        item(1, "Väderstation", invented=True),
        item(2, "Drönare för takbesiktning (påhittat)", invented=True),
    )
    assert "Väderstation (påhittad)" in said
    assert "(påhittat) (påhittad)" not in said
