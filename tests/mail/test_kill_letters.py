"""Killed anywhere while it delivers and sends, the service writes once, or asks somebody."""

from collections import Counter
from pathlib import Path

from tests.killed import run


def test_wherever_the_process_dies_nobody_gets_two_letters_and_none_is_lost(
    postbox, settings, tmp_path
):
    states = run(
        Path(__file__).with_name("killing.py"),
        f"sqlite://{tmp_path / 'kill.sqlite3'}",
        tmp_path,
        IDESLUSS_MAIL_URL=f"smtp://127.0.0.1:{settings.MAIL.port}",
    )

    got = Counter(letter["To"] for letter in postbox.letters)
    assert len(states) > 20  # as many places to die in
    assert max(got.values()) == 1
    sure = {address for address, state in states.items() if state == "sent"}
    assert sure == {address for address in got if states[address] == "sent"}
    # Only in the moment of handing over itself nobody can know; then somebody is asked.
    unsure = {address: got[address] for address in set(states) - sure}
    assert {states[address] for address in unsure} == {"uncertain"}
    assert len(unsure) <= 3
