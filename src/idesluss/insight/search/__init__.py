"""The search: an index beside the data that follows the records, and what may be found in it."""
