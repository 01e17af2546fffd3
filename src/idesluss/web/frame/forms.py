"""How every form looks (the renderer), and the fields that Django lacks.

Widgets get their markup from ``templates/django/forms/widgets``; so a form class says nothing
about looks. Templates print ``{{ form }}`` or one ``{{ form.title.as_field_group }}`` at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.utils.translation import get_language

from idesluss.logic.money import BadAmount, format_amount, parse_amount
from idesluss.web.frame.formats import say


class Renderer(TemplatesSetting):
    """Designsystemet's fields for every form of the house."""

    form_template_name = "frame/forms/form.html"
    formset_template_name = "frame/forms/formset.html"
    field_template_name = "frame/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name == ErrorList.template_name:
            template_name = "frame/forms/error_list.html"
        return super().render(template_name, context, request)


class AmountInput(forms.TextInput):
    """A text input for a sum, with the currency's sign after it."""

    template_name = "frame/forms/amount.html"

    def __init__(self, currency: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})
        self.currency = currency

    def format_value(self, value: Any) -> str | None:
        """Whole minor units as people write them, without the sign; typed text untouched."""
        if isinstance(value, int):
            return shown_number(value, self.currency)
        return super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["sign"] = sign(self.currency)
        return context


def sign(currency: str) -> str:
    """What the active language writes for the currency: "kr", "kr.", "SEK"."""
    return "".join(
        char for char in format_amount(0, currency, get_language() or "en") if char not in "0\xa0"
    )


def shown_number(minor: int, currency: str) -> str:
    """The sum in the active language, without the currency: "60 900"."""
    text = format_amount(minor, currency, get_language() or "en")
    return text.replace(sign(currency), "").strip("\xa0 ")


class AmountField(forms.Field):
    """A sum as people write it ("60 900:-", "60.900"); the value is whole minor units."""

    def __init__(self, *, currency: str = "SEK", zero: bool = True, **kwargs: Any) -> None:
        self.zero = zero
        super().__init__(widget=AmountInput(currency), **kwargs)
        self.currency = currency

    @property
    def currency(self) -> str:
        return self._currency

    @currency.setter
    def currency(self, code: str) -> None:
        self._currency = code
        self.widget.currency = code

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            minor = parse_amount(str(value), self.currency).minor
        except BadAmount as refusal:
            raise ValidationError(say(refusal)) from None
        return minor

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class DateInput(forms.DateInput):
    """The browser's own date picker; without one, a text box that takes year-month-day."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """Day and time of day, in the organisation's zone (which the middleware makes current)."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class HintedRadios(forms.RadioSelect):
    """Radio buttons where a choice may carry a line that explains it: ``hints`` by value."""

    def __init__(self, hints: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = hints

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return hinted(option, self.hints.get(str(value)))


class HintedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes where a choice may carry a line that explains it: ``hints`` by value."""

    def __init__(self, hints: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = hints

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return hinted(option, self.hints.get(str(value)))


def hinted(option: dict[str, Any], hint: Any) -> dict[str, Any]:
    """Give an option its hint, tied to it for those who listen."""
    if hint:
        option["hint"] = hint
        if option["attrs"].get("id"):
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
    return option
