"""What people of the demonstration write; all of it invented, in Swedish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from idesluss.programmes.models import Criterion
from idesluss.programmes.vocab import CriterionKind


@dataclass(frozen=True, slots=True)
class Case:
    """One application; sums in whole kronor."""

    title: str
    need: str
    what: str
    change: str
    department: str
    lines: Sequence[tuple[str, int]]
    invented: bool = True

    @property
    def asked(self) -> int:
        """Whole kronor."""
        return sum(kronor for _, kronor in self.lines)


class Voice:
    """How applicants answer and assessors judge."""

    otherwise = (
        "Enhetens budget räcker till det vi redan gör. Utan anslaget får det vänta, och då vet vi "
        "inte om det fungerar."
    )

    def answer(self, key: str, case: Case) -> str:
        """The answer to the question ``key``."""
        answers = {
            "for-whom": "Främst de som använder verksamheten varje dag, och personalen som möter "
            "dem. Vi räknar med ett femtiotal personer under försöket.",
            "evidence": "Vi har frågat kollegor och brukare under våren och räknat hur ofta det "
            "händer. Anteckningarna finns hos oss.",
            "what": case.what,
            "change": case.change,
            "time-plan": "Januari–februari: förbereda och köpa in. Mars–september: prova. "
            "Oktober–november: följa upp och berätta.",
            "risks": "Att det tar mer tid än vi tror. Då provar vi på en enhet i stället för två.",
            "afterwards": "Om det fungerar tar enheten över inom sin egen budget. Chefen är med "
            "på det.",
        }
        return answers.get(key, case.what)

    def mark(self, criterion: Criterion, mark: int) -> int:
        """What an assessor who thinks ``mark`` (1 to 5) of a case gives on a criterion."""
        if criterion.kind == CriterionKind.SCORED.value:
            return max(criterion.low, min(criterion.high, mark))
        if criterion.kind == CriterionKind.QUALIFYING.value:
            return int(mark >= 2)
        return int(mark >= 4)

    def why(self, criterion: Criterion, mark: int) -> str:
        """The reason for it."""
        if mark >= 4:
            return "Ansökan visar det tydligt, med exempel från verksamheten."
        if mark == 3:
            return "Det är troligt, men underlaget är tunt."
        return "Ansökan säger för lite om det här för att vi ska kunna se det."

    def advice(self, mark: int) -> str:
        """The advice to those who decide."""
        return "fits" if mark >= 4 else "turned" if mark == 3 else "not"

    def summary(self, mark: int) -> str:
        """A sentence on the whole."""
        if mark >= 4:
            return "Ett verkligt behov, ett försök i lagom storlek och någon som tar emot."
        if mark == 3:
            return "Behovet är bra beskrivet. Lösningen kan bli mindre och billigare."
        return "Behovet finns nog, men det här är ordinarie verksamhet eller för lite prövat."
