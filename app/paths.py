"""Where a profile keeps its files: every path of the program, in one place."""

import sys
from pathlib import Path
from typing import NamedTuple

import platformdirs

from app.errors import UserError
from app.file_errors import file_words
from app.words import _


class Profile(NamedTuple):
    """The files of one user (or of `--profile DIR`, which puts all of them under DIR)."""

    config: Path
    data: Path
    state: Path

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.toml"

    @property
    def database_folder(self) -> Path:
        return self.data

    @property
    def drafts_folder(self) -> Path:
        return self.data / "drafts"

    @property
    def copy_folder(self) -> Path:
        return self.data / "copy"

    @property
    def backups_folder(self) -> Path:
        return self.data / "backups"

    @property
    def mappings_file(self) -> Path:
        return self.data / "import-columns.json"

    @property
    def windows_file(self) -> Path:
        return self.state / "windows.json"

    @property
    def desk_file(self) -> Path:
        return self.state / "desk.json"

    @property
    def erasures_file(self) -> Path:
        return self.state / "erasures.json"

    @property
    def language_file(self) -> Path:
        return self.state / "language.json"

    @property
    def first_start_file(self) -> Path:
        return self.state / "first-start.json"

    @property
    def headset_file(self) -> Path:
        return self.state / "headset.json"

    @property
    def report_rules_file(self) -> Path:
        return self.state / "report-rules.json"

    @property
    def updates_file(self) -> Path:
        return self.state / "updates.json"

    @property
    def log_file(self) -> Path:
        return self.state / "logs" / "omote.log"

    @property
    def crash_folder(self) -> Path:
        return self.state / "crashes"

    @property
    def trace_file(self) -> Path:
        return self.state / "traces" / "calls.jsonl"

    @property
    def wire_file(self) -> Path:
        return self.state / "traces" / "wire.jsonl"


def profile_at(folder: Path) -> Profile:
    """A profile whose files all lie under `folder`."""
    whole = folder.expanduser().absolute()
    return Profile(whole, whole, whole)


def user_profile() -> Profile:
    """The operating system's usual places for this user."""
    dirs = platformdirs.PlatformDirs("Omote", appauthor=False, roaming=False)
    return Profile(dirs.user_config_path, dirs.user_data_path, dirs.user_state_path)


def demo_profile(folder: Path | None) -> Profile:
    """Where the demo keeps its files, apart from everybody's own."""
    return profile_at(folder or platformdirs.user_data_path("Omote-demo", appauthor=False))


def machine_settings_file() -> Path:
    """What IT sets for everybody on this PC."""
    if sys.platform == "win32" or sys.platform == "darwin":
        return platformdirs.site_config_path("Omote", appauthor=False) / "settings.toml"
    return Path("/etc/omote/settings.toml")


def make_folder(folder: Path) -> None:
    """Create a folder of the profile for this user only. Raises UserError."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UserError(
            _("The folder {path} cannot be made: {error}.").format(path=folder, error=file_words(error)),
            _("Make the folder above it writable, or choose another with --profile DIR."),
        ) from error
