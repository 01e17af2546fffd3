"""The release as one does it: what is previewed is what is sent, once."""

import io
import json
from datetime import UTC, datetime

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from idesluss.funding.reads.meetings import meetings_of
from idesluss.funding.reads.plan import plan_of
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState
from idesluss.jobs.deliver import deliver
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from idesluss.records.models import Entry, Letter
from tests.factories import PersonFactory, declare, person_as
from tests.funding.meeting import AFTER, decided_room
from tests.web.funding.meeting_pages import text, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def confirmed(page, **typed):
    form = page.context["form"]
    return {"fingerprint": form["fingerprint"].value(), "publish": "now", **typed}


def sent():
    while deliver(AFTER):
        pass
    letters = Letter.objects.filter(kind="decided").order_by("person_id")
    return [(letter.person_id, letter.subject, letter.text) for letter in letters]


def test_the_letters_are_previewed_word_for_word(use):
    here = decided_room()
    for case, language in zip(here.cases, ("sv", "da", "en"), strict=True):
        person = case.idea.involvements.get().person
        person.language = language
        person.save()
    browser = use(here.administrator)

    page = browser.get(url(here, "release"))
    browser.post(url(here, "release"), confirmed(page))

    previews = page.context["previews"]
    shown = [(one.person.pk, one.letter.subject, one.letter.text) for one in previews]
    assert sorted(shown) == sent()
    body = page.content.decode()
    assert all(one.letter.subject in body for one in previews)
    assert [one.letter.language for one in previews] == ["sv", "da", "en"]
    assert "3 letters go out" in text(page)


def test_the_contacts_of_many_cases_are_read_at_once():
    here = decided_room()
    for case in here.cases:
        contact = PersonFactory(name=f"Kontakt {case.pk}")
        Idea.objects.filter(pk=case.idea_id).update(contact=contact)
    [meeting] = meetings_of(Round.objects.all(), here.administrator, at=AFTER)
    with CaptureQueriesContext(connection) as seen:
        plan = plan_of(meeting, here.administrator, at=AFTER)

    assert [one.news["contact_name"] for one in plan.told] == [
        f"Kontakt {case.pk}" for case in here.cases
    ]
    one_by_one = 'FROM "people_person" WHERE "people_person"."id" = '
    assert [one["sql"] for one in seen.captured_queries if one_by_one in one["sql"]] == []


def test_those_without_an_account_or_address_are_pointed_out(use):
    here = decided_room()
    here.cases[0].idea.involvements.all().delete()
    type(here.cases[0].idea).objects.filter(pk=here.cases[0].idea_id).update(
        applicant_name="Elsa på torget"
    )
    silent = here.cases[1].idea.involvements.get().person
    silent.email = None
    silent.save()

    shown = text(use(here.administrator).get(url(here, "release")))

    assert "2 letters go out" in shown
    assert "Tell the applicant in another way: Elsa på torget." in shown
    assert f"To: {silent.name}, who has no e-mail address." in shown


def test_a_release_says_that_it_is_done_and_shows_the_same_page_to_everybody_later(use):
    here = decided_room()
    browser = use(here.administrator)
    page = browser.get(url(here, "release"))

    answer = browser.post(url(here, "release"), confirmed(page), follow=True)

    assert answer.redirect_chain == [(url(here, "release"), 302)]
    assert "The decisions are released." in text(answer)
    assert "Released by Astrid Ahl on 14 November 2026 at 14:00." in text(answer)
    assert "INN 2026/0001" in text(answer)
    shown = answer.content.decode()
    year, slug = here.round.project_year, here.organisation.slug
    for way in (
        f"/{slug}/mail/",
        f"/{slug}/projects/?year={year}",
        f"/{slug}/funds/{here.round.programme_id}/money/{year}/",
    ):
        assert way in shown

    again = browser.post(url(here, "release"), confirmed(page), follow=True)
    assert (
        "The decisions were already released, by Astrid Ahl on 14 November 2026 at 14:00."
        in text(again)
    )
    assert Entry.objects.filter(verb="funding.released").count() == 1
    member = use(here.members[1]).get(url(here, "release"))
    assert "Released by Astrid Ahl" in text(member)
    assert f"/{here.organisation.slug}/mail/" not in member.content.decode()


def test_the_second_of_two_who_click_in_the_same_moment_is_told(use, monkeypatch):
    here = decided_room()
    browser = use(here.members[0])
    page = browser.get(url(here, "release"))
    from idesluss.web.funding.views import release

    release_meeting = release.release_meeting

    def somebody_is_faster(*args, **kwargs):
        here.release()
        return release_meeting(*args, **kwargs)

    monkeypatch.setattr(release, "release_meeting", somebody_is_faster)
    answer = browser.post(url(here, "release"), confirmed(page), follow=True)

    assert "The decisions were already released, by Astrid Ahl" in text(answer)


def test_if_anything_changed_since_the_preview_nothing_is_released(use):
    here = decided_room()
    browser = use(here.administrator)
    page = browser.get(url(here, "release"))
    here.choose(here.cases[2], "refused", reason="Ett annat skäl.")

    answer = browser.post(url(here, "release"), confirmed(page))

    assert answer.status_code == 409
    assert "Somebody else changed this while you were working." in text(answer)
    assert "Ett annat skäl." in text(answer)
    assert here.fresh().released_at is None
    assert browser.post(url(here, "release"), confirmed(answer)).status_code == 302


def test_problems_are_told_and_there_is_no_button(use):
    here = decided_room()
    here.pot.amount_minor = 1
    here.pot.save()

    page = use(here.administrator).get(url(here, "release"))

    assert "This stops the release" in text(page)
    assert "The grants are more than the pot holds." in text(page)
    assert 'name="fingerprint"' not in page.content.decode()


def test_a_problem_that_only_the_release_finds_is_told_on_the_page(use):
    here = decided_room()
    here.round.programme.steps.create(stage="deciding", name="Beslut", position=1)
    browser = use(here.administrator)

    answer = browser.post(url(here, "release"), confirmed(browser.get(url(here, "release"))))

    assert answer.status_code == 422
    assert "is not one of this programme's steps" in text(answer)


def test_results_may_be_published_on_a_later_day(use):
    here = decided_room()
    browser = use(here.administrator)
    page = browser.get(url(here, "release"))

    missing = browser.post(url(here, "release"), confirmed(page, publish="later"))
    unreadable = browser.post(
        url(here, "release"), confirmed(page, publish="later", publish_on="snart")
    )
    past = browser.post(
        url(here, "release"), confirmed(page, publish="later", publish_on="2026-11-13")
    )
    assert [missing.status_code, unreadable.status_code, past.status_code] == [422, 422, 422]
    assert missing.context["form"].errors == {"publish_on": ["Choose the day."]}
    assert list(unreadable.context["form"].errors) == ["publish_on"]
    assert "The results cannot be shown earlier than now." in text(past)

    browser.post(url(here, "release"), confirmed(page, publish="later", publish_on="2026-11-20"))
    here.round.refresh_from_db()
    assert here.round.results_at == datetime(2026, 11, 19, 23, 0, tzinfo=UTC)


def test_somebody_to_whom_a_case_is_shut_sees_no_letter_and_no_sum(use):
    here = decided_room()
    declare(here.cases[0].idea, here.administrator, ConflictState.DECLARED)

    page = use(here.administrator).get(url(here, "release"))

    assert "Some cases of this meeting are closed to you" in text(page)
    for words in ("60,000", "40,000", "100,000", "Förslag 1"):
        assert words not in page.content.decode()


def test_cases_that_get_no_letter_are_told(use):
    here = decided_room()
    for member in here.members[:2]:
        here.cases[0].idea.declarations.filter(person=member).delete()
        declare(here.cases[0].idea, member, ConflictState.DECLARED)
    row = here.decision(here.cases[0])
    row.outcome, row.granted_minor = "", 0
    row.save()

    shown = text(use(here.administrator).get(url(here, "release")))

    assert "§ 1 Förslag 1: too few could take part; it waits for another meeting" in shown


# --- The minutes ---------------------------------------------------------------------------------


def attached(response):
    """The data inside the PDF."""
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        [name] = pdf.attachments
        return json.loads(pdf.attachments[name].get_file().read_bytes())


def test_the_minutes_are_a_tagged_pdf_with_their_data_inside(use):
    here = decided_room()
    browser = use(here.administrator)
    draft = browser.get(url(here, "minutes"))
    here.release()
    final = browser.get(url(here, "minutes"))

    assert [draft["Content-Type"], final["Content-Type"]] == ["application/pdf"] * 2
    assert final["Cache-Control"] == "private, no-store"
    assert final["Content-Disposition"].endswith('inn-20260001.pdf"')
    assert (attached(draft)["register_number"], attached(draft)["totals"]["granted"]) == ("", 2)
    assert attached(final) == here.fresh().minutes


def test_without_a_day_there_is_no_draft_of_the_minutes(use):
    here = decided_room()
    here.meeting.__class__.objects.update(held_at=None)
    browser = use(here.administrator)

    assert browser.get(url(here, "minutes")).status_code == 404
    assert "Look at the minutes" not in text(browser.get(url(here, "release")))


def test_a_recused_member_reads_the_minutes_without_the_case_and_its_sums(use):
    here = decided_room()
    member = here.members[1]
    here.cases[0].idea.declarations.filter(person=member).delete()
    declare(here.cases[0].idea, member, ConflictState.DECLARED)
    here.release()

    seen = attached(use(member).get(url(here, "minutes")))

    assert seen["items"][0] == {"number": 1, "shut": True}
    assert seen["totals"] is None
    assert "Förslag 1" not in json.dumps(seen, ensure_ascii=False)


def test_only_insiders_with_office_read_the_minutes(use, client):
    here = decided_room()
    here.release()

    registrar = use(person_as(Role.REGISTRAR, here.organisation))
    assert registrar.get(url(here, "minutes")).status_code == 200
    applicant = use(here.cases[2].idea.involvements.get().person)
    assert applicant.get(url(here, "minutes")).status_code == 404
    assert use(PersonFactory()).get(url(here, "minutes")).status_code == 404
