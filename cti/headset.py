"""A source whose calls are talked in on this PC: its headset, as the desk sees it. No kind of source is named here."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable


class SoundFault(StrEnum):
    """Why there is no sound. No sentence: `app` has the words and the way out."""

    NOT_INSTALLED = "not_installed"  # the extra, or on Linux the library that it needs
    NO_DEVICE = "no_device"  # nothing there, or nothing of the name that was chosen
    IN_USE = "in_use"  # it is there and does not open


class SoundError(Exception):
    """No sound: `detail` is the bare fact behind it."""

    def __init__(self, fault: SoundFault, detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault, self.detail = fault, detail


@dataclass(frozen=True, slots=True)
class Devices:
    """Names as the system has them, the usual one first."""

    microphones: tuple[str, ...]
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Names of devices, or parts of them; "" is the system's usual one. `ring` None: there is no bell."""

    microphone: str = ""
    speaker: str = ""
    ring: str | None = None


@dataclass(frozen=True, slots=True)
class HeadsetNow:
    """How it stands: `missing` are chosen devices in whose place the system's usual one was taken."""

    is_open: bool = False
    missing: tuple[str, ...] = ()
    fault: SoundFault | None = None


class Headset(Protocol):
    """Its methods may block and raise SoundError; the properties are for any thread at any time."""

    @property
    def now(self) -> HeadsetNow:
        """How it stands."""

    @property
    def chosen(self) -> Chosen:
        """What it is, or will be, opened with."""

    @property
    def level(self) -> float:
        """How loud the microphone is, 0 to 1; 0 while it is closed."""

    @property
    def ear_level(self) -> float:
        """The same of what is heard."""

    def devices(self) -> Devices:
        """What is plugged in."""

    def choose(self, chosen: Chosen) -> None:
        """Others from now on, also in the midst of a call."""


class TalkHere(Protocol):
    """What a desk can do with the headset beside its calls, on the thread "cti"; what is not there raises nothing."""

    @property
    def headset(self) -> Headset:
        """For as long as the source lives."""

    async def look(self) -> Devices | SoundError:
        """What is plugged in."""

    async def choose(self, chosen: Chosen) -> None:
        """Other devices."""

    async def try_it(self) -> SoundError | None:
        """Let the operator hear himself a second later, until `stop_trying` or a call."""

    async def stop_trying(self) -> None:
        """Enough."""

    async def ring(self) -> None:
        """A call rings that wants to be heard; nothing if that was not chosen."""

    async def stop_ringing(self) -> None:
        """Nothing rings any more."""


@runtime_checkable
class HasHeadset(Protocol):
    """A source with one."""

    @property
    def talk_here(self) -> TalkHere:
        """For as long as the source lives."""
