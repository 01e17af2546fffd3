"""What a typed row means, case by case; sums in öre."""

from dataclasses import replace

import pytest

from idesluss.funding.reads.agenda import Choice
from idesluss.web.funding.forms.settling import settled

ASKED = 60_000_00
NOTHING = Choice()


def settle(typed, saved=NOTHING, asked=ASKED):
    return settled(typed, saved, asked_minor=asked, project_year=2027)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        # a sum without an outcome is a grant
        (Choice("", 60_000_00), Choice("granted", 60_000_00)),
        (Choice("", 45_000_00), Choice("partly_granted", 45_000_00)),
        (Choice("", 60_001_00), Choice("granted", 60_001_00)),  # the cellar refuses it
        # a full grant without a sum is what was asked for
        (Choice("granted"), Choice("granted", ASKED)),
        (Choice("granted_with_conditions"), Choice("granted_with_conditions", ASKED)),
        # less is a part, and a part of all is the whole
        (Choice("granted", 1), Choice("partly_granted", 1)),
        (Choice("partly_granted", ASKED), Choice("granted", ASKED)),
        (Choice("partly_granted", 1), Choice("partly_granted", 1)),
        (Choice("partly_granted"), Choice("partly_granted")),  # how much? the cellar asks
        (
            Choice("granted_with_conditions", 1, conditions="Rapport."),
            Choice("granted_with_conditions", 1, conditions="Rapport."),
        ),
        # a later pot is next year's, unless it is said
        (Choice("granted_later_pot"), Choice("granted_later_pot", ASKED, later_year=2028)),
        (
            Choice("granted_later_pot", 5, later_year=2030),
            Choice("granted_later_pot", 5, later_year=2030),
        ),
        # what could be meant otherwise is left alone
        (Choice("refused", 1), Choice("refused", 1)),
        (Choice("", reason="Utkast."), Choice("", reason="Utkast.")),
        (NOTHING, NOTHING),
    ],
)
def test_gaps_are_filled_as_anybody_would(typed, means):
    assert settle(typed) == means


def test_without_a_known_sum_nothing_is_assumed_about_it():
    assert settle(Choice("granted"), asked=None) == Choice("granted")
    assert settle(Choice("", 2_000_00), asked=None) == Choice("granted", 2_000_00)


SAVED = Choice(
    "granted_with_conditions",
    50_000_00,
    reason="Bra.",
    conditions="Rapport.",
    over_cap_reason="Tre skolor.",
)


def test_what_another_outcome_left_standing_goes():
    assert settle(replace(SAVED, outcome="refused"), SAVED) == Choice("refused", reason="Bra.")
    later = Choice("granted_later_pot", 50_000_00, later_year=2029)
    assert settle(replace(later, outcome="postponed"), later) == Choice("postponed")


def test_a_grant_of_another_kind_keeps_its_sum():
    assert settle(replace(SAVED, outcome="partly_granted"), SAVED) == replace(
        SAVED, outcome="partly_granted", conditions=""
    )


def test_what_was_just_written_stays_and_is_for_the_cellar_to_refuse():
    typed = Choice("refused", 1, "Nej.", "Ny rapport.", 2029, "Nytt skäl.")
    assert settle(typed, SAVED) == typed


def test_the_same_outcome_keeps_everything():
    assert settle(replace(SAVED, reason="Mycket bra."), SAVED) == replace(
        SAVED, reason="Mycket bra."
    )
