"""``{% load frame %}``: filters for amounts, days and text, and the drawn components."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms, template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from idesluss.funding.vocab import OutcomeName
from idesluss.ideas.vocab import StageName
from idesluss.web.frame import drawings, formats, prose

register = template.Library()


# --- Filters -------------------------------------------------------------------------------


@register.filter
def amount(minor: int | None, currency: str) -> str:
    """``{{ grant.amount_minor|amount:grant.currency }}`` gives "60 900 kr"."""
    return formats.amount(minor, currency)


@register.filter
def localdate(when: date | datetime | None, organisation: Any = None) -> str:
    """``{{ round.opens_at|localdate:organisation }}`` gives "15 januari 2027"."""
    return formats.day(when, getattr(organisation, "timezone", None))


@register.filter
def localdatetime(when: datetime | None, organisation: Any = None) -> str:
    """``{{ round.closes_at|localdatetime:organisation }}`` gives "15 januari 2027 kl. 16.00"."""
    return formats.moment(when, getattr(organisation, "timezone", None))


@register.filter
def until(end: datetime | None, organisation: Any) -> str:
    """``{{ one.due_at|until:organisation }}``: the last day, or the moment unless at midnight."""
    return formats.until(end, organisation.timezone) if end else ""


@register.filter
def breakable(address: str) -> SafeString:
    """A mail address that breaks after its @ where it has no room."""
    name, at, place = str(address).partition("@")
    return format_html("{}<wbr>{}", name + at, place)


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """Plain text that somebody wrote, as escaped paragraphs."""
    return prose.paragraphs(text or "")


@register.filter
def markdown_safe(text: str | None) -> SafeString:
    """Guidance in Markdown that staff wrote, cleaned."""
    return prose.guidance(text or "")


@register.filter
def is_checkbox(field: Any) -> bool:
    """Whether a bound field is one checkbox, whose label comes after it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


# --- Forms ---------------------------------------------------------------------------------


class Problem(NamedTuple):
    """One line of the error summary, and the id of what it is about ("" for the whole form)."""

    text: str
    target: str


@register.simple_tag
def problems(form: Any = None, others: Iterable[Any] | None = None) -> list[Problem]:
    """Everything that must be put right in a form, and in ``others`` (forms or formsets)."""
    found: list[Problem] = []
    for one in [form, *(others or ())]:
        if one is None or one == "" or not one.is_bound:
            continue
        if hasattr(one, "management_form"):
            found += [Problem(str(error), "") for error in one.non_form_errors()]
            for row in one.forms:
                found += problems(row)
            continue
        found += [Problem(str(error), "") for error in one.non_field_errors()]
        for field in one:
            target = f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label
            found += [Problem(_told(field, str(error)), target) for error in field.errors]
    return found


def _told(field: Any, error: str) -> str:
    """The error as one line: with the field's name in front, since the summary stands alone."""
    label = str(field.label).strip()
    if not label:
        return error
    return f"{label}{'' if label[-1] in '?!.:' else ':'} {error}"


# --- Components ----------------------------------------------------------------------------


class Step(NamedTuple):
    """One chamber: ``state`` is done, now, later or stopped; ``note`` a small line (a date)."""

    name: object
    state: str
    note: str = ""
    url: str = ""


@register.inclusion_tag("frame/steps.html")
def steps(chambers: Sequence[Step], *, form: bool = False) -> dict[str, Any]:
    """The lock: ``{% steps chambers %}``; ``form=True`` for the steps of a form."""
    now = next((i for i, it in enumerate(chambers, 1) if it.state in ("now", "stopped")), None)
    return {
        "chambers": chambers,
        "form": form,
        "many": len(chambers) > 2,
        "number": now,
        "count": len(chambers),
        "current": chambers[now - 1] if now else None,
    }


def lock(names: Sequence[object], now: int, *, stopped: bool = False) -> list[Step]:
    """Chambers for ``names`` with number ``now`` (from 0) current; ``len(names)``: all done."""

    def state(index: int) -> str:
        if index < now:
            return "done"
        if index > now:
            return "later"
        return "stopped" if stopped else "now"

    return [Step(name, state(index)) for index, name in enumerate(names)]


SELECTED = SafeString(" selected")
KNOWN = {**dict(StageName.choices), **dict(OutcomeName.choices)}
"""Default names of stages and outcomes."""


@register.simple_tag
def status(value: str, label: object = "") -> SafeString:
    """Tag for a stage or an outcome; ``label`` is the municipality's own word for it."""
    level, tone = drawings.TONES.get(value, (0, "neutral"))
    gauge = "" if value in drawings.ENDED else drawings.gauge_svg(level)
    words = capfirst(str(label or KNOWN.get(value, value)))
    return format_html('<span class="ds-tag" data-color="{}">{}{}</span>', tone, gauge, words)


@register.inclusion_tag("frame/pot.html")
def pot_meter(granted_minor: int, pot_minor: int, currency: str) -> dict[str, Any]:
    """Granted against the pot, with what lies over it told apart; says the same in words."""
    return {
        "bar": drawings.bar(granted_minor, pot_minor),
        "granted": formats.amount(granted_minor, currency),
        "pot": formats.amount(pot_minor, currency),
        "over": granted_minor > pot_minor,
        "difference": formats.amount(abs(pot_minor - granted_minor), currency),
    }


@register.simple_tag
def spread_dots(points: Sequence[int], low: int, high: int, own: int | None = None) -> SafeString:
    """One dot for each assessor's score on the scale; ``own`` is the reader's score."""
    if points:
        mean = f"{sum(points) / len(points):.1f}"
        text = ngettext(
            "%(count)s score: %(points)s. Mean %(mean)s on a scale of %(low)s to %(high)s.",
            "%(count)s scores: %(points)s. Mean %(mean)s on a scale of %(low)s to %(high)s.",
            len(points),
        ) % {
            "count": len(points),
            "points": ", ".join(map(str, sorted(points))),
            "mean": mean,
            "low": low,
            "high": high,
        }
    else:
        text = gettext("No scores yet.")
    return drawings.spread_svg(drawings.spread(points, low, high, own), text)


@register.inclusion_tag("frame/pages.html", takes_context=True)
def pages(context: template.Context, page: Any) -> dict[str, Any]:
    """Links to the other pages of a Django ``Page``; keeps the rest of the query string."""
    kept = context["request"].GET.copy()

    def url(number: int) -> str:
        kept["page"] = str(number)
        return f"?{kept.urlencode()}"

    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "links": [(it, url(it) if isinstance(it, int) else "") for it in shown],
        "before": url(page.previous_page_number()) if page.has_previous() else "",
        "after": url(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("frame/invented.html")
def invented(thing: Any) -> dict[str, Any]:
    """A small mark if ``thing`` is invented for the demonstration; else nothing."""
    return {"invented": getattr(thing, "invented", False)}


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """The options of a select that stands in many rows: ``{% options choices chosen %}``."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == chosen else "", label) for value, label in choices),
    )


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: object = "") -> SafeString:
    """A box: ``{% alert "warning" title=words %}…{% endalert %}``; or info, danger, success."""
    head = format_html("<h2>{}</h2>", title) if title else ""
    return format_html('<div class="ds-alert" data-color="{}">{}{}</div>', tone, head, content)


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """The row of buttons that ends a form: the main one first."""
    return format_html('<div class="actions">{}</div>', content)


@register.simple_tag(takes_context=True)
def crumbs(context: template.Context, *pairs: Any) -> SafeString:
    """Breadcrumbs: ``{% crumbs words url words url %}``; the page itself is not among them."""
    links = list(zip(pairs[::2], pairs[1::2], strict=True))
    rows = "".join(
        format_html('<li><a class="ds-link" href="{}">{}</a></li>', url, words)
        for words, url in links
    )
    return format_html(
        '<nav class="ds-breadcrumbs" aria-label="{}"><ol>{}</ol></nav>',
        gettext("You are here"),
        SafeString(rows),
    )
