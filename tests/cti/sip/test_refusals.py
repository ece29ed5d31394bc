"""How INVITEs that became no call are told: at once, then counted, whatever comes."""

from hypothesis import given
from hypothesis import strategies as st

from cti.events import NotOfferedBecause
from cti.sip.dialog import Refused
from cti.sip.refusals import MOST_KINDS, TOLD_EVERY, Refusals

STRANGER = NotOfferedBecause.STRANGER


def run_out(refusals: Refusals) -> None:
    while (at := refusals.get_timer()) is not None:
        refusals.handle_timer(at)


def test_first_is_told_at_once_and_the_rest_after_ten_seconds_as_a_count() -> None:
    told: list[Refused] = []
    refusals = Refusals(told.append)
    for at in range(5):
        refusals.note(STRANGER, "a", float(at))
    assert told == [Refused(STRANGER, "a", 1)]
    refusals.handle_timer(9.9)
    assert len(told) == 1
    refusals.handle_timer(10.0)
    assert told[1:] == [Refused(STRANGER, "a", 4)]
    run_out(refusals)
    assert len(told) == 2


def test_more_addresses_than_can_be_read_count_as_many() -> None:
    told: list[Refused] = []
    refusals = Refusals(told.append)
    for number in range(10_000):
        refusals.note(STRANGER, f"10.0.{number >> 8}.{number & 255}", 0.0)
    refusals.note(NotOfferedBecause.MALFORMED, "192.0.2.10", 0.0)
    assert len(told) == MOST_KINDS + 2
    run_out(refusals)
    assert told[-1] == Refused(STRANGER, "", 10_000 - MOST_KINDS - 1)


def test_nothing_counted_is_lost_when_nothing_more_will_come() -> None:
    told: list[Refused] = []
    refusals = Refusals(told.append)
    for _ in range(3):
        refusals.note(STRANGER, "a", 0.0)
    refusals.tell_rest()
    assert [one.count for one in told] == [1, 2]
    assert refusals.get_timer() is None


@given(
    st.lists(st.tuples(st.sampled_from(list(NotOfferedBecause)), st.integers(0, 60), st.floats(0.0, 5.0)), max_size=200)
)
def test_every_invite_is_told_of_once_and_no_kind_twice_within_ten_seconds(
    steps: list[tuple[NotOfferedBecause, int, float]],
) -> None:
    told: list[tuple[float, Refused]] = []
    now = 0.0
    refusals = Refusals(lambda one: told.append((now, one)))
    for because, peer, pause in steps:
        until = now + pause
        while (at := refusals.get_timer()) is not None and at <= until:
            now = at
            refusals.handle_timer(now)
        now = until
        refusals.note(because, str(peer), now)
    while (at := refusals.get_timer()) is not None:
        now = at
        refusals.handle_timer(now)
    assert sum(one.count for _, one in told) == len(steps)
    last: dict[tuple[NotOfferedBecause, str], float] = {}
    for at, one in told:
        assert at - last.get((one.because, one.peer), -TOLD_EVERY) >= TOLD_EVERY - 1e-6
        last[one.because, one.peer] = at
