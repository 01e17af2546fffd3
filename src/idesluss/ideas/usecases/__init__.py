"""Every write to ideas; one file per verb or small family."""
