"""A sluice's innovation model: begun from a ready one or the newest, written, opened."""

from idesluss.programmes.usecases.model.beginning import begin_edition, drop_edition
from idesluss.programmes.usecases.model.opening import open_edition

__all__ = ["begin_edition", "drop_edition", "open_edition"]
