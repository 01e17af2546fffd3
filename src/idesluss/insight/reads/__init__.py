"""Reads over all rooms: what the years came to."""
