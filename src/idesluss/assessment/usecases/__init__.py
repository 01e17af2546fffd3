"""Every write to assessments; one file per small family of verbs."""

from idesluss.assessment.usecases.assign import Assigned, assign, unassign
from idesluss.assessment.usecases.write import lock, reopen, save_draft, unfinished

__all__ = ["Assigned", "assign", "lock", "reopen", "save_draft", "unassign", "unfinished"]
