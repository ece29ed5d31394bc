"""The thin line of states: what would not reach the operator is said without asking."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.screen import SourceStatus, Status
from app.trouble_words import trouble_words
from app.words import _, ngettext
from ui import wording
from ui.plain_text import label

_HEARS = ("registered", "listening")


class StatusLine(QWidget):
    """Sources, database, notes that wait."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = label("", "small")
        self._right = label("", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 14, 4)
        row.addWidget(self._words, 1)
        row.addWidget(self._right)

    def fill(self, status: Status) -> None:
        """Draw these states."""
        parts = [source_words(source) for source in status.sources] or [_("○ no phone is set up")]
        parts.append(
            "● " + _("records reachable") if status.database is None else "▲ " + trouble_words(status.database)
        )
        if status.drafts is not None:
            parts.append("▲ " + _("Keystrokes are not being kept: {why}").format(why=trouble_words(status.drafts)))
        n = status.waiting
        parts.append(ngettext("{n} note waiting", "{n} notes waiting", n).format(n=n))
        self._words.setText("     ".join(parts))

    def show_time(self, microseconds: int | None) -> None:
        """How long the last pop took from packet to paint."""
        took = _("ring to screen {ms} ms").format(ms=f"{microseconds / 1000:.1f}") if microseconds is not None else ""
        self._right.setText(took)


def source_words(source: SourceStatus) -> str:
    """A source's state in a sentence: the sign says whether a call would be seen."""
    since = wording.clock_time(source.since)
    names = {
        "starting": _("connecting"),
        "listening": _("listening since {when}"),
        "registered": _("registered since {when}"),
        "unreachable": _("no answer since {when}: calls are not seen"),
        "refused": _("password refused since {when}: calls are not seen"),
        "no_secret": _('no password: type  omote secret set "{name}"'),
        "port_in_use": _("port {detail} is in use: close the other program or change bind"),
        "stopped": _("stopped since {when}"),
    }
    words = names[source.state].format(when=since, name=source.name, detail=source.detail)
    return f"{'●' if source.state in _HEARS else '▲'} {source.name} {words}"
