"""The live board in words: states with their signs, clocks, the figures of today with formula and n."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.figures.answering import service_level_formula
from app.figures.rules import Rules
from app.live.live_desk import Doing, LiveNow, Present, is_silent
from app.operator_state import OperatorState
from app.words import _
from ui import wording
from ui.operator_foot import state_words
from ui.rows import Tone

LONG_WAIT_S = 60


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with what it counts, a word beside it, and whether it calls for somebody."""

    title: str
    value: str
    beside: str = ""
    tone: Tone = Tone.PLAIN


def figures(now: LiveNow, at: datetime, rules: Rules) -> Sequence[Figure]:
    """What is happening first, then today so far."""
    today = now.today
    level = "—" if today.level is None else f"{today.level:.0%}"
    return (
        _waiting(now),
        _longest(now, at),
        Figure(
            _("Service level"), level,
            _("within {t} s · n = {n}").format(t=rules.in_time_seconds, n=f"{today.counted:,}"),
        ),
        Figure(_("Answered"), f"{today.answered:,}", _("today")),
        Figure(
            _("Abandoned"), f"{today.abandoned:,}",
            _("and {n} under {s} s").format(n=today.short, s=rules.short_seconds),
        ),
        _to_call_back(now),
    )  # fmt: skip


def formula(rules: Rules) -> str:
    """How the service level is reckoned."""
    told = service_level_formula(rules.service_level, rules.in_time_seconds)
    return _("{formula}. Calls since midnight; those abandoned in less than {s} s do not count.").format(
        formula=told, s=rules.short_seconds
    )


def whose(now: LiveNow) -> str:
    """What can be seen from here, and what can't."""
    if now.is_team:
        desks = _("Every desk that shares these records.")
    else:
        desks = _("The records are this PC's own: only its desk is seen here. A team's server shows all desks.")
    if now.sees_queues:
        queues = _("Who waits in the PBX's queues is counted, also while no desk rings.")
    else:
        queues = _("Who waits in the PBX while no desk rings is not seen.")
    return f"{desks} {queues}"


def doing(one: Present, at: datetime) -> tuple[str, Tone]:
    """The state in words; of a silent desk since when nothing has come."""
    if is_silent(one, at):
        return "? " + _("No sign since {when}").format(when=wording.clock_time(one.seen_at)), Tone.QUIET
    tone = {Doing.READY: Tone.GOOD, Doing.AFTER_CALL: Tone.WARNING, Doing.BREAK: Tone.BAD}.get(one.doing, Tone.PLAIN)
    return state_words(OperatorState(one.doing)), tone


def clock(one: Present, at: datetime) -> str:
    """For how long; nothing of a silent desk."""
    return "" if is_silent(one, at) else wording.duration(at - one.since)


def in_order(now: LiveNow, at: datetime) -> Sequence[Present]:
    """Who can take a call stands first, a silent desk last."""
    ranks = {one: rank for rank, one in enumerate((Doing.READY, Doing.AFTER_CALL, Doing.ON_CALL, Doing.BREAK))}
    return sorted(now.operators, key=lambda one: (is_silent(one, at), ranks[one.doing], one.since))


def _waiting(now: LiveNow) -> Figure:
    n = now.calls_waiting
    beside = " · ".join(one.where for one in now.waiting[:2] if one.where) if n else _("nobody waits")
    return Figure(_("Waiting"), ("▲ " if n else "") + f"{n:,}", beside, Tone.WARNING if n else Tone.PLAIN)


def _longest(now: LiveNow, at: datetime) -> Figure:
    since = now.waiting_since
    if since is None:
        return Figure(_("Longest wait"), "—", _("nobody waits"))
    is_long = (at - since).total_seconds() >= LONG_WAIT_S
    tone = Tone.BAD if is_long else Tone.WARNING
    since_words = _("since {when}").format(when=wording.clock_time(since))
    return Figure(_("Longest wait"), ("▲ " if is_long else "") + wording.duration(at - since), since_words, tone)


def _to_call_back(now: LiveNow) -> Figure:
    n = now.today.to_call_back
    return Figure(_("To call back"), f"{n:,}", _("missed today"), Tone.WARNING if n else Tone.PLAIN)
