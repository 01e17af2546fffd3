"""In which round an idea asks for money, and who applies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.people.models import Person
from idesluss.programmes.models import Round


class CarryForm(forms.Form):
    """One of the open rounds, and one of those who can apply in one."""

    round = forms.ChoiceField(label=_("Which round?"), widget=forms.RadioSelect)
    applicant = forms.ChoiceField(
        label=_("Who applies?"),
        help_text=_(
            "They complete the application and hand it in, and take no part in judging it."
        ),
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, rounds: Sequence[Round], people: Sequence[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["round"].choices = [(str(one.pk), one.name) for one in rounds]
        fields["applicant"].choices = [(str(one.pk), one.name) for one in people]
        if len(rounds) == 1:
            fields["round"].initial = str(rounds[0].pk)
        if people:
            fields["applicant"].initial = str(people[0].pk)
