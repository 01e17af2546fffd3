"""Ready answers for cases that came in through the wrong door, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.vocab import OtherDoor

WORDINGS: dict[OtherDoor, Promise] = {
    OtherDoor.FAULT: _(
        "Thank you for telling us. What you describe is something that is broken, and those who "
        "repair it work faster than we do. We have sent it to them, so you need not write again. "
        "If you have an idea about how it could be prevented, you are welcome back."
    ),
    OtherDoor.COMPLAINT: _(
        "Thank you for telling us how it was. You are right that somebody must look at this, and "
        "that is not us: complaints are answered by those who are responsible for the service. We "
        "have sent it to them, with what you have written to us."
    ),
    OtherDoor.WHISTLE: _(
        "Thank you for telling us. What you describe should be looked into by those who receive "
        "reports of wrongdoing, and you have a right to protection when you report to them. We "
        "have sent it there. From now on only the person who sent it and the registrar can read it "
        "here. You can also report directly, without telling who you are."
    ),
    OtherDoor.IT: _(
        "Thank you. What you need is help with a system that we have, and IT support gives it. We "
        "have sent it to them, so you need not write again. If it comes back again and again, tell "
        "us: then it may be a need that we should look at together."
    ),
    OtherDoor.BOARD: _(
        "Thank you. What you describe is decided by another board, which has its own way of taking "
        "in proposals. We have sent it to them and asked them to answer you."
    ),
    OtherDoor.ELSEWHERE: _(
        "Thank you. What you describe is not in our hands but in those of another authority. We "
        "cannot decide about it, but we have told you where to turn, and sent it there."
    ),
}
