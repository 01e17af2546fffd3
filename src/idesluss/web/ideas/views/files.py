"""The files of a case, for those to whom the case is open."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from idesluss.assessment.reads.blind import number_if_blind
from idesluss.ideas.models import Attachment, Idea
from idesluss.logic.files import KINDS
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.request import Request

SHOWN = {kind.media_type for kind in KINDS.values() if kind.picture}
"""Pictures may be shown in the browser; everything else is saved, where nothing of ours runs."""

# Whatever is in the file: no script, no form, no request to anywhere, no page around it.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
@access(SIGNED_IN)
def attachment(request: Request, org: str, number: UUID) -> FileResponse:
    """One file under the name it was given. Taken away, or of a case not open to one: 404.

    In a blind round its assessors get it under a number: names of files often say who applies.
    """
    open_cases = Idea.objects.visible_to(request.user, at=request.at).filter(
        programme__organisation=request.organisation
    )
    kept = Attachment.objects.filter(removed_at=None, idea__in=open_cases)
    found = get_object_or_404(kept.select_related("idea"), pk=number)
    name = found.name
    if place := number_if_blind(found, request.user, at=request.at):
        ending = name.rpartition(".")[2]
        name = f"{gettext('Attachment %(number)s') % {'number': place}}.{ending}"
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content,
        as_attachment=found.content_type not in SHOWN,
        filename=name,
        content_type=found.content_type,
    )
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
