"""Calls: what is asked of services elsewhere, and how far anything of ours may go."""
