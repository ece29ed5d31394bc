"""Who is calling? Asks the records without ever waiting for them, and takes the operator's word over theirs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from app.call import Call
from app.guesses import Guess
from app.keeping import StatusBoard
from app.phone_number import PhoneNumber
from app.pop import (
    NO_NUMBER,
    SEARCHING,
    Candidate,
    CustomerFacts,
    DatabaseUnavailable,
    Found,
    Pop,
    PopState,
    Trouble,
)
from app.records import Records

FRAME_MS = 12
LIMIT_MS = 300
GUESS_MS = 1_000  # what a server may take over a question for a ring; the number is on the screen meanwhile

Later = Callable[[int, Callable[[], object]], object]


class Answers(Protocol):
    """The desk's ear for answers. `late`: a frame has gone by; `unanswered`: they failed or take too long."""

    def matched(self, call: Call, at_ns: int) -> None: ...
    def late(self, call: Call) -> None: ...
    def unanswered(self, call: Call) -> None: ...
    def opened_another(self, call: Call) -> None: ...


@dataclass(slots=True, eq=False)
class _Question:
    """Whose is this number of this call? `is_answered`: by the records, whatever else is asked of them."""

    call: Call
    number: PhoneNumber
    is_answered: bool = False

    @property
    def is_asked_still(self) -> bool:
        return self.call.ring.number is self.number  # else it was transferred meanwhile

    @property
    def is_open(self) -> bool:
        return self.call.pop is SEARCHING and self.is_asked_still

    @property
    def is_overdue(self) -> bool:
        return self.is_open and not self.is_answered


class WhoIsIt:
    """Look-ups for the calls of one desk. `later(ms, fn)` runs `fn` in the desk's thread."""

    def __init__(self, records: Records, answers: Answers, board: StatusBoard, later: Later) -> None:
        self._records = records
        self._answers = answers
        self._board = board
        self._later = later

    def ask(self, call: Call) -> None:
        """Look the number up; `late` after a frame, after the limit this desk's copy, or FAILED if there is none.

        The card is taken even if it comes later still.
        """
        question = self._find(call)
        limit = FRAME_MS if self._records.is_doubtful else LIMIT_MS
        self._later(FRAME_MS, lambda: self._answers.late(call) if question.is_open else None)
        self._later(limit, lambda: self._overdue(question) if question.is_overdue else None)

    def ask_again(self, call: Call) -> None:
        """The operator asks to try once more, or a draft came back."""
        call.pop = SEARCHING
        if call.opened_id is None:
            self._find(call)
        else:
            self.open(call, call.opened_id)

    def choose(self, call: Call, customer_id: int) -> None:
        """The operator says who it is: a candidate, one found by search, or one just entered."""
        call.is_chosen, call.chosen_for = True, call.ring.number.key
        self.open(call, customer_id)

    def refresh(self, call: Call) -> None:
        """The records are back: what stands here comes from this desk's copy, or nobody could say anything."""
        if call.is_chosen and call.opened_id is not None:
            self.open(call, call.opened_id)
        elif call.pop.copied is not None or call.pop.state is PopState.FAILED or call.pop.unsearched is not None:
            self._find(call)

    def open(self, call: Call, customer_id: int) -> None:
        """Show this customer's card."""
        before, call.opened_id = call.opened_id, customer_id
        self._records.open_customer(
            customer_id,
            lambda pop: self._opened(call, customer_id, pop),
            lambda error: self._not_opened(call, customer_id, before, error),
        )

    def show(self, call: Call, entered: Pop) -> None:
        """The card of what the operator has just entered and the records do not take yet."""
        assert entered.facts is not None
        call.is_chosen, call.chosen_for = True, call.ring.number.key
        call.opened_id = entered.facts.customer.customer_id
        call.pop = replace(entered, candidates=call.pop.candidates)
        self._answers.opened_another(call)

    def sent(self, call: Call) -> None:
        """What was entered may be in the records: their card in place of this desk's."""
        customer_id = call.opened_id
        if call.pop.unsent is not None and customer_id is not None:
            self._records.open_customer(
                customer_id,
                lambda pop: self._opened(call, customer_id, pop) if pop.unsent is None else None,
                lambda _unavailable: None,  # it stands there, and is asked for again
            )

    def close(self, call: Call) -> None:
        """It is not this customer after all."""
        call.opened_id, call.is_chosen, call.chosen_for = None, False, ""
        nobody = Pop(PopState.NOBODY) if call.ring.number.key else NO_NUMBER
        call.pop = Pop(PopState.CHOICE, call.pop.candidates) if call.pop.candidates else nobody
        self._answers.opened_another(call)

    def _find(self, call: Call) -> _Question:
        question = _Question(call, call.ring.number)
        self._records.find_pop(
            call.ring,
            lambda found: self._found(question, found),
            lambda error: self._not_found(question, error),
        )
        return question

    def _overdue(self, question: _Question) -> None:
        self._records.doubt()
        self._find_copy(question, DatabaseUnavailable(Trouble.LOCKED))

    def _find_copy(self, question: _Question, why: DatabaseUnavailable) -> None:
        def found(copy: Found) -> None:
            if question.is_overdue:
                self._found(question, copy)

        def none(_error: Exception) -> None:
            if question.is_overdue:
                self._failed(question.call, why)

        if self._records.has_copy:
            self._records.find_copy(question.call.ring, found, none)
        else:
            none(why)

    def _found(self, question: _Question, found: Found) -> None:
        question.is_answered = True
        self._told_by(found.pop)
        if found.asks_more and question.is_asked_still:
            self._guess(question, found.pop)
        else:
            self._take(question, found)

    def _guess(self, question: _Question, known: Pop) -> None:
        """Nobody has the number. Who else may be meant is waited for, but not for ever: then it is nobody."""
        guess = Guess(question.call.ring, known, lambda found: self._take(question, found))
        self._records.guess(guess)
        self._later(GUESS_MS, lambda: self._records.give_up(guess))

    def _take(self, question: _Question, found: Found) -> None:
        call = question.call
        if not question.is_asked_still:  # the answer is about somebody else
            return
        if call.opened_id is None or (call.pop.copied is not None and not call.is_chosen):
            call.pop = found.pop
            call.opened_id = found.pop.facts.customer.customer_id if found.pop.facts else None
        elif call.pop.facts is not None:  # the operator was quicker: others are only offered
            call.pop = replace(call.pop, candidates=found.pop.candidates)
        self._answers.matched(call, found.at_ns)

    def _not_found(self, question: _Question, error: Exception) -> None:
        call = question.call
        if isinstance(error, DatabaseUnavailable) and question.is_overdue:
            self._find_copy(question, error)
        elif question.is_asked_still and call.pop.facts is None:
            self._failed(call, error)
        else:
            self._board.records_failed(error)

    def _told_by(self, pop: Pop) -> None:
        """A copy says nothing of the records but that they do not answer."""
        if pop.copied is None:
            self._board.records_work()
        elif pop.trouble is not None:
            self._board.records_failed(DatabaseUnavailable(pop.trouble))

    def _opened(self, call: Call, customer_id: int, pop: Pop) -> None:
        self._told_by(pop)
        if call.opened_id == customer_id:  # else the operator has thought better of it meanwhile
            call.pop = replace(pop, candidates=_as_known(call.pop.candidates, customer_id, pop.facts))
            if customer_id < 0 and pop.facts is not None:
                call.opened_id = pop.facts.customer.customer_id
            self._answers.opened_another(call)

    def _not_opened(self, call: Call, customer_id: int, before: int | None, error: Exception) -> None:
        if call.opened_id == customer_id:  # a card that was never seen is nobody's
            call.opened_id = before
            self._failed(call, error)
        else:
            self._board.records_failed(error)

    def _failed(self, call: Call, error: Exception) -> None:
        self._board.records_failed(error)
        assert isinstance(error, DatabaseUnavailable)  # records_failed has raised all others
        self._no_answer(call, error.reason)

    def _no_answer(self, call: Call, trouble: Trouble) -> None:
        call.pop = Pop(PopState.FAILED, call.pop.candidates, trouble=trouble)
        self._answers.unanswered(call)


def _as_known(
    candidates: tuple[Candidate, ...], customer_id: int, facts: CustomerFacts | None
) -> tuple[Candidate, ...]:
    """Whom this desk has entered has the records' key and number now."""
    if customer_id >= 0 or facts is None:
        return candidates
    known = facts.customer
    told = {"customer_id": known.customer_id, "customer_no": known.customer_no}
    return tuple([replace(one, **told) if one.customer_id == customer_id else one for one in candidates])  # type: ignore[arg-type]
