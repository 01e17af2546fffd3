"""An organisation says what it is; whoever has the server makes the first one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed
from idesluss.logic.registers import NumberMissing
from idesluss.people.models import Organisation, Person
from idesluss.people.refusals import (
    BadColour,
    BadLink,
    BadSlug,
    BadZone,
    LinkTooOld,
    LinkUsed,
    NotAnAddress,
    ReservedSlug,
    SlugTaken,
)
from idesluss.people.usecases import (
    Facts,
    add_organisation,
    archive_organisation,
    change_organisation,
    check_link,
    first_link,
    installer_link,
    redeem,
    restore_organisation,
)
from idesluss.people.vocab import Role
from idesluss.records.models import Entry, Series
from tests.factories import NOON, OrganisationFactory, PersonFactory, person_as

pytestmark = pytest.mark.django_db
FACTS = Facts(
    name="Bollby kommun",
    slug="bollby",
    country="SE",
    language="sv",
    currency="SEK",
    zone="Europe/Stockholm",
    colour="#005B70",
    register_pattern="INN {year}/{number}",
    contact_mail="Ideer@bollby.example",
)


def test_an_organisation_changes_what_it_says_of_itself_and_only_that_is_noted():
    here = OrganisationFactory(name="Slusstad", slug="slusstad")
    boss = person_as(Role.ADMINISTRATOR, here)
    wanted = replace(Facts.of(here), slug=" Nyslussen ", colour="#AA0000")

    change_organisation(here.pk, wanted, by=boss, at=NOON)

    here.refresh_from_db()
    assert (here.name, here.slug, here.colour) == ("Slusstad", "nyslussen", "#aa0000")
    entry = Entry.objects.about(here).get()
    assert (entry.verb, entry.data) == (
        "people.organisation_changed",
        {"slug": "nyslussen", "colour": "#aa0000"},
    )
    change_organisation(here.pk, wanted, by=boss, at=NOON)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("name", "  ", Missing),
        ("slug", "boll by", BadSlug),
        ("slug", "x" * 61, BadSlug),
        ("slug", "-", BadSlug),
        ("slug", "account", ReservedSlug),
        ("slug", "tagen", SlugTaken),
        ("zone", "Europe/Bollby", BadZone),
        ("zone", "../etc", BadZone),
        ("colour", "blue", BadColour),
        ("register_pattern", "INN", NumberMissing),
        ("contact_mail", "bollby", NotAnAddress),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(field, value, refusal):
    OrganisationFactory(slug="tagen")
    here = OrganisationFactory()
    boss = person_as(Role.ADMINISTRATOR, here)

    with pytest.raises(refusal) as refused:
        change_organisation(here.pk, replace(FACTS, **{field: value}), by=boss, at=NOON)

    assert refused.value.field == field
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_its_own_fund_administrators_change_it(role):
    here = OrganisationFactory()
    others = [person_as(role, here), person_as(Role.ADMINISTRATOR, OrganisationFactory())]
    for by in [*others, PersonFactory(is_installer=True)]:
        with pytest.raises(NotAllowed):
            change_organisation(here.pk, FACTS, by=by, at=NOON)


def test_an_installer_lays_an_organisation_aside_and_brings_it_back():
    here = OrganisationFactory()
    boss, installer = person_as(Role.ADMINISTRATOR, here), PersonFactory(is_installer=True)
    with pytest.raises(NotAllowed):
        archive_organisation(here.pk, by=boss, at=NOON)

    archive_organisation(here.pk, by=installer, at=NOON)

    assert not Organisation.objects.visible_to(boss, at=NOON).exists()
    assert not Organisation.objects.set_up_by(boss, at=NOON).exists()
    with pytest.raises(AlreadyDone):
        archive_organisation(here.pk, by=installer, at=NOON)
    with pytest.raises(NotAllowed):
        restore_organisation(here.pk, by=boss, at=NOON)

    restore_organisation(here.pk, by=installer, at=NOON)

    assert list(Organisation.objects.visible_to(None, at=NOON)) == [here]
    with pytest.raises(AlreadyDone):
        restore_organisation(here.pk, by=installer, at=NOON)


def test_the_first_link_makes_the_installer_and_the_first_organisation():
    link = first_link(at=NOON)

    person = redeem(link, name="Ina Ivarsdotter", email="Ina@bollby.example", organisation=FACTS,
                    at=NOON)  # fmt: skip

    assert (person.name, person.email, person.is_installer) == (
        "Ina Ivarsdotter",
        "ina@bollby.example",
        True,
    )
    here = Organisation.objects.get()
    assert Facts.of(here) == replace(FACTS, colour="#005b70", contact_mail="ideer@bollby.example")
    assert person.has_role(here.pk, Role.ADMINISTRATOR, at=NOON)
    assert [(it.verb, it.by_id, it.organisation_id) for it in Entry.objects.order_by("pk")] == [
        ("people.installer_made", person.pk, None),
        ("people.organisation_added", person.pk, here.pk),
        ("people.appointed", person.pk, here.pk),
    ]
    assert first_link(at=NOON) is None


def test_a_link_works_once_and_so_do_all_made_before_it_was_used():
    link, other = installer_link(at=NOON), installer_link(at=NOON + timedelta(hours=1))
    redeem(link, name="Ina", email="ina@bollby.example", organisation=FACTS, at=NOON)

    for used in (link, other):
        with pytest.raises(LinkUsed):
            redeem(used, name="Eva", email="eva@bollby.example", organisation=None, at=NOON)

    assert Person.objects.count() == 1
    assert Series.objects.get(key="installer").last == 1


def test_of_two_who_use_a_link_at_once_one_is_told_that_it_is_used(monkeypatch):
    """The second has checked the link before the first was done; the locked number tells."""
    link = installer_link(at=NOON)
    redeem(link, name="Ina", email="ina@bollby.example", organisation=None, at=NOON)
    monkeypatch.setattr("idesluss.people.usecases.installing._used", lambda: 0)

    with pytest.raises(LinkUsed):
        redeem(link, name="Eva", email="eva@bollby.example", organisation=None, at=NOON)

    assert Series.objects.get(key="installer").last == 1


def test_a_link_holds_for_a_day_and_cannot_be_made_up():
    link = installer_link(at=NOON)

    assert check_link(link, at=NOON + timedelta(hours=24, microseconds=-1)) == 0
    with pytest.raises(LinkTooOld):
        check_link(link, at=NOON + timedelta(hours=24))
    with pytest.raises(BadLink):
        check_link(link[:-1], at=NOON)


def test_a_later_link_gives_back_access_to_somebody_known():
    OrganisationFactory()
    ina = PersonFactory(email="ina@bollby.example", name="Ina", is_active=False)

    redeem(installer_link(at=NOON), name="X", email="INA@bollby.example", organisation=None,
           at=NOON)  # fmt: skip

    ina.refresh_from_db()
    assert (ina.name, ina.is_active, ina.is_installer) == ("Ina", True, True)
    assert Organisation.objects.count() == 1


def test_a_link_that_is_filled_in_wrong_can_be_used_again():
    link = installer_link(at=NOON)
    for given in (
        {"name": "Ina", "email": "", "organisation": FACTS},
        {"name": "", "email": "ina@bollby.example", "organisation": FACTS},
        {"name": "I", "email": "i@bollby.example", "organisation": replace(FACTS, slug="")},
    ):
        with pytest.raises((Missing, BadSlug)):
            redeem(link, **given, at=NOON)
    assert not Person.objects.exists()

    redeem(link, name="Ina", email="ina@bollby.example", organisation=FACTS, at=NOON)


def test_an_installer_adds_organisations_and_is_their_first_fund_administrator():
    installer = PersonFactory(is_installer=True)

    here = add_organisation(FACTS, by=installer, at=NOON)

    assert installer.has_role(here.pk, Role.ADMINISTRATOR, at=NOON)
    with pytest.raises(SlugTaken):
        add_organisation(FACTS, by=installer, at=NOON)
    with pytest.raises(NotAllowed):
        add_organisation(replace(FACTS, slug="annat"), by=PersonFactory(), at=NOON)
