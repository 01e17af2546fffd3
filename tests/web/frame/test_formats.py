"""Amounts, days, refusals and text as the reader's language and eyes want them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from idesluss.logic.money import Money
from idesluss.logic.refusals import Refusal
from idesluss.web.frame.formats import amount, day, moment, say
from idesluss.web.frame.prose import guidance, paragraphs

STOCKHOLM = ZoneInfo("Europe/Stockholm")
CLOSING = datetime(2027, 1, 15, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "sum_", "when", "on"),
    [
        ("sv", "60\xa0900\xa0kr", "15 januari 2027 kl. 16.00", "15 januari 2027"),
        ("da", "60.900\xa0SEK", "15. januar 2027 kl. 16.00", "15. januar 2027"),
        ("en", "SEK\xa060,900", "15 January 2027 at 16:00", "15 January 2027"),
    ],
)
def test_each_language_has_its_own_way(language, sum_, when, on):
    with translation.override(language):
        assert amount(6_090_000, "SEK") == sum_
        assert moment(CLOSING, STOCKHOLM) == when
        assert day(date(2027, 1, 15)) == day(CLOSING, STOCKHOLM) == on


def test_the_day_is_the_one_on_the_organisations_calendar():
    late = datetime(2027, 1, 15, 23, 30, tzinfo=UTC)
    with translation.override("en"):
        assert day(late, STOCKHOLM) == "16 January 2027"


def test_what_is_not_said_is_a_dash_or_nothing():
    assert amount(None, "SEK") == "–"
    assert day(None) == ""
    assert moment(None) == ""


def test_a_refusal_speaks_the_readers_language_in_the_organisations_zone():
    class Late(Refusal):
        sentence = "%(what)s %(sum)s %(at)s %(on)s %(n)s"

    refusal = Late(
        what=gettext_lazy("January"),
        sum=Money(6_090_000, "SEK"),
        at=CLOSING,
        on=date(2027, 1, 15),
        n=3,
    )
    with translation.override("sv"):
        assert say(refusal, STOCKHOLM) == (
            "januari 60\xa0900\xa0kr 15 januari 2027 kl. 16.00 15 januari 2027 3"
        )


def test_typed_text_becomes_paragraphs_and_nothing_in_it_is_trusted():
    text = "En rad\r\nen till <b>fet</b>\r\n\r\n\r\nNytt & <script>alert(1)</script>\n"
    assert paragraphs(text) == (
        "<p>En rad<br>\nen till &lt;b&gt;fet&lt;/b&gt;</p>\n"
        "<p>Nytt &amp; &lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )
    assert paragraphs("  \n\n ") == ""


def test_guidance_keeps_its_form_and_fits_under_the_pages_headings():
    assert guidance("# Så här\n\n- **ett**\n\n##### Litet\n\n[guide](https://a.example)") == (
        "<h3>Så här</h3>\n<ul>\n<li><strong>ett</strong></li>\n</ul>\n<h4>Litet</h4>\n"
        '<p><a href="https://a.example" rel="noopener">guide</a></p>\n'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>x()</script>", "<p>&lt;script&gt;x()&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](data:text/html,hej)", "<p>[x](data:text/html,hej)</p>\n"),
        ("![x](https://a.example/spy.png)", "<p></p>\n"),
        ("<a onclick='x()'>y</a>", "<p>&lt;a onclick='x()'&gt;y&lt;/a&gt;</p>\n"),
    ],
)
def test_guidance_carries_no_traps(text, html):
    assert guidance(text) == html
