"""What managers said to a case, as the minutes tell it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from idesluss.funding.reads.minutes import Answered
from idesluss.funding.vocab import Answer


def answer_told(one: Answered) -> str:
    """One answer in a sentence. By silence, nobody is made to have said anything."""
    name, is_no = one["name"], one["answer"] == Answer.NO
    if one["by_silence"]:
        told = (
            _("Not endorsed by silence: %(name)s had not answered in time")
            if is_no
            else _("Endorsed by silence: %(name)s had not answered in time")
        )
        return told % {"name": name}
    if is_no:
        told = _("Not endorsed by %(name)s")
    elif one["answer"] == Answer.LIMITS and one["words"]:
        return _("Endorsed by %(name)s (with limits: %(words)s)") % {
            "name": name,
            "words": one["words"],
        }
    else:
        told = _("Endorsed by %(name)s")
    told %= {"name": name}
    return f"{told}: {one['words']}" if one["words"] else told
