"""The schedule: when each recurring job is due next, shared by every process."""

from django.db import models


class Job(models.Model):
    """One recurring job and how its last run went."""

    name = models.CharField(max_length=60, primary_key=True)
    next_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name
