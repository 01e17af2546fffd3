"""A table that people fill in with the words that our own pages show is understood."""

import pytest
from django.utils import translation

from idesluss.funding.vocab import OutcomeName
from idesluss.logic.sheets.outcome_words import outcome_of


@pytest.mark.parametrize("language", ["sv", "da", "en"])
@pytest.mark.parametrize("outcome", OutcomeName)
def test_the_shown_name_of_an_outcome_can_be_written_in_a_table(language, outcome):
    with translation.override(language):
        assert outcome_of(str(outcome.label)) == outcome.value
