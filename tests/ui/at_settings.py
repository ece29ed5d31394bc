"""The page of the settings: files of a user, a machine and a policy, a keyring of the test, no network."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.credentials import Credentials
from app.paths import profile_at
from app.policy import Policy
from app.screen import Status
from app.settings import Settings
from app.settings_layers import layers_of, loaded
from app.trying import Trying
from tests.app.test_credentials import MemoryKeyring
from tests.ui.running import RunningDesk
from ui.settings.list_view import ListView
from ui.settings.page import SettingsPage
from ui.settings.setting_row import SettingRow
from ui.settings.single_view import SingleView
from ui.settings_place import RunningProgram, SettingsPlace
from ui.settings_view import SettingsHolder, SettingsView

POLICY = Path("/etc/omote/policy.toml")


class Around:
    """What the page has around it. `registered` are sources that were to log in anew, `rung` those that were to ring.

    `post` brings the answers of a try into the windows' thread.
    """

    def __init__(
        self, folder: Path, post: Callable[..., None] = lambda *_told: None, status: Callable[[], Status] = Status
    ) -> None:
        self.keyring = MemoryKeyring()
        self.path, self._machine = folder / "settings.toml", folder / "machine.toml"
        self.policy: Mapping[str, Any] = {}
        self.said: tuple[str, ...] = ()
        self.registered, self.settled = list[str](), list[bool]()
        self.rung: list[tuple[Callable[[Mapping[str, Any]], None], str]] = []
        running = RunningProgram(
            status,
            self.registered.append,
            lambda reply, name: self.rung.append((reply, name)),
            lambda: self.settled.append(True),
        )
        trying = Trying(profile_at(folder), Credentials(lambda: self.keyring), post, status)
        self.place = SettingsPlace(self.path, self.layers, trying, running)

    def write(self, user: str = "", machine: str = "") -> None:
        """The two files."""
        for path, text in ((self.path, user), (self._machine, machine)):
            if text:
                path.write_text(text, encoding="utf-8")

    def layers(self) -> Any:
        return layers_of(self.path, self._machine, {}, self.said, Policy(POLICY, self.policy))

    def saved(self) -> Settings:
        """What a start would make of the files now."""
        return loaded(self.layers()).settings


class AtSettings:
    """A desk with the page, opened as an operator would."""

    def __init__(self, desk: RunningDesk, user: str = "", machine: str = "") -> None:
        self.desk = desk
        self.around = Around(desk.folder, desk.post, lambda: desk.desk.board.status)
        self.around.write(user, machine)
        self.view = SettingsView(desk.desktop, desk.desk, self.around.place)

    def page(self) -> SettingsPage:
        """The page, seen."""
        self.view.open()
        (holder,) = self.desk.desktop.main.findChildren(SettingsHolder)
        assert isinstance(holder.held, SettingsPage)
        return holder.held


def rows_of(view: SingleView | ListView) -> list[SettingRow]:
    return view.form.rows if isinstance(view, ListView) else view.rows


def row(view: SingleView | ListView, key: str) -> SettingRow:
    return next(one for one in rows_of(view) if one.key == key)
