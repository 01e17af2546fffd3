"""Sign in as anybody in the demonstration, with one click."""

from __future__ import annotations

from django.contrib import auth
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from idesluss.web.demo.cast import Scene, cast
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.request import Request

BACKEND = "django.contrib.auth.backends.ModelBackend"


@access(PUBLIC)
def people_page(request: Request) -> HttpResponse:
    """Everybody in the demonstration, by municipality; a click signs in."""
    scenes = cast(at=request.at)
    if request.method == "POST":
        return _sign_in(request, scenes)
    context = {"scenes": scenes, "next": request.GET.get("next", "")}
    return render(request, "demo/people.html", context)


def _sign_in(request: Request, scenes: list[Scene]) -> HttpResponse:
    wanted = request.POST.get("person")
    for scene in scenes:
        for one in scene.characters:
            if wanted == f"{scene.organisation.pk}:{one.person.pk}":
                auth.login(request, one.person, backend=BACKEND)
                after = request.POST.get("next", "")
                safe = url_has_allowed_host_and_scheme(after, {request.get_host()})
                return redirect(after if safe else f"/{scene.organisation.slug}/")
    return redirect("demo:people")
