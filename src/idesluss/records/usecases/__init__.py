"""Every write in the records."""

from idesluss.records.usecases.letters import write_letter
from idesluss.records.usecases.note import next_number, note

__all__ = ["next_number", "note", "write_letter"]
