"""The page of the settings for the pictures: what is set by whom, a source that is tried, a value that is wrong."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.diagnosis.finding import Finding, attention, ok
from app.words import _
from tests.ui.at_settings import AtSettings, row
from tests.ui.running import RunningDesk
from ui.settings.source_tries import SourceTries

Shown = tuple[QWidget, list[str]]
USER = """[desk]
operator = "sato"
hotkey_call = "Ctrl+Alt+O"

[[source]]
name = "desk phone"
server = "pbx.example.jp"
username = "1201"

[[source]]
name = "front desk"
kind = "ncid"
server = "192.0.2.20"
"""
MACHINE = """[[line]]
dialled = "03-1234-5678"
name = "本店"

[[line]]
dialled = "03-1234-5679"
name = "採用"
pop = "answer"
"""
_WORDS = """
pbx example source server register false from pai rpid called party diversion history info request uri header Name Web
number date inquiry delivery linked callId sqlite postgresql user host name Asia Tokyo Ctrl Alt
"""
TYPED = frozenset(_WORDS.split())
"""What people type as it stands, in any language."""


def _at(desk: RunningDesk) -> AtSettings:
    at = AtSettings(desk, USER, MACHINE)
    at.around.policy = {"desk": {"theme": "light"}}
    desk.desktop.main.resize(1080, 680)
    return at


def settings(desk: RunningDesk) -> Shown:
    """This desk: what is built in, set here, and locked."""
    page = _at(desk).page()
    page.open("desk")
    return page.window(), [_("This desk"), _("set here"), _("set by IT, locked"), _("Back to the default")]


def settings_tried(desk: RunningDesk) -> Shown:
    """A source whose connection was tried."""
    page = _at(desk).page()
    view = page.open("source")
    (tries,) = view.findChildren(SourceTries)
    desk.qtbot.waitUntil(lambda: bool(tries.password.said.text()), timeout=5000)
    tries.box.tell(tries.box.begin(), _found())
    desk.qtbot.wait(50)
    return page.window(), [_("Try this connection"), _("Register now"), _("Ring me")]


def _found() -> Sequence[Finding]:
    others = _("{server} is at {addresses}.").format(server="pbx.example.jp", addresses="192.0.2.10:5060")
    return [
        ok(others),
        ok(_("this PC is {host} to the PBX.").format(host="192.0.2.31")),
        attention(
            _("the Omote of another PC ({host}) is registered as {user}.").format(host="192.0.2.44", user="1201"),
            _("Give each PC an extension of its own."),
        ),
    ]


def settings_wrong(desk: RunningDesk) -> Shown:
    """A value that the file's check refuses, said at its field."""
    page = _at(desk).page()
    view = page.open("source")
    server = row(view, "server")
    server.control.show_value("")
    server.control.edited.emit()
    page.check()
    return page.window(), ["▲", _("Undo changes"), _("Save changes")]


def settings_lines(desk: RunningDesk) -> Shown:
    """A list that IT has set for the PC, which can be made one's own."""
    page = _at(desk).page()
    page.open("line")
    return page.window(), [_("What you change here makes a list of your own, in place of this one.")]


def settings_unsaved(desk: RunningDesk) -> Shown:
    """Somebody wants to quit, and something is not saved."""
    at = _at(desk)
    page = at.page()
    prefix = row(page.open("site"), "outside_prefix")
    prefix.control.show_value("0")
    prefix.control.edited.emit()
    page.check()
    at.view.leave()
    return page.window(), [_("Quit without saving"), _("Stay here")]


SETTINGS: tuple[tuple[str, Callable[[RunningDesk], Shown]], ...] = (
    ("settings", settings), ("settings-tried", settings_tried), ("settings-wrong", settings_wrong),
    ("settings-lines", settings_lines), ("settings-unsaved", settings_unsaved),
)  # fmt: skip
