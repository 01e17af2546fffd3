"""Pages of signing in, of one's own, and of setting up people, units and bodies."""
