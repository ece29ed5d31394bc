"""`omote retention …`: how long what is kept; says what is due, and with --yes removes it, audited."""

import argparse
from collections.abc import Callable
from typing import Any
from uuid import UUID

from app.audit.signature import AuditAction, Signature
from app.clock import Clock
from app.commands import say
from app.compose import open_records, operator_of
from app.errors import UserError
from app.paths import Profile
from app.person.here import clean_here, waiting_here
from app.settings import Settings
from app.trouble_words import user_error
from app.words import _, ngettext
from db.audit.chain import append
from db.engine import reading, writing
from db.errors import DatabaseUnavailable
from db.pace import Pace
from db.person.erase import Asked
from db.person.erasing import NotErased, erase_person
from db.person.gone import everybody_gone
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

_CLEARS: dict[Subject, Callable[[Any, Any, UUID], tuple[int, UUID]]] = {
    Subject.CALLS: clear_calls,
    Subject.NOTES: clear_notes,
    Subject.REVIEWS: clear_reviews,
}


def retention(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Raises UserError."""
    engine = open_records(profile, settings, pace=Pace.UNHURRIED)
    try:
        return _JOBS[args.action](args, engine, profile, settings)
    except DatabaseUnavailable as error:
        raise user_error(error) from error
    finally:
        engine.dispose()


def _set(args: argparse.Namespace, engine: Any, _profile: Profile, _settings: Settings) -> int:
    rule = Rule(Subject(args.subject), args.days, args.reason)
    with writing(engine) as connection:
        settle(connection, rule)
    say(_line(rule))
    return 0


def _drop(args: argparse.Namespace, engine: Any, _profile: Profile, _settings: Settings) -> int:
    with writing(engine) as connection:
        was_there = drop(connection, Subject(args.subject))
    say(_("That is kept without an end now.") if was_there else _("There was no such rule."))
    return 0


def _run(args: argparse.Namespace, engine: Any, profile: Profile, settings: Settings) -> int:
    """Without --yes a dry run."""
    by = Signature(operator_of(settings), Clock())
    with reading(engine) as connection:
        found = [(rule, due(connection, rule, by.clock.now())) for rule in rules(connection)]
    if not found:
        say(_("There are no rules: everything is kept. For example: omote retention set notes 1095"))
    for rule, count in found:
        say(f"{_line(rule)} " + ngettext("{n} is due.", "{n} are due.", count).format(n=f"{count:,}"))
    if not args.yes:
        if found:
            say(_("Nothing was done; --yes does it."))
        return 0
    if waiting_here(profile):
        raise UserError(_("Something waits here to be sent."), _("Start Omote, and try again once nothing waits."))
    for rule, _count in found:
        _remove(engine, rule, by)
    with reading(engine) as connection:
        gone = everybody_gone(connection)
    clean_here(profile, gone)
    return 0


def _remove(engine: Any, rule: Rule, by: Signature) -> None:
    """In slices, so that desks go on working; the entry of each slice is in its transaction."""
    now, count, last = by.clock.now(), 0, BEGINNING
    if rule.subject is Subject.CUSTOMERS:
        count = _erase_silent(engine, rule, by)
    else:
        done, last = _slice(engine, rule, by, now, last)
        while done:
            count += done
            done, last = _slice(engine, rule, by, now, last)
    say(_("{what}: {n} removed.").format(what=_what(rule.subject), n=f"{count:,}"))


def _slice(engine: Any, rule: Rule, by: Signature, now: Any, last: UUID) -> tuple[int, UUID]:
    with writing(engine) as connection:
        done, last = _CLEARS[rule.subject](connection, rule.before(now), last)
        if done:
            entry = by.entry(AuditAction.RETENTION, what=rule.subject.value, rows=done, days=rule.keep_days)
            append(connection, entry)
    return done, last


def _erase_silent(engine: Any, rule: Rule, by: Signature) -> int:
    """One by one, each with its own entry; whom a call or a hold has saved meanwhile stays."""
    now, count, tried = by.clock.now(), 0, set[str]()
    while numbers := [one for one in _next_silent(engine, rule, now) if one not in tried]:
        for number in numbers:
            tried.add(number)
            asked = Asked(by.clock.new_id(), by.operator, now, rule.reason or "retention")
            entry = by.entry(AuditAction.ERASED, "customer", request=str(asked.id), how="retention")
            try:
                erase_person(engine, number, asked, entry)
            except NotErased:
                continue
            count += 1
    return count


def _next_silent(engine: Any, rule: Rule, now: Any) -> list[str]:
    with reading(engine) as connection:
        return due_customers(connection, rule.before(now))


def _line(rule: Rule) -> str:
    words = ngettext("{what}: kept for {n} day", "{what}: kept for {n} days", rule.keep_days)
    told = words.format(what=_what(rule.subject), n=f"{rule.keep_days:,}")
    return f"{told} ({rule.reason})." if rule.reason else f"{told}."


def _what(subject: Subject) -> str:
    return {
        Subject.CALLS: _("Number and name of calls that belong to no customer"),
        Subject.NOTES: _("Words of notes and contacts"),
        Subject.REVIEWS: _("Words of reviews and answers"),
        Subject.CUSTOMERS: _("Customers who have not been heard of"),
    }[subject]


_JOBS: dict[str, Callable[[argparse.Namespace, Any, Profile, Settings], int]] = {
    "run": _run, "set": _set, "drop": _drop,
}  # fmt: skip
