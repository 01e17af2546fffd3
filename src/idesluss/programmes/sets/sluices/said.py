"""How a ready innovation model is written down: its steps, with texts in the languages we ship."""

from __future__ import annotations

from dataclasses import dataclass, field

from idesluss.logic.editions import PlanQuestion, PlanStep
from idesluss.logic.lifecycle import Stage
from idesluss.programmes.sets.said import Said, in_language
from idesluss.programmes.vocab import Handler


def say(sv: str, da: str, en: str) -> Said:
    """One text in Swedish, Danish and English."""
    return {"sv": sv, "da": da, "en": en}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a step."""

    key: str
    text: Said
    help: Said = field(default_factory=dict)
    required: bool = False


@dataclass(frozen=True, slots=True)
class Chamber:
    """One step of a ready model; ``days`` are working days, None for no promise of its own."""

    key: str
    stage: Stage
    name: Said
    guidance: Said
    days: int | None = None
    handler: Handler | None = None
    gate: Said = field(default_factory=dict)
    tools: Said = field(default_factory=dict)
    questions: tuple[Asked, ...] = ()

    def plan(self, language: str) -> PlanStep:
        """The step in ``language``."""
        return PlanStep(
            key=self.key,
            stage=self.stage.value,
            name=in_language(self.name, language),
            guidance=in_language(self.guidance, language),
            tools=in_language(self.tools, language),
            promise_days=self.days,
            handler=self.handler.value if self.handler else "",
            gate=in_language(self.gate, language),
            questions=tuple(
                PlanQuestion(
                    key=ask.key,
                    text=in_language(ask.text, language),
                    help=in_language(ask.help, language),
                    required=ask.required,
                )
                for ask in self.questions
            ),
        )


@dataclass(frozen=True, slots=True)
class Model:
    """A ready innovation model."""

    name: Said
    about: Said
    steps: tuple[Chamber, ...]
    called: Said = field(default_factory=dict)  # what such a sluice may be called

    def plan(self, language: str) -> tuple[PlanStep, ...]:
        """Its steps in ``language``, in English where that is not written."""
        return tuple(step.plan(language) for step in self.steps)
