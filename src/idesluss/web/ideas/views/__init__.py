"""Pages of ideas: files, handing in, the case and what surrounds it."""
