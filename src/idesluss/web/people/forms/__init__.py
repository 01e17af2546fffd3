"""Forms of signing in and of setting up people, units and bodies."""
