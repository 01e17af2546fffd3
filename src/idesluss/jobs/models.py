"""The schedule: when each recurring job is due next, and how far those that read have come."""

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


class Reading(models.Model):
    """How far a job has come that goes through all cases once, and then follows the records."""

    name = models.CharField(max_length=60, primary_key=True)
    line = models.BigIntegerField()  # of the records, the last that it has followed
    case = models.BigIntegerField(null=True)  # the last it has gone through; None: all are

    def __str__(self) -> str:
        return self.name
