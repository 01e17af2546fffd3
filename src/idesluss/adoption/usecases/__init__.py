"""Every write to what became permanent."""

from idesluss.adoption.usecases.adopt import Facts, adopt, correct
from idesluss.adoption.usecases.end import end

__all__ = ["Facts", "adopt", "correct", "end"]
