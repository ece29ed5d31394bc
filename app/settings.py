"""What can be set: frozen values. `settings_tables` reads them, `settings_layers` says whose word counts."""

from dataclasses import dataclass, field
from typing import Literal

from app.actions import ActionSettings
from app.templates import TemplateSettings
from cti.source import SourceSettings


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """`[desk]`. Empty `operator`: the operating system's login; empty `language`: the system's.

    `role`: what whoever uses this profile may see; "" for everything, or for what the machine's file says.
    `operator_at_start`: who sat here last, always `operator`, or somebody has to say so.
    `programs`: whether actions may start programs, which only the machine's file can allow.
    """

    operator: str = ""
    role: Literal["", "operator", "supervisor", "administrator"] = ""
    operator_at_start: Literal["last", "usual", "ask"] = "last"
    language: Literal["", "ja", "en"] = ""
    theme: Literal["system", "light", "dark"] = "system"
    on_top_while_ringing: bool = True
    disposition_required: bool = False
    hotkey_call: str = ""
    hotkey_note: str = ""
    hotkey_dial: str = ""
    dial_with: str = ""
    programs: bool = False


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """`[site]`. How the house numbers its telephones, what it dials for an outside line, who verifies complaints.

    `answered_within`, `short_call` (seconds), `service_level`, `repeat_days`, `report_zone`: the rules of its figures.
    `recording_url`: where the recording of a call lies.
    """

    extensions: tuple[str, ...] = ()
    outside_prefix: str = ""
    complaints_verified_by_another: bool = True
    answered_within: int = 20
    short_call: int = 5
    service_level: Literal["against", "left_out", "for"] = "against"
    repeat_days: int = 7
    report_zone: str = ""
    recording_url: str = ""


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """`[database]`. "sqlite" is the file of the profile, "postgresql://host/name" a team's server.

    `password_file`: instead of the keyring.
    """

    url: str = "sqlite"
    password_file: str = ""

    @property
    def is_server(self) -> bool:
        """Whether several desks share it."""
        return self.url != "sqlite"


@dataclass(frozen=True, slots=True)
class TraceSettings:
    """`[trace]`. Whether numbers are masked in traces (in logs they always are), and whether SIP messages are kept."""

    mask_numbers: bool = False
    wire: bool = False


@dataclass(frozen=True, slots=True)
class UpdateSettings:
    """`[updates]`: where a signed manifest tells of newer versions, and whose signature counts. Only IT can set it.

    Empty `manifest`: nobody is asked.
    """

    manifest: str = ""
    public_key: str = ""
    channel: Literal["stable", "beta"] = "stable"


@dataclass(frozen=True, slots=True)
class LineSettings:
    """`[[line]]`: a dialled number with a nickname."""

    dialled: str
    name: str = ""
    region: str = "JP"
    outside_prefix: str = ""
    pop: Literal["ring", "answer", "never"] = "ring"
    sound: str = ""


@dataclass(frozen=True, slots=True)
class DispositionSettings:
    """`[[disposition]]`: an outcome code or a group of them, in the order in which they are offered."""

    code: str
    ja: str
    en: str
    parent: str = ""
    needs_note: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set."""

    desk: DeskSettings = field(default_factory=DeskSettings)
    site: SiteSettings = field(default_factory=SiteSettings)
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    trace: TraceSettings = field(default_factory=TraceSettings)
    updates: UpdateSettings = field(default_factory=UpdateSettings)
    sources: tuple[SourceSettings, ...] = ()
    lines: tuple[LineSettings, ...] = ()
    dispositions: tuple[DispositionSettings, ...] = ()
    templates: tuple[TemplateSettings, ...] = ()
    actions: tuple[ActionSettings, ...] = ()

    @property
    def home_region(self) -> str:
        """Where numbers without a country are: as on the first line."""
        regions = [*(line.region for line in self.lines), *(source.region for source in self.sources), "JP"]
        return regions[0]
