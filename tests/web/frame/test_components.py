"""Drawn parts: what they show must be right to the figure, and be said in words too."""

from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from idesluss.funding.vocab import OutcomeName
from idesluss.ideas.vocab import StageName
from idesluss.web.frame.drawings import TONES, bar, spread
from idesluss.web.frame.templatetags.frame import Step, lock


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def drawn(source, **context):
    return Template("{% load frame %}" + source).render(Context(context))


def test_the_pot_is_as_long_as_what_is_granted_of_it():
    found = bar(31_000_000, 50_000_000)
    assert (found.inside, found.over, found.limit) == (620, 0, 1000)


def test_what_lies_over_the_pot_is_told_apart():
    found = bar(100, 80)
    assert (found.inside, found.over, found.limit) == (800, 200, 800)


def test_a_small_overshoot_can_still_be_seen():
    found = bar(50_440_000, 50_000_000)
    assert (found.inside, found.over, found.limit) == (985, 15, 985)


def test_an_empty_pot_is_no_fault():
    assert bar(0, 0).inside == 0
    assert bar(10, 0).over == 1000


def test_the_pot_says_the_same_in_words():
    over = drawn("{% pot_meter 50440000 50000000 'SEK' %}")
    assert "Granted SEK\xa0504,400" in over
    assert "of the pot SEK\xa0500,000" in over
    assert "SEK\xa04,400 over the pot" in over

    assert "SEK\xa0190,000 left" in drawn("{% pot_meter 31000000 50000000 'SEK' %}")


def test_each_score_is_one_dot_and_equal_ones_are_stacked():
    found = spread([4, 3, 4, 5], 1, 5, own=4)

    assert [dot.x for dot in found.dots] == [72.0, 102.0, 102.0, 132.0]
    assert found.dots[2].y == found.dots[1].y - 11
    assert [dot.own for dot in found.dots] == [False, True, False, False]
    assert found.mean == 102.0
    assert [value for value, _ in found.ticks] == [1, 2, 3, 4, 5]


def test_a_long_scale_is_not_wider_than_a_screen_allows_and_has_few_ticks():
    found = spread([], 0, 100)

    assert found.width == 204
    assert found.mean is None
    assert [value for value, _ in found.ticks] == [0, 20, 40, 60, 80, 100]


def test_the_spread_is_told_in_words():
    html = drawn("{% spread_dots points 1 5 %}", points=[5, 2, 4])
    assert 'aria-label="3 scores: 2, 4, 5. Mean 3.7 on a scale of 1 to 5."' in html
    assert html.count("<circle") == 3

    assert 'aria-label="No scores yet."' in drawn("{% spread_dots points 1 5 %}", points=[])


def test_numbers_in_a_drawing_are_written_for_the_browser_whatever_the_language():
    with translation.override("sv"):
        html = drawn("{% spread_dots points 1 10 %}", points=[2])
        assert 'cx="32.0"' in html
        assert "h7v7.5h" in drawn("{% status 'deciding' %}")


def test_the_lock_tells_where_the_case_is():
    html = drawn("{% steps way %}", way=lock(["Apply", "Assess", "Decide"], 1))

    assert [html.count(f'data-state="{it}"') for it in ("done", "now", "later")] == [1, 1, 1]
    assert html.count('aria-current="step"') == 1
    assert "Step 2 of 3: <strong>Assess</strong>" in html
    assert html.index("(done)") < html.index("(now)") < html.index("(not yet)")


def test_a_case_that_is_through_has_no_current_chamber():
    html = drawn("{% steps way %}", way=lock(["Apply", "Decide"], 2))
    assert "aria-current" not in html
    assert html.count("(done)") == 2


def test_a_stopped_case_says_so():
    assert "(stopped here)" in drawn("{% steps way %}", way=lock(["A", "B"], 0, stopped=True))


def test_a_step_may_be_a_link_and_carry_a_date():
    html = drawn("{% steps way form=True %}", way=[Step("<A>", "done", "5 May", "/a/")])
    assert '<a href="/a/">&lt;A&gt;</a>' in html
    assert "<small>5 May</small>" in html
    assert "lock--steps" in html


def test_every_stage_and_outcome_has_its_tag():
    values = {*StageName.values, *OutcomeName.values}
    assert values == set(TONES)
    assert "Being assessed</span>" in drawn("{% status 'assessing' %}")
    assert "Granted with conditions</span>" in drawn("{% status 'granted_with_conditions' %}")


def test_the_municipalitys_own_word_goes_before_ours():
    assert "Beviljas ej</span>" in drawn("{% status 'refused' 'beviljas ej' %}")


def test_what_is_invented_is_marked_and_the_rest_is_not():
    invented, real = SimpleNamespace(invented=True), SimpleNamespace(invented=False)
    assert drawn("{% invented it %}", it=invented) == '<span class="invented">Invented</span>'
    assert drawn("{% invented it %}", it=real) == ""
    assert drawn("{% invented it %}", it=None) == ""


def test_boxes_buttons_and_crumbs_take_any_words_safely():
    html = drawn(
        '{% alert "warning" title=t %}<p>{{ t }}</p>{% endalert %}{% crumbs t url %}',
        t="<&>",
        url="/?a=1&b=2",
    )
    assert '<div class="ds-alert" data-color="warning"><h2>&lt;&amp;&gt;</h2>' in html
    assert "<p>&lt;&amp;&gt;</p>" in html
    assert '<a class="ds-link" href="/?a=1&amp;b=2">&lt;&amp;&gt;</a>' in html


def test_pages_keep_what_was_asked_for():
    request = RequestFactory().get("/list/?show=mine&page=3")
    page = Paginator(range(200), 20).get_page(3)
    html = drawn("{% pages page %}", request=request, page=page)

    assert 'href="?show=mine&amp;page=2" rel="prev"' in html
    assert 'href="?show=mine&amp;page=4" rel="next"' in html
    assert html.count('aria-current="true"') == 1
    assert "<span>…</span>" in html


@pytest.mark.parametrize(("number", "absent"), [(1, 'rel="prev"'), (3, 'rel="next"')])
def test_the_first_and_the_last_page_lead_one_way(number, absent):
    page = Paginator(range(60), 20).get_page(number)
    assert absent not in drawn("{% pages page %}", request=RequestFactory().get("/"), page=page)


def test_one_page_needs_no_links():
    page = Paginator(range(5), 20).get_page(1)
    html = drawn("{% pages page %}", request=RequestFactory().get("/"), page=page)
    assert html.strip() == ""


def test_a_sum_an_empty_list_a_share_and_a_print_link_need_little():
    html = drawn(
        '{% include "frame/sum.html" with label="Total" minor=100 currency="SEK" only %}'
        '{% include "frame/empty.html" with title="Nothing" only %}'
        '{% include "frame/share.html" with url="https://a.example/" label="Share" only %}'
        '{% include "frame/print.html" with url="/print/" only %}'
    )
    assert "SEK\xa01</span>" in html
    assert "<h2>Nothing</h2>" in html
    assert 'value="https://a.example/"' in html
    assert 'href="/print/"' in html


@pytest.mark.django_db
def test_the_page_with_every_component_is_only_for_the_demonstration(client, settings, own_pages):
    settings.DEMO = settings.DEBUG = False
    assert client.get("/frame/components/").status_code == 404

    settings.DEMO = True
    assert client.get("/frame/components/").status_code == 200
    answer = client.post("/frame/components/", {"title": "kvar"})
    assert answer.status_code == 422
    assert 'value="kvar"' in answer.text
