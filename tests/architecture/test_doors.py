"""Doors ask and answer; what is written is written by a use case."""

import ast

from tests.architecture.source import DOORS, calls, name_of, parsed, python

ALWAYS = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "asave", "acreate", "adelete", "aupdate", "abulk_create", "abulk_update", "aget_or_create",
    "aupdate_or_create", "select_for_update",
}  # fmt: skip

# (file, verb): why this is not a write past the use cases. An unused exception fails too.
CLOCK, DELIVERY = "src/idesluss/jobs/clock.py", "src/idesluss/jobs/deliver.py"
SESSIONS, LIKENESSES = "src/idesluss/jobs/sessions.py", "src/idesluss/jobs/likenesses.py"
EXCEPTIONS = {
    (CLOCK, "get_or_create"): "the clock's own table: when each job last ran",
    (CLOCK, "update"): "the clock's own table",
    (DELIVERY, "select_for_update"): "the outbox: how far an entry's effects have come",
    (DELIVERY, "update"): "the outbox",
    (DELIVERY, "save"): "the outbox",
    ("src/idesluss/mail/inbound.py", "create"): "a folder in the mailbox",
    ("src/idesluss/papers/posters.py", "save"): "a QR code is drawn into memory",
    (LIKENESSES, "get_or_create"): "the clock's own table: how far it has read",
    (LIKENESSES, "save"): "the clock's own table",
    (SESSIONS, "delete"): "Django's own table: sessions that have ended",
}


def is_write(call: ast.Call, verb: str) -> bool:
    """``rows.update(x=1)`` is a queryset's; ``digest.update(b"")`` and ``a.update(b)`` are not."""
    if verb == "update":
        return bool(call.keywords) and not call.args
    return verb in ALWAYS


def writes_in_doors() -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for path in python(*DOORS):
        for call, verb in calls(parsed(path)):
            if is_write(call, verb):
                found.setdefault((name_of(path), verb), []).append(call.lineno)
    return found


def test_doors_contain_no_write_verbs():
    found = {key: lines for key, lines in writes_in_doors().items() if key not in EXCEPTIONS}
    assert found == {}


def test_every_exception_is_still_needed():
    assert set(EXCEPTIONS) - set(writes_in_doors()) == set()
