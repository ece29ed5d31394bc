"""The thin line of states: what would not reach the operator, or may harm the phone, is said without asking."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.backup_words import backup_words
from app.danger_words import gravest_in_short, warnings
from app.screen import HotkeyTrouble, SourceStatus, Status
from app.source_words import state_words
from app.trouble_words import trouble_words
from app.words import _, ngettext
from ui.plain_text import button, cut_label, give_role, label, set_tip
from ui.wording import clock_time


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
        self._right = label("", "small")
        self._warning = cut_label("warning")
        self._keys = button("?", "quiet")  # a word would cut a warning at 200 %
        self._keys.setAccessibleName(_("Keys"))
        set_tip(self._keys, _("Keys"))
        self._keys.clicked.connect(self.wants_keys)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 4, 14, 4)
        self._row.addWidget(self._warning, 1)
        self._row.addWidget(self._right)
        self._row.addWidget(self._keys)
        self._parts: list[QLabel] = []

    def fill(self, status: Status) -> None:
        """Draw these states."""
        words = states(status)
        if not status.sources:
            words.insert(0, _("○ no phone is set up"))
        if not status.waiting:
            words.append(_("0 entries waiting"))
        while len(self._parts) < 2 * len(words):
            self._add_part()
        for number, text in enumerate(words):
            sign, rest = (text[0], text[2:]) if text[0] in "●▲○" else ("", text)
            give_role(self._parts[2 * number], {"●": "sign-good", "▲": "sign-bad"}.get(sign, "small"))
            self._parts[2 * number].setText(sign)
            self._parts[2 * number + 1].setText(rest)
        for number, part in enumerate(self._parts):
            part.setVisible(bool(part.text()) and number < 2 * len(words))
        gravest = gravest_in_short(status)
        self._warning.setText(f"△ {gravest}" if gravest else "")
        set_tip(self, "\n".join(warning_lines(status)))

    def show_time(self, microseconds: int | None) -> None:
        """How long the last pop took from packet to paint."""
        took = _("ring to screen {ms} ms").format(ms=f"{microseconds / 1000:.1f}") if microseconds is not None else ""
        self._right.setText(took)

    def _add_part(self) -> None:
        place = self._row.count() - 3
        for offset, spacing in ((0, 0), (1, 12)):
            part = label("", "small")
            part.setContentsMargins(0, 0, spacing, 0)
            self._row.insertWidget(place + offset, part)
            self._parts.append(part)


def states(status: Status) -> list[str]:
    """A break, sources, database, drafts, what waits, a failed backup: each a sign, a blank and a sentence."""
    words = break_words(status)
    words += [source_words(source) for source in status.sources]
    words.append("▲ " + _records_trouble(status) if status.database else "● " + _("records reachable"))
    if status.drafts is not None:
        words.append("▲ " + _("Keystrokes are not being kept: {why}").format(why=trouble_words(status.drafts)))
    words += waiting_words(status)
    if status.backup is not None and status.backup.trouble is not None:
        words.append("▲ " + backup_words(status.backup))
    return words + ["▲ " + hotkey_words(*one) for one in status.hotkeys]


def hotkey_words(hotkey: str, trouble: HotkeyTrouble) -> str:
    """Why a global hotkey does nothing, and what to do."""
    words = {
        HotkeyTrouble.TAKEN: _("Hotkey {key}: another program has it. Choose another in the settings."),
        HotkeyTrouble.NOT_HERE: _("Hotkey {key}: not possible on this desktop. Set one there for: omote show"),
    }
    return words[trouble].format(key=hotkey)


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
