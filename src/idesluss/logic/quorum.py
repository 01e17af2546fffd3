"""Who may decide an item: present, recused, voting, in the chair, and whether they are enough.

A member with a conflict of interest takes no part in the item (kommunallagen 2017:725, 6 kap.
28–32 §§; förvaltningslagen 2017:900, 16–18 §§; in Denmark forvaltningsloven § 3) and is counted
out of its quorum. A deputy serves when the member is absent or recused, in the order of seats.
When the chair is recused or absent, the next who votes, in the order of seats, leads the item.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from idesluss.logic.refusals import Refusal, gettext_noop


class CannotDecide(Refusal):
    """Too few take part in the item. Needs ``voting`` and ``quorum``, numbers of members."""

    sentence = gettext_noop(
        "Too few members can take part in this item: there are %(voting)s and it takes "
        "%(quorum)s. Call in a deputy, or put the item off to another meeting."
    )


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in the body. ``member`` and ``deputy_for`` are ids of people.

    ``deputy_for`` names the member for whom this one serves; None for a member in own right.
    """

    member: int
    deputy_for: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """How one item is decided; ids of people, in the order of seats. Minutes print it.

    ``recused`` are those who step aside, whether they are in the room or not. ``serving`` pairs
    each deputy who votes with the member whose place that is. ``chair`` leads the item, None if
    nobody votes; ``substituted`` says that it is somebody else than the body's chair.
    """

    quorum: int
    present: tuple[int, ...]
    recused: tuple[int, ...]
    voting: tuple[int, ...]
    serving: tuple[tuple[int, int], ...]
    chair: int | None
    substituted: bool

    @property
    def missing(self) -> int:
        """How many voters the item lacks."""
        return max(self.quorum - len(self.voting), 0)

    @property
    def may_decide(self) -> bool:
        """Whether the item may be decided."""
        return self.missing == 0

    @property
    def problem(self) -> CannotDecide | None:
        """Why it may not be decided, or None."""
        if self.may_decide:
            return None
        return CannotDecide(voting=len(self.voting), quorum=self.quorum)


def majority_of(members: int) -> int:
    """Return the least number that is more than half of ``members`` (kommunallagen 6 kap. 27 §)."""
    return members // 2 + 1


def item(
    seats: Sequence[Seat],
    *,
    present: Collection[int],
    recused: Collection[int] = (),
    quorum: int,
    chair: int | None = None,
) -> Item:
    """Return how an item is decided by those in the room.

    ``seats`` come in the order of taking the chair; ``chair`` is the body's own, None for the
    first seat. Nobody votes twice: a person with two seats has one vote.

    Raises:
        ValueError: a quorum below one; somebody present, recused or in the chair has no seat.
    """
    if quorum < 1:
        raise ValueError("a quorum is at least one")
    people = tuple(dict.fromkeys(seat.member for seat in seats))
    strangers = {*present, *recused, *(() if chair is None else (chair,))} - set(people)
    if strangers:
        raise ValueError(f"no seat for {sorted(strangers)}")
    able = [person for person in people if person in present and person not in recused]
    serving = _serving(seats, able)
    own_right = {seat.member for seat in seats if seat.deputy_for is None}
    deputies = {deputy for deputy, _ in serving}
    voting = tuple(person for person in able if person in own_right or person in deputies)
    leads_usually = chair if chair is not None else next(iter(people), None)
    leader = leads_usually if leads_usually in voting else next(iter(voting), None)
    return Item(
        quorum=quorum,
        present=tuple(person for person in people if person in present),
        recused=tuple(person for person in people if person in recused),
        voting=voting,
        serving=serving,
        chair=leader,
        substituted=leader is not None and leader != leads_usually,
    )


def _serving(seats: Sequence[Seat], able: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Pair deputies with the members whose places stand empty, both in the order of seats."""
    members = dict.fromkeys(seat.member for seat in seats if seat.deputy_for is None)
    taken: dict[int, int] = {}
    for member in members:
        if member in able:
            continue
        for seat in seats:
            free = seat.member in able and seat.member not in taken and seat.member not in members
            if seat.deputy_for == member and free:
                taken[seat.member] = member
                break
    return tuple(taken.items())
