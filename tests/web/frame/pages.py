"""A few pages of their own for the tests of the frame."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.views.decorators.http import require_POST

from idesluss.web.frame.access import MEMBER, PLATFORM, PUBLIC, SIGNED_IN, access
from idesluss.web.frame.forms import AmountField
from idesluss.web.frame.kept import open_form

SAVED: list[dict] = []


class NeedForm(forms.Form):
    title = forms.CharField()
    need = forms.CharField(widget=forms.Textarea)
    asked = AmountField(required=False)
    file = forms.FileField(required=False)


class OtherForm(forms.Form):
    note = forms.CharField(initial="as before")


class LineForm(forms.Form):
    what = forms.CharField()


Lines = forms.formset_factory(LineForm, extra=0)


@access(SIGNED_IN)
def need(request):
    form = open_form(NeedForm, request)
    lines = open_form(Lines, request, prefix="lines", initial=[{"what": "as before"}])
    other = open_form(OtherForm, request, prefix="other") if request.method == "GET" else None
    if form.is_valid():
        SAVED.append(form.cleaned_data)
        messages.success(request, "saved")
        return redirect("done")
    context = {"form": form, "lines": lines, "other": other}
    return render(request, "need.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_POST
def submit(request):
    SAVED.append({"submitted": request.POST.get("need")})
    return HttpResponse("submitted")


@access(PUBLIC)
def done(request):
    return HttpResponse("done")


@access(MEMBER)
def inside(request, org):
    return HttpResponse(f"inside {request.organisation.name}")


@access(PLATFORM)
def platform(request):
    return HttpResponse("platform")


@access(PUBLIC)
def moment(request, org):
    return render(request, "moment.html")


@access(PUBLIC)
def fault(request):
    raise RuntimeError


urlpatterns = [
    path("test/need/", need),
    path("test/submit/", submit),
    path("test/done/", done, name="done"),
    path("test/platform/", platform),
    path("test/fault/", fault),
    path("<slug:org>/inside/", inside),
    path("<slug:org>/moment/", moment),
    path("", include("idesluss.web.demo.urls")),
    path("", include("idesluss.web.urls")),
]

handler400 = "idesluss.web.frame.errors.bad_request"
handler403 = "idesluss.web.frame.errors.forbidden"
handler404 = "idesluss.web.frame.errors.not_found"
handler500 = "idesluss.web.frame.errors.server_error"
