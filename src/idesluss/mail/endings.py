"""How every letter ends: the link that turns its kind off, in the text and in its headers.

The ending is added when the letter is sent and kept nowhere, so that whoever looks after the
letters of an organisation reads what was told, but cannot choose for the person.
"""

from __future__ import annotations

from django.conf import settings
from django.template import engines
from django.urls import reverse
from django.utils import translation

from idesluss.mail.kinds import BY_NAME, may_be_off
from idesluss.people.usecases import mail_off_link
from idesluss.records.models import Letter


def kinds_told(letter: Letter) -> list[str]:
    """The kinds that ``letter`` tells of and may be turned off; the daily one tells several."""
    told = {letter.kind, *letter.tells.values_list("kind", flat=True)}
    return [name for name in BY_NAME if name in told and may_be_off(name)]


def off_address(letter: Letter) -> str:
    """The address that turns off what ``letter`` tells of, "" if nothing of it may be."""
    kinds = kinds_told(letter)
    if not kinds or letter.person_id is None:
        return ""
    return settings.URL + reverse("people:mail_off", args=[mail_off_link(letter.person_id, kinds)])


def ended(letter: Letter, off: str) -> str:
    """The text of ``letter`` with its ending; ``off`` is its ``off_address``."""
    if not off:
        return letter.text
    with translation.override(letter.language):
        labels = [str(BY_NAME[name].label) for name in kinds_told(letter)]
        choose = settings.URL + reverse("people:mail")
        context = {"labels": labels, "off": off, "choose": choose}
        ending = engines["letters"].get_template("mail/ending.txt").render(context)
    return f"{letter.text.rstrip()}\n\n{ending.strip()}\n"
