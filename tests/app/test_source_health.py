"""A source that says it is well and gives no sign of life would not see a call; a silence that is longer than usual."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from app.diagnosis.program import Whole, check_whole
from app.requests import status_answer, status_of
from app.screen import Silence, SourceStatus, Status
from app.silence import ASK_EVERY, LOOK_MS, SHORTEST, usual_of
from app.source_words import silence_words, state_words
from cti.events import SourceChanged, SourceHeard, SourceState
from tests.app.desk_at_work import NOW, DeskAtWork, offered

DUE = timedelta(seconds=20)
MINUTE = timedelta(minutes=1)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"


def state(state: SourceState, seconds: float = 0) -> SourceChanged:
    return SourceChanged("desk phone", state, "", later(seconds))


def sign(seconds: float, within: timedelta | None = DUE) -> SourceHeard:
    return SourceHeard("desk phone", later(seconds), within)


def looked_at(desk: DeskAtWork, seconds: float) -> SourceStatus:
    """The source's state when the desk looks at it then."""
    desk.time.now = later(seconds)
    desk.wait(LOOK_MS)
    (source,) = desk.desk.board.status.sources
    return source


@pytest.fixture
def watched(desk: DeskAtWork) -> DeskAtWork:
    """A desk that looks after its one source."""
    desk.hear(state(SourceState.REGISTERED))
    desk.desk.quiet.begin()
    return desk


def test_a_source_that_owes_two_signs_of_life_sees_no_calls_since_the_last(watched: DeskAtWork) -> None:
    watched.hear(sign(60))
    assert looked_at(watched, 95).hears_calls
    late = looked_at(watched, 101)
    assert (late.hears_calls, late.blind_since, late.state) == (False, later(60), SourceState.REGISTERED)
    assert state_words(late) == f"no sign of life: a call since {clock(later(60))} would not have been seen"
    assert watched.screen.statuses[-1].sources == (late,), "it stands on the screen"


def test_the_next_sign_of_life_ends_it(watched: DeskAtWork) -> None:
    watched.hear(sign(60))
    looked_at(watched, 101)
    watched.hear(sign(110))
    assert watched.screen.statuses[-1].sources[0].hears_calls
    assert looked_at(watched, 120).hears_calls


@pytest.mark.parametrize("signs", [[], [sign(60, None)]], ids=["none yet", "as it comes"])
def test_a_source_that_owes_no_signs_of_life_is_believed(watched: DeskAtWork, signs: Sequence[SourceHeard]) -> None:
    watched.hear(*signs)
    assert looked_at(watched, 86_400).hears_calls


def test_what_it_says_itself_counts_from_the_last_sign_of_life_and_through_all_its_troubles(
    watched: DeskAtWork,
) -> None:
    watched.hear(sign(60), state(SourceState.UNREACHABLE, 150), state(SourceState.UNTRUSTED, 300))
    (source,) = watched.desk.board.status.sources
    assert (source.since, source.blind_since) == (later(300), later(60))
    assert state_words(source).endswith(f"not seen (a call since {clock(later(60))} would not have been seen)")
    watched.hear(sign(310))
    assert watched.desk.board.status.sources[0].blind_since == later(60), (
        "a PBX that lives and refuses us tells nothing"
    )
    watched.hear(state(SourceState.REGISTERED, 320))
    assert watched.desk.board.status.sources[0].hears_calls


def test_a_source_without_signs_is_blind_since_it_says_so(watched: DeskAtWork) -> None:
    watched.hear(state(SourceState.UNREACHABLE, 90))
    (source,) = watched.desk.board.status.sources
    assert source.blind_since == later(90)
    assert "would not" not in state_words(source), "that is what its state says"


def test_diagnose_is_told_what_the_running_program_knows() -> None:
    blind = SourceStatus("desk phone", SourceState.REGISTERED, "192.0.2.10", NOW, blind_since=later(60))
    status = Status(sources=(blind,), silence=Silence(NOW, 9))
    told = status_of(status_answer(status))
    assert told == status
    found = {check.name: check.finding for check in check_whole(Whole("x", True, running=told))}  # type: ignore[arg-type]  # any path
    assert silence_words(Silence(NOW, 9)) in found["silence"].text
    assert "silence" not in {check.name for check in check_whole(Whole("x", True, running=Status()))}  # type: ignore[arg-type]  # any path


# --- silence


@pytest.fixture
def busy(watched: DeskAtWork) -> DeskAtWork:
    """A desk that has had eight calls in this hour of each of the last five weeks."""
    watched.empty_log()
    watched.hear(sign(0, None))
    for week in range(1, 6):
        for number in range(8):
            at = (NOW - timedelta(weeks=week)).timestamp() + number * 400
            after = at - NOW.timestamp()
            watched.hear(offered(f"0901234{week}{number:03}", f"w{week}c{number}", after=after))
    watched.wait(1000)
    return watched


def pass_quietly(desk: DeskAtWork, minutes: int) -> Silence | None:
    """What the states say after so many minutes without a call."""
    desk.time.now = NOW + minutes * MINUTE
    for _look in range(ASK_EVERY):
        desk.wait(LOOK_MS)
    return desk.desk.board.status.silence


def test_an_hour_without_a_call_where_eight_are_usual_is_said(busy: DeskAtWork) -> None:
    busy.desk.quiet.rang(NOW)
    silence = pass_quietly(busy, 60)
    assert silence == Silence(NOW, 8)
    assert silence_words(silence) == f"no call since {clock(NOW)}; usually about 8 come in this time"


def test_the_next_call_ends_it(busy: DeskAtWork) -> None:
    busy.desk.quiet.rang(NOW)
    assert pass_quietly(busy, 60) is not None
    busy.hear(offered(after=3_700))
    assert busy.screen.statuses[-1].silence is None


def test_a_short_silence_or_a_source_that_says_that_it_is_deaf_needs_no_hint(busy: DeskAtWork) -> None:
    busy.desk.quiet.rang(NOW)
    assert pass_quietly(busy, int(SHORTEST / MINUTE) - 1) is None
    busy.hear(state(SourceState.UNREACHABLE, 1_800))
    assert pass_quietly(busy, 60) is None


def test_another_operators_calls_are_not_this_desks_usual(busy: DeskAtWork) -> None:
    busy.desk.shift.change("ito")
    busy.desk.quiet.rang(NOW)
    assert pass_quietly(busy, 60) is None


@pytest.mark.parametrize(
    ("counts", "usual"),
    [((8, 7, 0, 9, 8, 8, 10, 8), 8), ((9, 9, 9, 0, 0, 0, 0, 0), 0), ((6, 0, 6, 0, 6, 0, 6, 0), 3), ((0,) * 8, 0)],
    ids=["a holiday between", "a new desk", "every other week", "never"],
)
def test_usual_is_what_most_weeks_bring(counts: tuple[int, ...], usual: int) -> None:
    assert usual_of(counts) == usual
