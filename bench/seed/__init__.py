"""A municipality with N applications in one round and some rounds of ordinary size beside it."""

from bench.seed.world import World

__all__ = ["World"]
