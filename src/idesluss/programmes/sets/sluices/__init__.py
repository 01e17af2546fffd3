"""Ready innovation models to start from: each becomes the sluice's own and is changed there.

The order of the steps and what each is for are public facts about the municipalities; the words
are ours, and so are the promises, which every municipality sets for itself. Each model begins
where something comes in and ends where an idea has become permanent, so that figures compare.
"""

from collections.abc import Mapping

from idesluss.programmes.sets.sluices.aarhus import AARHUS
from idesluss.programmes.sets.sluices.burlov import BURLOV
from idesluss.programmes.sets.sluices.innovationsguiden import INNOVATIONSGUIDEN
from idesluss.programmes.sets.sluices.kungsbacka import KUNGSBACKA
from idesluss.programmes.sets.sluices.lerum import LERUM
from idesluss.programmes.sets.sluices.said import Asked, Chamber, Model
from idesluss.programmes.sets.sluices.sundsvall import SUNDSVALL

MODELS: Mapping[str, Model] = {
    "lerum": LERUM,
    "kungsbacka": KUNGSBACKA,
    "sundsvall": SUNDSVALL,
    "innovationsguiden": INNOVATIONSGUIDEN,
    "aarhus": AARHUS,
    "burlov": BURLOV,
}

__all__ = ["MODELS", "Asked", "Chamber", "Model"]
