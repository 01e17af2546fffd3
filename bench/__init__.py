"""How fast our pages are, as ratios to bare Django pages over the same rows. See README.md."""
