"""Words of ideas: stages as shown, parts people play, grounds of conflict."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from idesluss.logic.lifecycle import Stage

TITLE_LENGTH = 160  # characters
NEED_LENGTH = 4000
ANSWER_LENGTH = 3000  # of an applicant's answer to a request for completion
MOST_FILES = 10  # of one case
MOST_CO_APPLICANTS = 20
MESSAGE_LENGTH = 4000  # of one message of the conversation on a case
USUAL_DAYS = 10  # working days to the next date, in a step without a promise of its own
REASON_LENGTH = 3000  # of the reasoned answer that ends a case


class StageName(models.TextChoices):
    """The canonical stages (logic.lifecycle) with their default shown names."""

    DRAFT = "draft", _("draft")
    RECEIVED = "received", _("received")
    EXPLORING = "exploring", _("being explored")
    ASSESSING = "assessing", _("being assessed")
    DECIDING = "deciding", _("awaiting decision")
    TESTING = "testing", _("being carried out")
    ADOPTING = "adopting", _("being introduced")
    PERMANENT = "permanent", _("permanent")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")
    REDIRECTED = "redirected", _("sent on")
    PARKED = "parked", _("parked")
    STOPPED = "stopped", _("stopped")


class Part(models.TextChoices):
    """The part a person plays in one case."""

    OWNER = "owner", _("applicant")
    CO_APPLICANT = "co_applicant", _("co-applicant")
    ASSESSOR = "assessor", _("assessor")
    COACH = "coach", _("coach")
    ENDORSER = "endorser", _("manager who is asked")


class IdeaKind(models.TextChoices):
    """What is handed in: a need stands alone and can have many ideas."""

    NEED = "need", _("need")
    IDEA = "idea", _("idea")


class Channel(models.TextChoices):
    """The way on which a case came in."""

    WEB = "web", _("web form")
    KIOSK = "kiosk", _("shared screen")
    POSTER = "poster", _("poster with a QR code")
    PAPER = "paper", _("paper form")
    PHONE = "phone", _("phone call")
    TALK = "talk", _("talk with a coach")
    WORKSHOP = "workshop", _("workshop")
    MAIL = "mail", _("e-mail")
    SHEET = "sheet", _("spreadsheet")


ANSWERS = (
    Stage.PERMANENT,
    Stage.DECLINED,
    Stage.REDIRECTED,
    Stage.PARKED,
    Stage.STOPPED,
)
"""The endings that are an answer to the giver; the others follow from another act."""


class Offer(models.TextChoices):
    """What the giver is offered together with an answer that ends the case."""

    NONE = "", _("nothing more")
    COACH = "coach", _("a talk with an innovation coach")
    OTHER_DOOR = "other_door", _("help to find the right door")
    LATER = "later", _("to be told when a matching challenge opens")


class OtherDoor(models.TextChoices):
    """Where a case belongs that came in through the wrong door."""

    FAULT = "fault", _("fault report")
    COMPLAINT = "complaint", _("complaint, or a view of how we work")
    WHISTLE = "whistle", _("report of wrongdoing (whistleblowing)")
    IT = "it", _("request to IT support")
    BOARD = "board", _("another board or department")
    ELSEWHERE = "elsewhere", _("another municipality, region or authority")


class FindingKind(models.TextChoices):
    """What was found out about a need: small structured records."""

    CANVAS = "canvas", _("need canvas")
    STAKEHOLDER = "stakeholder", _("stakeholder")
    INTERVIEW = "interview", _("interview")
    INSIGHT = "insight", _("insight")
    EQUALITY = "equality", _("equality")
    SCAN = "scan", _("existing solutions")


class ScanResult(models.TextChoices):
    """What the search for existing solutions came to."""

    COPY = "copy", _("copy: it exists, and we take it over")
    ADAPT = "adapt", _("adapt: something like it exists")
    NEW = "new", _("new: we found nothing like it")


class Reply(models.TextChoices):
    """The first human answer, in three (Aarhus)."""

    FITS = "fits", _("fits")
    TURN = "turn", _("fits if it is turned")
    NOT = "not", _("does not fit")


class TalkState(models.TextChoices):
    """How far it has come with a talk that somebody asked a coach for."""

    ASKED = "asked", _("asked for")
    AGREED = "agreed", _("time agreed")
    HELD = "held", _("held")
    CALLED_OFF = "called_off", _("called off")


TALKS_WAITING = (TalkState.ASKED.value, TalkState.AGREED.value)


class ArrivalState(models.TextChoices):
    """What became of something that came in without passing a form, or too fast."""

    WAITING = "waiting", _("held back: somebody looks at it")
    TAKEN = "taken", _("taken in")
    IGNORED = "ignored", _("not meant for us: automatic reply, bounce or loop")
    REFUSED = "refused", _("thrown away")


class Suspicion(models.TextChoices):
    """Why something that came in is held back until somebody has looked at it."""

    FLOOD = "flood", _("a lot came from the same place within an hour")
    FAST = "fast", _("it was sent faster than a person writes")
    TRAP = "trap", _("a field that people do not see was filled in")


class ConflictState(models.TextChoices):
    """What is known of a person's conflict of interest in one case; separate facts."""

    CLEAR = "clear", _("no conflict of interest")
    DECLARED = "declared", _("declared a conflict of interest")
    SUSPECTED = "suspected", _("a conflict of interest is suspected")
    DECIDED = "decided", _("decided: conflict of interest")
    DISMISSED = "dismissed", _("decided: no conflict of interest")


class Ground(models.TextChoices):
    """Grounds of conflict of interest (SE: FL 2017:900 § 16; DK: forvaltningsloven § 3)."""

    PARTY = "party", _("I am a party, or somebody close to me is, or we are affected")
    REPRESENTATIVE = "representative", _("I represent or have represented a party")
    EARLIER = "earlier", _("I took part in an earlier decision on the case elsewhere")
    MANAGER = "manager", _("I manage the unit that applies, or work in it")
    OTHER = "other", _("something else that could make my impartiality doubted")


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a finding: ``head`` and ``text`` are columns, other keys lie in ``facts``."""

    key: str
    label: object
    hint: object = ""
    lines: int = 3  # 1: one line


FINDING_FIELDS: Mapping[str, tuple[Asked, ...]] = {
    FindingKind.CANVAS.value: (
        Asked("who", _("Who has the need?"), _("Groups, not names.")),
        Asked("when", _("When does it show?"), "", 2),
        Asked("where", _("Where?"), "", 2),
        Asked("how_often", _("How often?"), _("A rough count is better than none."), 2),
        Asked("today", _("What do they do about it today?")),
        Asked("cost", _("What does that cost?"), _("Time, money, worry.")),
        Asked("know", _("How do we know?"), _("Seen, counted, heard from whom, guessed.")),
        Asked(
            "against",
            _("What would show that the need is not real?"),
            _("Something that you could find out. Then go and look for it."),
        ),
    ),
    FindingKind.STAKEHOLDER.value: (
        Asked("head", _("Who?"), _("A group, a unit or a role."), 1),
        Asked("relation", _("What have they to do with it?")),
        Asked("wants", _("What do they want, and what do they fear?")),
        Asked("power", _("What can they do for it, or against it?")),
    ),
    FindingKind.INTERVIEW.value: (
        Asked("head", _("With whom?"), _("A role, such as “night nurse”. No names."), 1),
        Asked("when", _("When and how?"), _("For example: 3 March, on the ward."), 1),
        Asked("text", _("What did they tell?"), _("What they do, in their own words."), 6),
        Asked("surprise", _("What surprised you?")),
    ),
    FindingKind.INSIGHT.value: (
        Asked("head", _("The insight in one sentence"), "", 1),
        Asked("text", _("What makes you think so?"), "", 4),
        Asked("so_what", _("What follows from it?")),
    ),
    FindingKind.EQUALITY.value: (
        Asked("served", _("Who gets it better?")),
        Asked("unserved", _("Who does not, or gets it worse?")),
        Asked("gender", _("Is it different for women and men, girls and boys?")),
        Asked("age", _("What does it mean for the young and for the old?")),
        Asked("language", _("What if one does not read or speak the language well?")),
        Asked("disability", _("What if one sees, hears, moves or understands with difficulty?")),
        Asked("staff", _("What does it mean for those who work with it?")),
    ),
    FindingKind.SCAN.value: (
        Asked("head", _("What did you find?"), _("Its name, or “nothing”."), 1),
        Asked(
            "where",
            _("Where did you look?"),
            _("Other municipalities, regions, companies, what we have already."),
        ),
        Asked("text", _("What does it do, and what does it lack?"), "", 4),
        Asked("link", _("Link"), _("Where one can read about it."), 1),
    ),
}
"""What is asked of each kind of finding, in order: forms, cards and checks follow from it."""
ONE_OF = (FindingKind.CANVAS.value, FindingKind.EQUALITY.value)
"""Kinds of which a case has at most one, that everybody writes on."""
FACT_LENGTH = 2000  # of one field of a finding
HEAD_LENGTH = 200
MOST_FINDINGS = 200  # of one case


class Speaks(models.TextChoices):
    """How a translation service is spoken to."""

    LIBRE = "libre", "LibreTranslate"
    OPENAI = "openai", _("A language model with an OpenAI-compatible address")
