"""The promise board of a sluice: for everybody, or inside, as its start page is; and as data."""

from __future__ import annotations

from typing import Literal

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from idesluss.insight.reads.promises import Board, board_of
from idesluss.insight.words import percent
from idesluss.logic.disclosure import LEAST
from idesluss.logic.sheets.plain import write_csv
from idesluss.programmes.models import Programme
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.ideas.promised import (
    FIGURES,
    board_data,
    board_rows,
    promise_charts,
    rated_rows,
)


@list_page
@require_safe
@access(PUBLIC)
def promises(request: Request, org: str, slug: str) -> HttpResponse:
    """Answered on time, what waits, and how far ideas come."""
    board = _board(request, slug)
    context = {
        "board": board,
        "programme": board.programme,
        "charts": promise_charts(board),
        "first_share": percent(board.first.share),
        "decision_share": percent(board.decision.share),
        "rated": rated_rows(board),
        "least": LEAST,
    }
    return render(request, "ideas/promises.html", context)


@require_safe
@access(PUBLIC)
def promises_file(
    request: Request, org: str, slug: str, kind: Literal["json", "csv"]
) -> HttpResponse:
    """The same figures for programs and spreadsheets."""
    board = _board(request, slug)
    data = board_data(board)
    if kind == "json":
        response: HttpResponse = JsonResponse(
            data, json_dumps_params={"ensure_ascii": False, "indent": 2}
        )
    else:
        response = HttpResponse(
            write_csv(FIGURES, board_rows(data)), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{org}-{slug}-promises.csv"'
    if board.programme.public:
        response["Access-Control-Allow-Origin"] = "*"  # open data
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.user.is_authenticated or not board.programme.public:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, public=True, max_age=60)
    return response


def _board(request: Request, slug: str) -> Board:
    """The board of a sluice whose start page the reader may see; else 404."""
    seen = Programme.objects.sluices_for(request.user, at=request.at)
    here = seen.filter(organisation=request.organisation).select_related("organisation")
    return board_of(get_object_or_404(here, slug=slug), at=request.at)
