"""The frame of every page: base template, components, access, language, theme, error pages."""
