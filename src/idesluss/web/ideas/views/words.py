"""The words that an organisation adds to the search: its rows of the term list, and a try."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from idesluss.ideas.models import TermRow
from idesluss.ideas.reads.terms import look_at, removed_rows, rows_of, try_words
from idesluss.ideas.usecases.terms import (
    MOST_ROWS,
    BadLines,
    NothingNew,
    add_term,
    bring_back_term,
    change_term,
    remove_term,
    take_in_terms,
)
from idesluss.logic.refusals import Refusal
from idesluss.logic.text.folding import LANGS, Lang
from idesluss.logic.text.listing import Cells
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.words import LANGUAGES, ListForm, RowForm, TryForm
from idesluss.web.people.attempts import carried_out, done, set_up_here, status_of

A_PAGE = 50
MOST_SHOWN = 200  # lines of a list that are shown before it is taken in
HEAD = "# sv · da · nb · fi · en\n"
EXAMPLE = "Valvet, allaktivitetshus · kulturhus · kulturhus · kulttuuritalo · arts centre"


@list_page
@require_safe
@access(MEMBER)
def words(request: Request, org: str) -> HttpResponse:
    """The organisation's own rows, searched in, and how the search reads a word that is tried."""
    here = set_up_here(request)
    holding = request.GET.get("q", "")[:200]
    every = rows_of(here)
    shown = rows_of(here, holding=holding) if holding.strip() else every
    tries = TryForm(request.GET if "word" in request.GET else None)
    tried = None
    if tries.is_bound and tries.is_valid() and tries.cleaned_data["word"].strip():
        tried = try_words(tries.cleaned_data["word"], tries.lang_of(), reversed(every))
    gone = removed_rows(here)
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, told(row.cells)) for row in page],
        "count": len(every),
        "limit": MOST_ROWS,
        "holding": holding,
        "removed": gone,
        "gone": next((it for it in gone if str(it.pk) == request.GET.get("removed")), None),
        "try_form": tries,
        "tried": tried,
        "columns": LANGUAGES.values(),
        "example": EXAMPLE,
    }
    return render(request, "ideas/words.html", context)


@access(MEMBER)
def word_add(request: Request, org: str) -> HttpResponse:
    """Add a row."""
    here = set_up_here(request)
    form: Any = open_form(RowForm, request)

    def add() -> None:
        add_term(here.pk, form.cells(), by=request.user, at=request.at)

    return _form(request, form, add, gettext("Add words for the same thing"))


@access(MEMBER)
def word_change(request: Request, org: str, pk: int) -> HttpResponse:
    """Change a row."""
    row = _row(request, pk, removed_at=None)
    form: Any = open_form(RowForm, request, initial=row.cells | {"seen": row.version})

    def change() -> None:
        seen = form.cleaned_data["seen"]
        change_term(pk, form.cells(), seen=seen or 0, by=request.user, at=request.at)

    return _form(request, form, change, gettext("Change words for the same thing"), row=row)


@require_POST
@access(MEMBER)
def word_remove(request: Request, org: str, pk: int) -> HttpResponse:
    """Take a row out of the search; the list offers it back."""
    _row(request, pk)
    back = reverse("ideas:words", args=[org])
    if done(request, lambda: remove_term(pk, by=request.user, at=request.at)):
        back += f"?removed={pk}"
    return redirect(back)


@require_POST
@access(MEMBER)
def word_back(request: Request, org: str, pk: int) -> HttpResponse:
    """Undo that a row was removed."""
    _row(request, pk)
    done(request, lambda: bring_back_term(pk, by=request.user, at=request.at), _saved())
    return redirect("ideas:words", org)


@access(MEMBER)
def words_in(request: Request, org: str) -> HttpResponse:
    """Take in many rows from a text; everything it would do is shown first."""
    here = set_up_here(request)
    form: Any = open_form(ListForm, request)
    takes = request.POST.get("then") == "take"
    text = form.cleaned_data["text"] if request.method == "POST" and form.is_valid() else ""

    def take() -> None:
        count = take_in_terms(here.pk, text, by=request.user, at=request.at)
        messages.success(request, gettext("Rows taken in: %(count)s.") % {"count": count})
        messages.info(request, gettext("The search knows them in a minute or two."))

    if takes and carried_out(request, form, take):
        return redirect("ideas:words", org)
    looked = look_at(text, {row.line for row in rows_of(here)}) if text else None
    usable = looked is not None and bool(looked.new) and not looked.bad
    if request.method == "POST" and not form.errors and not usable:
        no: Refusal = BadLines(count=len(looked.bad)) if looked and looked.bad else NothingNew()
        form.add_error("text", say(no))
    context = {
        "form": form,
        "looked": looked,
        "bad": [(it, say(it.problem)) for it in looked.bad if it.problem] if looked else [],
        "new": [told(it.cells or {}) for it in looked.new[:MOST_SHOWN]] if looked else [],
        "columns": LANGUAGES.values(),
        "example": EXAMPLE,
    }
    return render(request, "ideas/words_in.html", context, status=status_of(form))


@require_safe
@access(MEMBER)
def words_file(request: Request, org: str) -> HttpResponse:
    """The organisation's rows as a text that can be taken in again, here or elsewhere."""
    rows = reversed(rows_of(set_up_here(request)))
    text = HEAD + "".join(f"{row.line}\n" for row in rows)
    name = f"{org}-{gettext('words')}.txt"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=disposition)


def told(cells: Cells) -> list[tuple[Lang, Any, str]]:
    """The cells of a row for a table: language, its name, what is written."""
    return [(lang, LANGUAGES[lang], cells.get(lang, "")) for lang in LANGS]


def _row(request: Request, pk: int, **which: Any) -> TermRow:
    here = set_up_here(request)
    mine = TermRow.objects.visible_to(request.user, at=request.at).filter(organisation=here)
    return get_object_or_404(mine.filter(**which), pk=pk)


def _form(
    request: Request, form: Any, act: Any, title: str, *, row: TermRow | None = None
) -> HttpResponse:
    """The form's page, or back to the list when ``act`` is done."""
    if carried_out(request, form, act):
        messages.success(request, _saved())
        return redirect("ideas:words", request.organisation.slug)
    context = {
        "form": form,
        "row": row,
        "title": title,
        "fields": [form[lang] for lang in LANGS],
        "example": EXAMPLE,
    }
    return render(request, "ideas/word.html", context, status=status_of(form))


def _saved() -> str:
    return gettext("Saved. The search knows it in a minute or two.")
