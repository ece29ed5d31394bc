"""Dialling from the screen: what is asked before, who must not be called, and the card of the call that goes out.

One number at a time: whoever clicks on another one means that one. The call itself is told by the source that makes it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from app.call import Call
from app.calls import Calls
from app.dial_rules import Ask, Dialled, to_dial
from app.keeping import StatusBoard
from app.phone_number import e164_int
from app.place import Place
from app.records import Records
from app.telephone import Telephone
from cti.control import Cannot, Done
from cti.events import CallEvent, CallOffered, Direction
from db.consents import PhoneRefusal, phone_refusals

__all__ = ["Ask", "Cannot", "DialNow", "DialState", "Dialling", "PhoneRefusal", "Wish"]

RECORDS_MS = 1_500  # what the records may take to say who refuses; then the operator is asked
GIVEN_UP_MS = 8_000  # a source has five seconds; then nobody waits for it


class DialState(StrEnum):
    """Where a wish stands."""

    CHECKING = "checking"  # the records are asked whether the customer refuses calls
    ASKING = "asking"  # the operator is
    REFUSED = "refused"  # by the customer
    NOT_A_NUMBER = "not_a_number"
    DIALLING = "dialling"  # the order is on its way
    FAILED = "failed"
    GONE_OUT = "gone_out"  # the source has taken it: its card comes, or has come


@dataclass(frozen=True, slots=True)
class Wish:
    """Something to dial as it was clicked, typed, selected or linked, and the customer on whose card that was."""

    text: str
    customer_id: int | None = None


@dataclass(frozen=True, slots=True)
class DialNow:
    """All that a window needs to draw of the wish."""

    wish: Wish
    dialled: Dialled
    state: DialState
    asks: tuple[Ask, ...] = ()
    refusal: PhoneRefusal | None = None
    why: Cannot | None = None
    detail: str = ""
    rings_first: bool = True  # the operator's own telephone, which he lifts

    @property
    def can_go_on(self) -> bool:
        """Whether the operator may say: dial."""
        return self.state in (DialState.ASKING, DialState.FAILED)


class DiallingDesk(Protocol):
    """What this needs of the desk."""

    calls: Calls
    board: StatusBoard

    def choose(self, call_id: UUID, customer_id: int) -> None:
        """The operator says who it is."""

    def select(self, call_id: UUID) -> None:
        """The operator wants this card."""


@dataclass(slots=True)
class _Sent:
    """What was ordered: the source's events may come before its answer."""

    source: str
    wish: Wish
    source_id: str = ""
    came: list[CallOffered] = field(default_factory=list)


class Dialling:
    """`changed` are told, in the desk's thread, how the wish stands; None: there is none any more."""

    def __init__(self, desk: DiallingDesk, records: Records, place: Place, telephone: Telephone) -> None:
        self._desk, self._records, self._place, self.telephone = desk, records, place, telephone
        self.now: DialNow | None = None
        self.changed: list[Callable[[DialNow | None], object]] = []
        self._sent: _Sent | None = None

    def wish(self, wish: Wish) -> None:
        """Dial it, unless something speaks against it."""
        dialled = to_dial(wish.text, self._place.lines)
        now = DialNow(wish, dialled, DialState.CHECKING, dialled.asks)
        if not dialled.digits:
            self._tell(replace(now, state=DialState.NOT_A_NUMBER))
        elif (why := self.telephone.cannot_dial) is not None:
            self._tell(replace(now, state=DialState.FAILED, why=why))
        else:
            self._check(now)

    def go_on(self) -> None:
        """The operator has been asked, and says: dial. After a failure all is looked at again."""
        now = self.now
        if now is None or not now.can_go_on:
            return
        if now.state is DialState.FAILED:
            self.wish(now.wish)
        else:
            self._dial(now)

    def leave(self) -> None:
        """The operator says no, or has read it."""
        self._tell(None)

    def heard(self, event: CallEvent) -> None:
        """The desk has heard this: it may be the call that was ordered."""
        sent = self._sent
        if sent is None or not isinstance(event, CallOffered) or event.direction is not Direction.OUT:
            return
        if event.source == sent.source:
            sent.came.append(event)
            self._find_card(sent)

    def _check(self, now: DialNow) -> None:
        self._tell(now)
        number, customer_id, at = now.dialled.number, now.wish.customer_id, self._place.clock.now()

        def job(connection: Any, _waiting: object) -> Sequence[PhoneRefusal]:
            return phone_refusals(connection, e164_int(number.key), customer_id, at)

        def failed(error: Exception) -> None:
            self._desk.board.records_failed(error)
            self._checked(now, None)

        self._records.ask(job, lambda told: self._checked(now, told), failed)
        self._place.later(RECORDS_MS, lambda: self._checked(now, None))

    def _checked(self, now: DialNow, told: Sequence[PhoneRefusal] | None) -> None:
        """`told` is None where the records do not say."""
        if self.now is not now:
            return
        refusals = self._seen(now.wish) if told is None else told
        refusal = next((one for one in refusals if self._is_about(one, now.dialled)), None)
        asks = now.asks if told is not None else (*now.asks, Ask.UNCHECKED)
        if refusal is not None:
            self._tell(replace(now, state=DialState.REFUSED, refusal=refusal))
        elif asks:
            self._tell(replace(now, state=DialState.ASKING, asks=asks))
        else:
            self._dial(now)

    def _seen(self, wish: Wish) -> list[PhoneRefusal]:
        """What the cards on the desk say of the customer: they may be this PC's own copy."""
        return [
            PhoneRefusal(
                call.opened_id, call.pop.facts.customer.name, one.contact_point, one.purpose, one.status, one.at
            )
            for call in self._desk.calls
            if call.pop.facts is not None and call.opened_id is not None and call.opened_id == wish.customer_id
            for one in call.pop.facts.refusals
            if one.channel == "phone"
        ]  # fmt: skip

    def _is_about(self, refusal: PhoneRefusal, dialled: Dialled) -> bool:
        """Whether it is about this number, or about all of the customer's."""
        point = to_dial(refusal.contact_point, self._place.lines)
        return not refusal.contact_point or point.digits == dialled.digits

    def _dial(self, now: DialNow) -> None:
        source = self.telephone.dials_with
        if source is None or (why := self.telephone.cannot_dial) is not None:
            why = Cannot.NOT_THIS_SOURCE if source is None else why
            self._tell(replace(now, state=DialState.FAILED, why=why))
            return
        going = replace(now, state=DialState.DIALLING)
        self._sent = sent = _Sent(source, now.wish)
        self._tell(going)
        self.telephone.dial(now.dialled.digits, lambda done: self._done(going, sent, done))
        self._place.later(GIVEN_UP_MS, lambda: self._done(going, sent, Done(failed=Cannot.NOT_CONNECTED)))

    def _done(self, now: DialNow, sent: _Sent, done: Done) -> None:
        if self._sent is sent and done.failed is None:
            sent.source_id = done.source_id
            self._find_card(sent)
        if self.now is now:
            failed = replace(now, state=DialState.FAILED, why=done.failed, detail=done.detail)
            gone = replace(now, state=DialState.GONE_OUT, rings_first=done.rings_first)
            self._tell(failed if done.failed is not None else gone)
            self._place.later(GIVEN_UP_MS, partial(self._leave, self.now))

    def _leave(self, seen: DialNow) -> None:
        """It has been read; a failure stays until somebody says so."""
        if self.now is seen and seen.state is DialState.GONE_OUT:
            self.leave()

    def _find_card(self, sent: _Sent) -> None:
        """The call that was ordered comes to the card, with the customer from whose card it was dialled."""
        ours = next((one for one in sent.came if one.source_id == sent.source_id and sent.source_id), None)
        call = self._desk.calls.by_source(ours.source, ours.source_id) if ours is not None else None
        if call is None:
            return
        self._sent = None
        self._desk.select(call.id)
        self._open(call, sent.wish.customer_id)
        if self.now is not None and self.now.wish is sent.wish:
            self._tell(None)

    def _open(self, call: Call, customer_id: int | None) -> None:
        if customer_id is not None and call.opened_id != customer_id:
            self._desk.choose(call.id, customer_id)

    def _tell(self, now: DialNow | None) -> None:
        self.now = now
        for tell in list(self.changed):
            tell(now)
