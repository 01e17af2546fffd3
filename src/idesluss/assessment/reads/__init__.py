"""What pages need to know about assessments, already joined and counted."""

from idesluss.assessment.reads.standings import Tally, Voice, standings

__all__ = ["Tally", "Voice", "standings"]
