"""Pages of programmes: an organisation's start page, and the set-up of funds and rounds."""
