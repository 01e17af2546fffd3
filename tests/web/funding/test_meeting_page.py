"""The meeting page as one uses it in the room: the pot is counted, and nothing is lost."""

import pytest

from idesluss.funding.usecases import withdraw
from idesluss.ideas.vocab import ConflictState
from tests.funding.meeting import AFTER, LATER, decided_room
from tests.web.funding.meeting_pages import fields, open_room, text, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# --- Counting ------------------------------------------------------------------------------------


def test_recount_shows_the_pot_as_it_would_be_and_saves_nothing(use):
    here = open_room()
    browser = use(here.administrator)
    page = browser.get(url(here))
    assert "Granted SEK 0 of the pot SEK 500,000 SEK 500,000 left" in text(page)

    typed = fields(page, here, here.cases[0], outcome="granted", granted="45.000:-")
    counted = browser.post(url(here), {**typed, "do": "count"})

    assert counted.status_code == 200
    assert "Granted SEK 45,000 of the pot SEK 500,000 SEK 455,000 left" in text(counted)
    assert "Partly granted SEK 45,000 not saved yet" in text(counted)
    assert "Write the reason. The applicant will read it." in text(counted)
    assert here.decision(here.cases[0]).outcome == ""


def test_the_same_page_counts_what_a_change_sends_without_any_button(use):
    here = open_room()
    browser = use(here.administrator)
    page = browser.get(url(here))

    typed = fields(page, here, here.cases[0], outcome="granted")
    counted = browser.post(url(here), typed, headers={"HX-Request": "true"})

    assert "Granted SEK 60,000" in text(counted)
    assert 'id="meter"' in counted.content.decode()


@pytest.mark.parametrize(
    ("quick", "outcome", "granted"),
    [("granted", "granted", "60,000"), ("refused", "refused", "")],
)
def test_quick_buttons_fill_in_a_row_without_saving_it(use, quick, outcome, granted):
    here = open_room()
    browser = use(here.administrator)
    pk = here.decision(here.cases[0]).pk
    page = browser.get(url(here))
    typed = fields(page, here, here.cases[0], reason="Mina ord.")

    answer = browser.post(url(here), {**typed, "quick": f"{quick}-{pk}"})

    row = answer.context["form"].rows[pk]
    assert (row.texts["outcome"], row.texts["granted"]) == (outcome, granted)
    assert (row.texts["reason"], row.touched) == ("Mina ord.", True)
    assert here.decision(here.cases[0]).outcome == ""


@pytest.mark.parametrize("quick", ["granted-999999", "granted-x", "dance-1", "granted", "-"])
def test_a_quick_button_that_does_not_exist_does_nothing(use, quick):
    here = open_room()

    answer = use(here.administrator).post(url(here), {"quick": quick})

    assert answer.status_code == 200
    assert not any(row.touched for row in answer.context["form"].rows.values())


def test_another_order_keeps_what_is_typed(use):
    here = open_room()
    browser = use(here.administrator)
    page = browser.get(url(here))
    typed = fields(page, here, here.cases[1], outcome="granted")

    answer = browser.post(url(here, by="department"), typed)

    assert "Granted SEK 40,000 of the pot" in text(answer)
    names = [section.name for section in answer.context["sections"]]
    assert names == sorted(case.idea.unit.name for case in here.cases)


# --- Saving --------------------------------------------------------------------------------------


def test_save_saves_the_rows_that_were_changed_and_comes_back_to_the_same_order(use):
    here = open_room()
    browser = use(here.members[1])
    page = browser.get(url(here, by="score"))
    typed = {
        **fields(page, here, here.cases[0], outcome="granted", reason="Bra.\r\nMycket bra."),
        **fields(page, here, here.cases[1]),
        "do": "save",
    }

    answer = browser.post(url(here, by="score"), typed, follow=True)

    assert answer.redirect_chain == [(url(here, by="score"), 302)]
    assert "1 case saved." in text(answer)
    first, second = (here.decision(case) for case in here.cases)
    assert (first.outcome, first.granted_minor, first.reason) == (
        "granted",
        60_000_00,
        "Bra.\nMycket bra.",
    )
    assert (first.changed_by, second.version) == (here.members[1], 0)


def test_what_cannot_be_read_is_told_where_it_stands_and_everything_else_is_saved(use):
    here = open_room()
    browser = use(here.administrator)
    page = browser.get(url(here))
    typed = {
        **fields(page, here, here.cases[0], outcome="partly_granted", granted="mycket"),
        **fields(page, here, here.cases[1], outcome="granted_later_pot", later_year="28"),
        "do": "save",
    }

    answer = browser.post(url(here), typed)

    assert answer.status_code == 422
    first, second = (answer.context["form"].rows[here.decision(c).pk] for c in here.cases)
    assert first.texts["granted"] == "mycket"
    [complaint] = first.errors.pop("granted")
    assert complaint.startswith("“mycket” cannot be read as a sum of money.")
    assert first.errors == {}
    assert second.errors == {"later_year": ["Write the year with four digits."]}
    assert f'href="#case-{first.pk}"' in answer.content.decode()
    assert "Not everything could be saved" in text(answer)


def test_the_later_pot_is_next_years_unless_another_is_written(use):
    here = open_room()
    browser = use(here.administrator)
    page = browser.get(url(here))
    typed = {
        **fields(page, here, here.cases[0], outcome="granted_later_pot"),
        **fields(page, here, here.cases[1], outcome="granted_later_pot", later_year="2030"),
    }

    browser.post(url(here), {**typed, "do": "save"})

    assert [here.decision(case).later_year for case in here.cases] == [2028, 2030]


def test_a_contradiction_is_told_at_its_field(use):
    here = open_room()
    browser = use(here.administrator)
    page = browser.get(url(here))
    typed = fields(page, here, here.cases[0], outcome="granted", granted="60 001")

    answer = browser.post(url(here), {**typed, "do": "save"})

    assert answer.status_code == 422
    row = answer.context["form"].rows[here.decision(here.cases[0]).pk]
    assert row.errors == {"granted": ["More is granted than was asked for. Lower the sum."]}


def test_a_row_that_somebody_else_changed_shows_both_and_keeps_what_was_typed(use):
    here = open_room()
    browser = use(here.members[1])
    page = browser.get(url(here))
    here.choose(here.cases[0], "refused", reason="Ryms i budgeten.")
    typed = {
        **fields(page, here, here.cases[0], outcome="granted"),
        **fields(page, here, here.cases[1], outcome="granted"),
        "do": "save",
    }

    answer = browser.post(url(here), typed)

    assert answer.status_code == 422
    assert "Astrid Ahl has saved something else meanwhile: Refused Ryms i budgeten." in text(answer)
    row = answer.context["form"].rows[here.decision(here.cases[0]).pk]
    assert row.texts["outcome"] == "granted"
    assert [here.decision(case).outcome for case in here.cases] == ["refused", "granted"]

    # Having seen both, one may insist, or take the other's.
    insisted = {**fields(answer, here, here.cases[0]), "do": "save"}
    taken = {**insisted, "do": "", "quick": f"saved-{row.pk}"}
    back = browser.post(url(here), taken)
    assert back.context["form"].rows[row.pk].texts["outcome"] == "refused"
    assert browser.post(url(here), insisted).status_code == 302
    assert here.decision(here.cases[0]).outcome == "granted"


def test_a_row_that_was_not_touched_follows_what_somebody_else_saves(use):
    here = open_room()
    browser = use(here.members[1])
    page = browser.get(url(here))
    here.choose(here.cases[0], "refused", reason="Ryms i budgeten.")

    typed = {
        **fields(page, here, here.cases[0]),
        **fields(page, here, here.cases[1], outcome="granted"),
    }
    answer = browser.post(url(here), {**typed, "do": "save"})

    assert answer.status_code == 302
    assert [here.decision(case).outcome for case in here.cases] == ["refused", "granted"]


def test_a_change_in_the_very_moment_of_saving_is_told_too(use, monkeypatch):
    here = open_room()
    browser = use(here.members[1])
    page = browser.get(url(here))
    typed = fields(page, here, here.cases[0], outcome="granted")
    from idesluss.web.funding.views import meeting

    save = meeting.save_choices

    def somebody_is_faster(*args, **kwargs):
        here.choose(here.cases[0], "refused", reason="Snabb.")
        return save(*args, **kwargs)

    monkeypatch.setattr(meeting, "save_choices", somebody_is_faster)
    answer = browser.post(url(here), {**typed, "do": "save"})

    assert answer.status_code == 422
    assert "has saved something else meanwhile: Refused Snabb." in text(answer)
    assert here.decision(here.cases[0]).outcome == "refused"


def test_the_meeting_released_in_the_very_moment_of_saving_is_told(use, monkeypatch):
    here = decided_room()
    browser = use(here.members[1])
    page = browser.get(url(here))
    typed = fields(page, here, here.cases[0], reason="För sent.")
    from idesluss.web.funding.views import meeting

    save = meeting.save_choices

    def somebody_releases(*args, **kwargs):
        here.release()
        return save(*args, **kwargs)

    monkeypatch.setattr(meeting, "save_choices", somebody_releases)
    answer = browser.post(url(here), {**typed, "do": "save"})

    assert answer.status_code == 422
    assert "The decisions of this meeting are released" in text(answer)
    assert "För sent." in text(answer)


def test_a_case_that_closes_to_the_writer_in_the_very_moment_is_left_alone(use, monkeypatch):
    here = open_room()
    browser = use(here.members[1])
    page = browser.get(url(here))
    typed = {
        **fields(page, here, here.cases[0], outcome="granted"),
        **fields(page, here, here.cases[1], outcome="granted"),
    }
    from idesluss.web.funding.views import meeting

    save = meeting.save_choices

    def conflict_decided(*args, **kwargs):
        here.cases[0].idea.declarations.filter(person=here.members[1]).update(
            state=ConflictState.DECIDED.value, ground="party"
        )
        return save(*args, **kwargs)

    monkeypatch.setattr(meeting, "save_choices", conflict_decided)
    answer = browser.post(url(here), {**typed, "do": "save"}, follow=True)

    assert "1 case saved." in text(answer)
    assert [here.decision(case).outcome for case in here.cases] == ["", "granted"]


def test_why_the_pot_is_overspent_is_saved_with_the_rest(use):
    here = open_room(pot=50_000)
    browser = use(here.administrator)
    page = browser.get(url(here))
    typed = fields(page, here, here.cases[0], outcome="granted")
    over = browser.post(url(here), typed)
    assert "data-over" in over.content.decode()
    assert "SEK 10,000 over the pot" in text(over)

    reason = {"overshoot_reason": "Vi skjuter\r\ntill.", "overshoot_was": "", "do": "save"}
    assert browser.post(url(here), {**typed, **reason}).status_code == 302
    assert here.fresh().overshoot_reason == "Vi skjuter\ntill."

    stale = browser.post(url(here), {**reason, "overshoot_reason": "Annat."})
    assert stale.status_code == 422
    assert "Annat." in text(stale)
    assert "Saved now: Vi skjuter till." in text(stale)
    only_words = {"overshoot_was": "Vi skjuter\r\ntill.", "overshoot_reason": "Nytt.", "do": "save"}
    assert "Saved." in text(browser.post(url(here), only_words, follow=True))


def test_a_withdrawn_case_cannot_be_filled_in(use):
    here = open_room()
    owner = here.cases[0].idea.involvements.get(part="owner").person
    withdraw(here.cases[0].pk, reason="", by=owner, at=LATER)

    page = use(here.administrator).get(url(here))

    pk = here.decision(here.cases[0]).pk
    assert f'name="outcome-{pk}"' not in page.content.decode()
    assert "Withdrawn by the applicant; nothing is left to decide." in text(page)


def test_after_the_release_the_page_is_only_read(use):
    here = decided_room()
    browser = use(here.administrator)
    typed = fields(browser.get(url(here)), here, here.cases[0], outcome="refused")
    here.release()

    page = browser.post(url(here), {**typed, "do": "save"})

    assert page.status_code == 200
    assert "<select" not in page.content.decode()
    assert "Nothing here can be changed any more." in text(page)
    assert "Granted SEK 60,000" in text(page)
    assert here.decision(here.cases[0]).outcome == "granted"


def test_several_meetings_of_a_round_can_be_read(use):
    here = decided_room()
    here.release()
    first = here.meeting
    here.cases = [here.case("Sent förslag")]
    here.all_declare_clear()
    here.open(at=AFTER)
    browser = use(here.administrator)

    now, then = browser.get(url(here)), browser.get(url(here, meeting=first.pk))

    assert now.context["meeting"] == here.meeting
    assert then.context["meeting"] == first
    assert url(here, "agenda", meeting=first.pk) in then.content.decode()
    assert browser.get(url(here, meeting=999_999)).status_code == 404
