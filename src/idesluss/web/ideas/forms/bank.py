"""Which need a case is an idea for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.models import Idea

MOST = 200  # needs that can be chosen


class NeedForm(forms.Form):
    """One of the needs that the reader may see, or none."""

    need = forms.ModelChoiceField(
        queryset=Idea.objects.none(),
        label=_("Need"),
        required=False,
        empty_label=_("For no certain need"),
    )

    def __init__(self, *args: Any, needs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["need"]
        chosen.queryset = Idea.objects.filter(
            pk__in=list(needs.values_list("pk", flat=True)[:MOST])
        )
        chosen.label_from_instance = lambda idea: f"{idea.title} ({idea.register_number})"
