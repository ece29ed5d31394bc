"""How long what is kept, by the rules of the house: what is due, and its removal. Waits for the records.

Raises UserError or DatabaseUnavailable.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.audit.signature import AuditAction, Signature
from app.person.here import Cleaned
from app.words import _, ngettext
from db.audit.chain import append
from db.engine import reading, writing
from db.person.erase import Asked
from db.person.erasing import NotErased, erase_person, overwrite
from db.person.retention import (
    BEGINNING,
    Rule,
    Subject,
    clear_calls,
    clear_notes,
    clear_reviews,
    drop,
    due,
    due_customers,
    rules,
    settle,
)

__all__ = ["Due", "Keeping", "Rule", "Subject", "rule_words", "subject_words"]

_CLEARS: dict[Subject, Callable[[Any, Any, UUID], tuple[int, UUID]]] = {
    Subject.CALLS: clear_calls,
    Subject.NOTES: clear_notes,
    Subject.REVIEWS: clear_reviews,
}


@dataclass(frozen=True, slots=True)
class Due:
    """A rule, and how many it makes go."""

    rule: Rule
    count: int


class Keeping:
    """`clean` takes who is gone out of this PC's files."""

    def __init__(self, engine: Any, by: Callable[[], Signature], clean: Callable[[], Cleaned]) -> None:
        self._engine, self._by, self._clean = engine, by, clean
        self._is_ending = False

    def stop(self) -> None:
        """What is not removed by now stays until the next time."""
        self._is_ending = True

    def due(self) -> tuple[Due, ...]:
        """What the rules would remove now; nothing is changed."""
        now = self._by().clock.now()
        with reading(self._engine) as connection:
            return tuple([Due(rule, due(connection, rule, now)) for rule in rules(connection)])

    def settle(self, rule: Rule) -> None:
        """This one in place of another about the same."""
        entry = self._by().entry(AuditAction.RULE_CHANGED, what=rule.subject.value, days=rule.keep_days)
        with writing(self._engine) as connection:
            settle(connection, rule)
            append(connection, entry)

    def drop(self, subject: Subject) -> bool:
        """Keep it without an end; whether there was a rule."""
        with writing(self._engine) as connection:
            was_there = drop(connection, subject)
            if was_there:
                append(connection, self._by().entry(AuditAction.RULE_CHANGED, what=subject.value))
        return was_there

    def run(self, heard: Callable[[Due], object] = lambda _done: None) -> tuple[Due, ...]:
        """Remove what is due, rule by rule; `heard` is told of each with how many went."""
        with reading(self._engine) as connection:
            found = rules(connection)
        done = []
        for rule in found:
            done.append(Due(rule, self._remove(rule)))
            heard(done[-1])
        if any(one.count for one in done):
            overwrite(self._engine)
            self._clean()
        return tuple(done)

    def _remove(self, rule: Rule) -> int:
        """In slices, so that desks go on working; the entry of each slice is in its transaction."""
        by = self._by()
        now, count, last = by.clock.now(), 0, BEGINNING
        if rule.subject is Subject.CUSTOMERS:
            return self._erase_silent(rule, by)
        done, last = self._slice(rule, by, now, last)
        while done and not self._is_ending:
            count += done
            done, last = self._slice(rule, by, now, last)
        return count

    def _slice(self, rule: Rule, by: Signature, now: Any, last: UUID) -> tuple[int, UUID]:
        with writing(self._engine) as connection:
            done, last = _CLEARS[rule.subject](connection, rule.before(now), last)
            if done:
                entry = by.entry(AuditAction.RETENTION, what=rule.subject.value, rows=done, days=rule.keep_days)
                append(connection, entry)
        return done, last

    def _erase_silent(self, rule: Rule, by: Signature) -> int:
        """One by one, each with its own entry; whom a call or a hold has saved meanwhile stays."""
        now, count, tried = by.clock.now(), 0, set[str]()
        while numbers := [one for one in self._next_silent(rule, now) if one not in tried]:
            for number in numbers:
                tried.add(number)
                if self._is_ending:
                    return count
                asked = Asked(by.clock.new_id(), by.operator, now, rule.reason or "retention")
                entry = by.entry(AuditAction.ERASED, "customer", request=str(asked.id), how="retention")
                try:
                    erase_person(self._engine, number, asked, entry)
                except NotErased:
                    continue
                count += 1
        return count

    def _next_silent(self, rule: Rule, now: Any) -> list[str]:
        with reading(self._engine) as connection:
            return due_customers(connection, rule.before(now))


def rule_words(rule: Rule) -> str:
    """What is kept how long, and why."""
    words = ngettext("{what}: kept for {n} day", "{what}: kept for {n} days", rule.keep_days)
    told = words.format(what=subject_words(rule.subject), n=f"{rule.keep_days:,}")
    return f"{told} ({rule.reason})." if rule.reason else f"{told}."


def subject_words(subject: Subject) -> str:
    """What a rule is about."""
    return {
        Subject.CALLS: _("Number and name of calls that belong to no customer"),
        Subject.NOTES: _("Words of notes and contacts"),
        Subject.REVIEWS: _("Words of reviews and replies"),
        Subject.CUSTOMERS: _("Customers who have not been heard of"),
    }[subject]
