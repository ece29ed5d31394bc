"""`omote person …`: hand out or erase what is kept of one person, hold it back, clean this PC of who was erased."""

import argparse
from collections.abc import Callable
from typing import Any

from app.audit.exports import audited
from app.audit.signature import AuditAction, Signature
from app.clock import Clock
from app.commands import say
from app.compose import open_records, operator_of
from app.errors import UserError
from app.exporting.command import export_one
from app.paths import Profile
from app.person.copy import PersonCopy, write_copy
from app.person.here import Cleaned, clean_here, waiting_here
from app.settings import Settings
from app.trouble_words import user_error
from app.words import _, ngettext
from db.backup import Backups
from db.engine import reading, writing
from db.errors import DatabaseUnavailable
from db.pace import Pace
from db.person.erase import Asked
from db.person.erasing import NotErased, Why, erase_person, look_at
from db.person.gone import Gone, everybody_gone
from db.person.holds import Hold, hold, lift
from db.person.whole import Person, person_of


def person(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Raises UserError; then nothing was done."""
    engine = open_records(profile, settings, pace=Pace.UNHURRIED)
    try:
        return _JOBS[args.action](args, engine, profile, settings)
    except DatabaseUnavailable as error:
        raise user_error(error) from error
    finally:
        engine.dispose()


def _export(args: argparse.Namespace, engine: Any, _profile: Profile, settings: Settings) -> int:
    """JSON holds every row; an Excel file is for reading."""
    found, by = _existing(engine, args.number), Signature(operator_of(settings))
    if args.file.suffix.lower() not in (".json", ".xlsx"):
        raise UserError(_("{path} is neither .json nor .xlsx.").format(path=args.file), _("Choose one of them."))
    told = {"what": "customer", "file": args.file.name}
    entry = by.entry(AuditAction.EXPORT_BEGUN, "customer", found.ids[0], **told)
    if args.file.suffix.lower() == ".xlsx":
        rows = audited(engine, entry, lambda: export_one(args.number, args.file, engine)).rows
    else:
        rows = audited(engine, entry, lambda: _copied(args, engine, found, by)).rows
    say(_("{rows} rows written to {path}.").format(rows=f"{rows:,}", path=args.file))
    return 0


def _copied(args: argparse.Namespace, engine: Any, found: Person, by: Signature) -> PersonCopy:
    with reading(engine) as connection:
        return write_copy(connection, found, args.file, by.clock.now())


def _erase(args: argparse.Namespace, engine: Any, profile: Profile, settings: Settings) -> int:
    """Without --yes it only says what would go."""
    _require_nothing_waits(profile)
    try:
        if not args.yes:
            _say_plan(look_at(engine, args.number))
            return 0
        by, clock = Signature(operator_of(settings)), Clock()
        asked = Asked(clock.new_id(), by.operator, clock.now(), args.reason)
        gone = erase_person(engine, args.number, asked, by.entry(AuditAction.ERASED, "customer", request=str(asked.id)))
    except NotErased as refused:
        raise _why_not(refused, args.number) from refused
    say(_("{number} was erased.").format(number=args.number))
    _say_cleaned(clean_here(profile, _of(gone)))
    _say_what_is_left(profile, settings)
    return 0


def _require_nothing_waits(profile: Profile) -> None:
    """What is sent later would bring back what is erased now."""
    if waiting := waiting_here(profile):
        words = ngettext("{n} entry waits here to be sent.", "{n} entries wait here to be sent.", waiting)
        raise UserError(
            words.format(n=waiting),
            _("Start Omote, and try again once nothing waits: it would bring back what is erased."),
        )


def _hold(args: argparse.Namespace, engine: Any, _profile: Profile, settings: Settings) -> int:
    found, by = _existing(engine, args.number), Signature(operator_of(settings))
    with writing(engine) as connection:
        hold(connection, found, Hold(args.reason, by.operator, by.clock.now()))
    say(_("{number} is held: it can't be erased until the hold is lifted.").format(number=args.number))
    return 0


def _release(args: argparse.Namespace, engine: Any, _profile: Profile, _settings: Settings) -> int:
    found = _existing(engine, args.number)
    with writing(engine) as connection:
        lifted = lift(connection, found, Clock().now())
    words = ngettext("{n} hold on {number} was lifted.", "{n} holds on {number} were lifted.", lifted)
    say(words.format(n=lifted, number=args.number))
    return 0


def _clean(_args: argparse.Namespace, engine: Any, profile: Profile, _settings: Settings) -> int:
    with reading(engine) as connection:
        gone = everybody_gone(connection)
    _say_cleaned(clean_here(profile, gone))
    return 0


def _existing(engine: Any, customer_no: str) -> Person:
    with reading(engine) as connection:
        found = person_of(connection, customer_no)
    if found is None:
        raise _why_not(NotErased(Why.NOBODY), customer_no)
    return found


def _of(gone: Person) -> Gone:
    calls, numbers = (str(key) for key in gone.keys["call"]), (f"+{one}" for one in gone.alone)
    return Gone(frozenset(gone.ids), frozenset(calls), frozenset(numbers))


def _why_not(refused: NotErased, number: str) -> UserError:
    if refused.why is Why.MERGED:
        what = _("{number} was merged into {other}.").format(number=number, other=refused.detail)
        return UserError(what, _("Erase {other}: both go.").format(other=refused.detail))
    if refused.why is Why.HELD:
        what = _("{number} is held: {reason}").format(number=number, reason=refused.detail)
        return UserError(what, _("Once nothing stands against it: omote person release {number}").format(number=number))
    if refused.why is Why.ERASED:
        return UserError(_("{number} was erased already.").format(number=number), _("There is nothing to do."))
    return UserError(
        _("No customer has the number {number}.").format(number=number), _("Look the number up in the window.")
    )


def _say_plan(found: Person) -> None:
    say(_("{number} would be erased (nothing was done; --yes does it):").format(number=found.customer_no))
    counts = {name: len(keys) for name, keys in found.keys.items()}
    lines = (
        (_("customers merged into it: {n}"), len(found.ids) - 1),
        (_("telephone numbers that go: {n}"), counts["phone_number"]),
        (_("calls that lose number and name: {n}"), counts["call"]),
        (_("notes that lose their words: {n}"), counts["note"]),
        (_("contacts and follow-ups that lose their words: {n}"), counts["interaction"] + counts["follow_up"]),
        (_("reviews that lose their words: {n}"), counts["review"]),
        (_("complaints that lose their words: {n}"), counts["complaint"]),
        (_("purchases that stay, under the number alone: {n}"), counts["purchase"]),
    )
    for words, count in lines:
        say("  " + words.format(n=f"{count:,}"))


def _say_cleaned(done: Cleaned) -> None:
    words = _("On this PC: {drafts} drafts and {lines} trace lines cleared; copied cards and SIP traces emptied.")
    say(words.format(drafts=done.drafts, lines=done.trace_lines))
    if done.is_busy:
        say(_("The drafts' file is in use: end Omote and type once more: omote person clean"))


def _say_what_is_left(profile: Profile, settings: Settings) -> None:
    """Honest about what no command reaches."""
    if settings.database.is_server:
        say(_("Type on every other desk: omote person clean"))
        say(_("The server's backups hold the person until they are replaced: tell its administrator."))
    elif Backups(profile.backups_folder).newest is not None:
        words = _("Backups in {folder} hold the person until newer ones have replaced them (daily: seven days).")
        say(words.format(folder=profile.backups_folder))


_JOBS: dict[str, Callable[[argparse.Namespace, Any, Profile, Settings], int]] = {
    "export": _export, "erase": _erase, "hold": _hold, "release": _release, "clean": _clean,
}  # fmt: skip
