"""A door among other things, and what is sent through it: the form, the step, the box beside it."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from idesluss.web.ideas.views.door import TOKEN
from tests.insight.alike_world import WRITTEN

ENGLISH = {"accept-language": "en"}
SWEDISH = {"accept-language": "sv"}
HTMX = {**SWEDISH, "hx-request": "true"}
OTHER = "Hissen på biblioteket luktar illa när det regnar."


def url(door, page="door"):
    return reverse(f"ideas:{page}", args=[door.organisation.slug, door.slug])


def written(client, where, **fields):
    """The form as it stands after somebody has written for a while."""
    said = signing.loads(client.get(where, headers=SWEDISH).context["signed"], salt=TOKEN)
    said["since"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    return {"need": WRITTEN, "form": signing.dumps(said, salt=TOKEN), **fields}


def send(client, where, **fields):
    return client.post(where, written(client, where, **fields), headers=SWEDISH)


def again(client, answer, **fields):
    """Send the step on, as its page holds it."""
    context = answer.context
    held = {it.html_name: it.value() or "" for it in context["form"]}
    held |= {"form": context["signed"], "alike": context["seen"]}
    return client.post(answer.request["PATH_INFO"], {**held, **fields}, headers=SWEDISH)


def look(client, where, **fields):
    return client.post(where, {"need": WRITTEN, "then": "look", **fields}, headers=HTMX)


def titles(answer):
    rows = answer.context["rows"]
    return [(it[0] if isinstance(it, tuple) else it).thing for it in rows]
