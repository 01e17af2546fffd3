"""A day and a time on the organisation's own clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from idesluss.logic.refusals import Refusal
from idesluss.programmes.local import moment, shown_moment
from idesluss.web.frame.formats import say
from idesluss.web.frame.forms import MomentInput


class LocalMomentField(forms.Field):
    """Day and time on the organisation's clock; the value is a moment (UTC).

    ``later``: of an hour that comes twice, the second one is meant.
    """

    widget = MomentInput

    def __init__(self, *, zone: ZoneInfo, later: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone, self.later = zone, later

    def prepare_value(self, value: Any) -> Any:
        return shown_moment(value, self.zone) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        try:
            return moment(str(value or ""), self.zone, later=self.later, field="")
        except Refusal as refusal:
            raise ValidationError(say(refusal)) from None
