"""What the page of the settings has around it: the user's file, ways to try things, and the program that runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.screen import Status
from app.settings_draft import ReadLayers, SettingsDraft
from app.trying import Trying

RingMe = Callable[[Callable[[Mapping[str, Any]], None], str], None]
"""Asks for a test call of the source of this name; it is told in the windows' thread what came of it."""


@dataclass(frozen=True, slots=True)
class RunningProgram:
    """`register(name)` lets that source log in anew; `settle()` is called after windows were built anew."""

    status: Callable[[], Status]
    register: Callable[[str], object]
    ring_me: RingMe
    settle: Callable[[], object]


@dataclass(frozen=True, slots=True)
class SettingsPlace:
    """`path` is the user's file, `read` gives every layer anew."""

    path: Path
    read: ReadLayers
    trying: Trying
    running: RunningProgram

    def draft(self) -> SettingsDraft:
        """The settings to be changed. Raises UserError for what can't be read."""
        return SettingsDraft(self.path, self.read)
