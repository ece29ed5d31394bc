"""The thin line of states: what would not reach the operator, or may harm the phone, is said without asking."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.backup_words import backup_words
from app.danger_words import gravest_in_short, warnings
from app.keyring_patience import Keyring, keyring_words
from app.screen import HotkeyTrouble, SourceStatus, Status
from app.source_words import silence_words, state_words
from app.trouble_words import trouble_words
from app.updates.words import installed_words, news_words
from app.words import _, in_one_line, ngettext
from ui.keys import SWITCH
from ui.plain_text import button, cut_label, give_role, label, set_tip
from ui.wording import clock_time

_GAP, _AROUND, _SIGN, _SIDES, _MORE, _LEAST = 12, 38, 26, 40, 36, 200  # px; _AROUND: sign, spacing and _GAP
_NO_LIMIT = 16_777_215  # Qt's


class StatusLine(QWidget):
    """Sources, database, notes that wait: a sign in the state's colour and words that say the same.

    Of the warnings the gravest, in a few words: in this window the note needs the room. Pointing at it tells them all.

    Signals:
        wants_keys: the operator asks which keys there are.
    """

    wants_keys = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._right, self._more, self._warning = label("", "small"), label("", "small"), cut_label("warning")
        self._keys = button("?", "quiet")  # a word would cut a warning at 200 %
        self._keys.setAccessibleName(_("Keys"))
        set_tip(self._keys, _("Keys"))
        self._keys.clicked.connect(self.wants_keys)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 4, 14, 4)
        self._row.addWidget(self._more)
        self._row.addWidget(self._warning, 1)
        self._row.addWidget(self._right)
        self._row.addWidget(self._keys)
        self._words: list[tuple[str, str]] = []
        self._warnings: list[str] = []
        self._signs: list[QLabel] = []
        self._told: list[QLabel] = []

    def fill(self, status: Status) -> None:
        """Draw these states."""
        words = states(replace(status, fell_at=None))  # of an earlier run: the main window tells it
        if not status.sources:
            words.insert(0, _("○ no phone is set up"))
        if not status.waiting:
            words.append(_("0 entries waiting"))
        self._words = [(text[0], text[2:]) if text[0] in "●▲○" else ("", text) for text in words]
        while len(self._signs) < len(words):
            self._add_part()
        for (sign, text), shown, told in zip(self._words, self._signs, self._told, strict=False):
            give_role(shown, {"●": "sign-good", "▲": "sign-bad"}.get(sign, "small"))
            shown.setText(sign)
            told.setText(text)
        gravest = gravest_in_short(status)
        self._warning.setText(f"△ {gravest}" if gravest else "")
        self._warnings = warning_lines(status)
        self._fit()

    def show_time(self, microseconds: int | None) -> None:
        """How long the last pop took from packet to paint."""
        took = _("ring to screen {ms} ms").format(ms=f"{microseconds / 1000:.1f}") if microseconds is not None else ""
        self._right.setText(took)
        self._fit()

    def _add_part(self) -> None:
        sign, told = label("", "small"), cut_label("small")
        told.setContentsMargins(0, 0, _GAP, 0)
        for part in (sign, told):
            self._row.insertWidget(self._row.count() - 4, part)
        self._signs.append(sign)
        self._told.append(told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is little room what is well gives way to what is not; what then finds none is counted."""
        advance = self.fontMetrics().horizontalAdvance
        needs = [advance(text) + _AROUND for _sign, text in self._words]
        room = self.width() - _SIDES - self._keys.sizeHint().width() - (_LEAST if self._warning.whole else 0)
        is_roomy = sum(needs) + self._right.sizeHint().width() <= room
        everything = list(range(len(self._words)))
        others = [number for number in everything if self._words[number][0] in ("▲", "○")]
        wanted = everything if is_roomy or not others else others
        shown = wanted[: how_many([needs[number] for number in wanted], room)]
        room -= _MORE if len(shown) < len(wanted) else 0
        self._show(dict(zip(shown, shares([needs[number] for number in shown], room), strict=True)))
        self._right.setVisible(is_roomy)
        self._more.setText(f"+{len(wanted) - len(shown)}" if len(shown) < len(wanted) else "")
        self._more.setVisible(bool(self._more.text()))
        untold = [] if is_roomy else [f"{sign} {text}".strip() for sign, text in self._words]
        set_tip(self, "\n".join([*untold, *self._warnings]))

    def _show(self, shares_of: Mapping[int, int]) -> None:
        for number, (sign, told) in enumerate(zip(self._signs, self._told, strict=True)):
            is_shown = number in shares_of
            sign.setVisible(is_shown and bool(sign.text()))
            told.setVisible(is_shown)
            told.setMaximumWidth(max(0, shares_of[number] - _SIGN) if is_shown else _NO_LIMIT)


def how_many(needs: Sequence[int], room: int) -> int:
    """Of what needs so many pixels as many as can be read, cut if need be, and one at least."""
    least = [min(need, _LEAST) for need in needs]
    if sum(least) <= room:
        return len(needs)
    return max(1, sum(sum(least[: number + 1]) <= room - _MORE for number in range(len(needs))))


def shares(needs: Sequence[int], room: int) -> list[int]:
    """How much of the room each may have: the short ones what they need, the long ones the rest in equal parts."""
    given, left = [0] * len(needs), room
    for place, number in enumerate(sorted(range(len(needs)), key=needs.__getitem__)):
        given[number] = max(0, min(needs[number], left // (len(needs) - place)))
        left -= given[number]
    return given


def states(status: Status) -> list[str]:
    """A break, sources, database, drafts, what waits, a failed backup: each a sign, a blank and a sentence."""
    words = unnamed_words(status) + break_words(status)
    words += [source_words(source) for source in status.sources]
    if status.silence is not None:
        words.append("○ " + silence_words(status.silence))
    words.append("▲ " + _records_trouble(status) if status.database else "● " + _("records reachable"))
    if status.drafts is not None:
        words.append("▲ " + _("Keystrokes are not being kept: {why}").format(why=trouble_words(status.drafts)))
    words += waiting_words(status) + keyring_trouble(status)
    if status.backup is not None and status.backup.trouble is not None:
        words.append("▲ " + backup_words(status.backup))
    words += ["▲ " + hotkey_words(*one) for one in status.hotkeys]
    words += ["○ " + crash_words(status.fell_at)] if status.fell_at is not None else []
    return words + version_words(status)


def version_words(status: Status) -> list[str]:
    """Of versions: nothing that anybody at the desk has to do now."""
    if status.is_replaced:
        return ["○ " + installed_words()]
    return [news_words(status.newer.version)] if status.newer is not None else []


def crash_words(at: datetime) -> str:
    """That an earlier run met a fault of its own, and how IT hands it on."""
    when = at.astimezone().strftime("%Y-%m-%d %H:%M")
    words = _("Omote met a fault of its own on {when}. IT hands it on by: omote diagnose --bundle FILE")
    return words.format(when=when)


def keyring_trouble(status: Status) -> list[str]:
    """Why a password has to be typed, though somebody may have typed it once."""
    if status.keyring is Keyring.WORKS:
        return []
    what, todo = keyring_words(status.keyring)
    return ["▲ " + in_one_line(_("The keyring cannot be used: {why}").format(why=what), todo)]


def hotkey_words(hotkey: str, trouble: HotkeyTrouble) -> str:
    """Why a global hotkey does nothing, and what to do."""
    words = {
        HotkeyTrouble.TAKEN: _("Hotkey {key}: another program has it. Choose another in the settings."),
        HotkeyTrouble.NOT_HERE: _("Hotkey {key}: not possible on this desktop. Set one there for: omote show"),
    }
    return words[trouble].format(key=hotkey)


def unnamed_words(status: Status) -> list[str]:
    """That somebody has to say who sits here; nothing if that is known."""
    if not status.unnamed:
        return []
    said = _("Nobody has said who sits here: all is written as {login} ({key})")
    return ["▲ " + said.format(login=status.unnamed, key=SWITCH.words)]


def break_words(status: Status) -> list[str]:
    """That this desk is on a break, and what came meanwhile; nothing if it is not."""
    if status.break_since is None:
        return []
    since, n = clock_time(status.break_since), status.break_calls
    if not n:
        return ["○ " + _("On a break since {time}").format(time=since)]
    came = ngettext("On a break since {time}: {n} call came", "On a break since {time}: {n} calls came", n)
    return ["○ " + came.format(time=since, n=n)]


def _records_trouble(status: Status) -> str:
    assert status.database is not None
    words = trouble_words(status.database)
    if status.database_since is None:
        return words
    return _("{trouble} (since {time})").format(trouble=words, time=clock_time(status.database_since))


def waiting_words(status: Status) -> list[str]:
    """Notes, customers and numbers that are safe on this PC and not in the records yet; none while all are."""
    n, words = status.waiting, []
    if n and status.waiting_since is not None:
        wait = ngettext("{n} entry waits to be sent, since {time}", "{n} entries wait to be sent, since {time}", n)
        words.append("▲ " + wait.format(n=n, time=clock_time(status.waiting_since)))
    if n := status.set_aside:
        aside = ngettext(
            "{n} entry could not be stored. It is kept on this PC: call IT.",
            "{n} entries could not be stored. They are kept on this PC: call IT.",
            n,
        )
        words.append("▲ " + aside.format(n=n))
    return words


def warning_lines(status: Status) -> list[str]:
    """Dangers, each with the sign of a warning."""
    return [f"△ {words}" for words in warnings(status)]


def source_words(source: SourceStatus) -> str:
    """A source's state in a sentence: the sign says whether a call would be seen."""
    return f"{'●' if source.hears_calls else '▲'} {source.name} {state_words(source)}"
