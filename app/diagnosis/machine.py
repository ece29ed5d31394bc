"""What `omote diagnose` says of this PC: records, keyring, folders, disk, font, input method.

Nothing is looked at here: `looking` has seen it. A further check is one more entry of `OF_MACHINE`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app.diagnosis.finding import Check, Finding, attention, fault, ok
from app.diagnosis.firewall import Door, Firewall
from app.diagnosis.firewall import judge as judge_firewall
from app.keyring_patience import Keyring, keyring_words
from app.trouble_words import trouble_words
from app.words import _, in_one_line
from db.errors import Trouble
from db.glimpse import Glimpse

LITTLE, TOO_LITTLE = 1_000_000_000, 100_000_000  # bytes
APART = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Records:
    """`told` None with `trouble`, and without one for a file that is not there yet. `skew`: our clock less its own."""

    place: str
    told: Glimpse | None = None
    trouble: Trouble | None = None
    detail: str = ""
    skew: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Folder:
    """One of the profile's."""

    path: Path
    can_write: bool
    can_others_read: bool


@dataclass(frozen=True, slots=True)
class Machine:
    """None: there was nothing to look at, or no way to."""

    records: Records | None = None
    keyring: Keyring | None = None
    needs_keyring: bool = True
    folders: tuple[Folder, ...] = ()
    free: int | None = None
    has_japanese_font: bool | None = None
    input_method: str | None = None
    doors: tuple[Door, ...] = ()
    firewall: Firewall | None = None


def records(machine: Machine) -> Finding | None:
    """Whether they are there, and of this program's time."""
    seen = machine.records
    if seen is None:
        return None
    if seen.trouble is not None:
        return fault(_("the records ({place}): {why}").format(place=seen.place, why=trouble_words(seen.trouble)), "")
    if seen.told is None:
        return ok(_("the records ({place}) do not exist yet: the first start makes them.").format(place=seen.place))
    facts = {"place": seen.place, "program": seen.told.program}
    if seen.told.revision > seen.told.wanted:
        newer = _("the records in {place} ({program}) were written by a newer Omote.")
        return fault(newer.format(**facts), _("Update this one."))
    if seen.told.revision < seen.told.wanted:
        older = _("the records in {place} ({program}) are an older Omote's.")
        return attention(older.format(**facts), _("Type, as their administrator: omote db upgrade"))
    return ok(_("the records in {place} ({program}) are as this program wants them.").format(**facts))


def time(machine: Machine) -> Finding | None:
    """Calls of several desks are put together by their times."""
    if machine.records is None or machine.records.told is None or machine.records.told.now is None:
        return None
    seconds = machine.records.skew.total_seconds()
    if abs(machine.records.skew) <= APART:
        return ok(_("the clocks of this PC and of the database agree."))
    return attention(
        _("the clock of this PC is {n:.0f} seconds off the database's.").format(n=abs(seconds)),
        _("Let the system set the time by itself (NTP)."),
    )


def _keyring(machine: Machine) -> Finding | None:
    if machine.keyring is None:
        return None
    if machine.keyring is not Keyring.WORKS and not machine.needs_keyring:
        return ok(_("the keyring does not answer, and nothing here needs it."))
    what, todo = keyring_words(machine.keyring)
    return attention(what, in_one_line(todo, _("Or set password_file in the settings."))) if todo else ok(what)


def _folders(machine: Machine) -> Finding | None:
    closed = [str(one.path) for one in machine.folders if not one.can_write]
    if closed:
        return fault(
            _("this user cannot write into {paths}.").format(paths=", ".join(closed)),
            _("Make the user of this PC their owner, or choose others with --profile DIR."),
        )
    opened = [str(one.path) for one in machine.folders if one.can_others_read]
    if opened:
        return attention(
            _("others on this PC can read {paths}, where customers' data lies.").format(paths=", ".join(opened)),
            _("Type: chmod 700 {paths}").format(paths=" ".join(opened)),
        )
    return ok(_("the folders of this profile are this user's alone.")) if machine.folders else None


def _disk(machine: Machine) -> Finding | None:
    if machine.free is None:
        return None
    text = _("{n} MB are free where the records and notes are written.").format(n=machine.free // 1_000_000)
    if machine.free < TOO_LITTLE:
        return fault(text, _("Free some space at once: notes can't be kept without."))
    return attention(text, _("Free some space.")) if machine.free < LITTLE else ok(text)


def _font(machine: Machine) -> Finding | None:
    if machine.has_japanese_font is None:
        return None
    if machine.has_japanese_font:
        return ok(_("there is a font with Japanese letters."))
    return fault(
        _("no font has Japanese letters: names would be empty boxes."),
        _("Install one, e.g. the package fonts-noto-cjk."),
    )


def _input_method(machine: Machine) -> Finding | None:
    if machine.input_method is None:
        return None
    if machine.input_method:
        return ok(_("Japanese is typed by {name}.").format(name=machine.input_method))
    return attention(
        _("no input method is set for this session: Japanese can't be typed."),
        _("Install fcitx5-mozc or ibus-mozc, then log out and in."),
    )


def _firewall(machine: Machine) -> Finding | None:
    return judge_firewall(machine.doors, machine.firewall)


OF_MACHINE: list[tuple[str, Callable[[Machine], Finding | None]]] = [
    ("records", records),
    ("time", time),
    ("keyring", _keyring),
    ("folders", _folders),
    ("disk", _disk),
    ("firewall", _firewall),
    ("font", _font),
    ("input_method", _input_method),
]


def check_machine(machine: Machine) -> list[Check]:
    """Everything there is to say about this PC."""
    found = [(name, look(machine)) for name, look in OF_MACHINE]
    return [Check(name, "", finding) for name, finding in found if finding is not None]
