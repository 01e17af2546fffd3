"""What the pages of projects show, already joined and counted."""
