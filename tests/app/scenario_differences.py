"""What the protocols force a source to tell otherwise than the PBX's own events do, each with its reason.

A difference that has no reason here, or two, fails the test of docs/scenarios.md; so does a reason that nothing needs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from string import ascii_lowercase

from tests.app.recorded_outcomes import FIELDS, Logged, Where, Witness

SIP, DIALOGS = Witness.SIP, Witness.DIALOGS
BOTH = frozenset({SIP, DIALOGS})
ABSENT = "no call"


@dataclass(frozen=True, slots=True)
class Difference:
    """In a field of `of`, the call as the best witness has it, and of `other`, as another does; None if he has none."""

    witness: Witness
    where: Where
    field: str
    of: Logged
    other: Logged | None

    @property
    def best(self) -> object:
        return None if self.other is None else getattr(self.of, self.field)

    @property
    def told(self) -> object:
        return None if self.other is None else getattr(self.other, self.field)

    @property
    def other_outcome(self) -> str:
        return ABSENT if self.other is None else self.other.outcome


@dataclass(frozen=True, slots=True)
class Reason:
    """Sentence and what it covers."""

    text: str
    witnesses: frozenset[Witness]
    covers: Callable[[Difference], bool]


def differences(witness: Witness, where: Where, best: Sequence[Logged], told: Sequence[Logged]) -> Iterator[Difference]:
    """Call by call, in the order in which they rang."""
    assert len(told) <= len(best), f"{witness} tells of a call at {where} that was none"
    for one, other in zip_longest(best, told):
        if other is None:
            yield Difference(witness, where, ABSENT, one, None)
            continue
        for field in FIELDS:
            if getattr(one, field) != getattr(other, field):
                yield Difference(witness, where, field, one, other)


def _changes(field: str, best: object, told: object) -> Callable[[Difference], bool]:
    return lambda one: (one.field, one.best, one.told) == (field, best, told)


def _at(*scenarios: str) -> Callable[[Difference], bool]:
    return lambda one: one.where.scenario in scenarios


def _is_a_colleagues_taken_for(outcome: str) -> Callable[[Difference], bool]:
    return lambda one: (one.of.outcome, one.other_outcome) == ("elsewhere", outcome) and one.field in _ANSWER


_ANSWER = ("outcome", "by", "why")


PICKED_UP = "picked-up-by-203"
ATTENDED = ("attended-transfer-feature", "attended-transfer-refer-replaces")
DECLINED = ("listener-declines-480", "listener-declines-486", "listener-declines-603")
SECOND = ("second-call-while-talking", "second-call-while-talking-early-inuse")

REASONS = (
    Reason(
        "To its second phone the PBX says only that somebody has answered, not who: what a colleague answered looks "
        "like one's own call until the operator presses *Not mine*.",
        frozenset({SIP}),
        lambda one: (
            (one.field == "by" and one.of.outcome == one.other_outcome) or _is_a_colleagues_taken_for("answered")(one)
        ),
    ),
    Reason(
        "A second phone is out of the call once somebody has answered, so it never hears when the talk ended.",
        frozenset({SIP}),
        lambda one: _changes("why", "hung_up", "")(one) and one.other_outcome == "answered",
    ),
    Reason(
        "A dialog event says that the desk phone has stopped ringing and not why: what a colleague answered looks "
        "missed, and a rejected call or one that rang for too long looks given up.",
        frozenset({DIALOGS}),
        lambda one: (
            _is_a_colleagues_taken_for("missed")(one) or (one.field == "why" and one.best in {"busy", "timed_out"})
        ),
    ),
    Reason(
        "Ringing that the PBX stops when the time is over is cancelled in the same words as by a caller who gives up.",
        frozenset({SIP}),
        _changes("why", "timed_out", "cancelled"),
    ),
    Reason(
        "A call that a colleague picks up with \\*8 ends at the second phone now as answered, now in the words of a "
        "caller who gave up: the PBX takes it from one of the phones by chance.",
        frozenset({SIP}),
        _is_a_colleagues_taken_for("missed"),
    ),
    Reason(
        "Neither an INVITE nor a dialog event has a place for the queue and how long the caller waited in it.",
        BOTH,
        lambda one: one.field == "queue" and not one.told,
    ),
    Reason(
        "A dialog event names the extension that rings, not the number that was dialled, nor who forwarded the call.",
        frozenset({DIALOGS}),
        lambda one: one.field in {"dialled", "forwarded_by"} and not one.told,
    ),
    Reason(
        "An INVITE has the dialled number only in a header that the dial plan adds; here it adds none for the ring "
        "group, nor where a queue rings the phones directly.",
        frozenset({SIP}),
        lambda one: one.field == "dialled" and not one.told,
    ),
    Reason(
        "That header has what the caller dialled first, here a colleague's extension; by the PBX's events an extension "
        "is not taken for a line.",
        frozenset({SIP}),
        lambda one: one.where.scenario == "blind-transfer" and one.field == "dialled" and bool(one.told),
    ),
    Reason(
        "The PBX tells its other phones nothing of a call on hold.",
        BOTH,
        lambda one: one.field == "was_held",
    ),
    Reason(
        "After a transfer with a consultation the PBX tells only the phone that talks who its caller is now; others "
        "have heard of the colleague and no more.",
        BOTH,
        lambda one: one.where.scenario in ATTENDED and one.field in {"direction", "who", "name"},
    ),
    Reason(
        "What the desk phone dials rings no other phone and is no dialog event of ringing: such calls are seen by the "
        "PBX's events alone.",
        BOTH,
        lambda one: one.field == ABSENT and one.of.direction == "out",
    ),
    Reason(
        "Who picks a call up has never rung for it: the PBX tells his other phones and watchers nothing of the caller.",
        BOTH,
        lambda one: one.field == ABSENT and one.where == Where(PICKED_UP, "203"),
    ),
    Reason(
        "Dialog events come a little later than calls: one that was answered before the first event came was never "
        "seen ringing.",
        frozenset({DIALOGS}),
        lambda one: one.field == ABSENT and one.where == Where(ATTENDED[1], "207") and one.of.direction == "in",
    ),
    Reason(
        "Asterisk has one dialog event for all calls of an extension: while it talks, a second caller is not told, or "
        "with `notify_early_inuse_ringing` told without what became of him.",
        frozenset({DIALOGS}),
        lambda one: one.where.scenario in SECOND and one.of.name == "Second",
    ),
    Reason(
        "Where a queue rings `PJSIP/201` and not each of its phones, the PBX chooses one of them by chance: here the "
        "desk phone rang and the second phone did not. It can also be the other way round.",
        frozenset({SIP}),
        lambda one: one.where.scenario == "queue-direct-members" and one.field == ABSENT,
    ),
    Reason(
        "Recorded by a second phone that refused the call. Omote never does; who has refused hears no more.",
        frozenset({SIP}),
        _at(*DECLINED),
    ),
)


LETTERS = ascii_lowercase[: len(REASONS)]


def reason_of(one: Difference) -> str:
    """Its letter, in the order of REASONS."""
    lettered = zip(LETTERS, REASONS, strict=True)
    found = [letter for letter, reason in lettered if one.witness in reason.witnesses and reason.covers(one)]
    assert len(found) == 1, f"{len(found)} reasons {found} for {one}"
    return found[0]
