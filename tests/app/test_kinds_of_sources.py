"""A source that is not SIP: its folder and its line in `cti/sources.py` are enough for settings, desk and diagnosis."""

import asyncio
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.compose import build_sources, own_phones_of, telephone_of
from app.credentials import Credentials
from app.diagnosis.known import Known, Login
from app.diagnosis.source import look_at
from app.settings import Settings
from app.settings_layers import load_settings
from app.wire_trace import WireTrace
from cti import sources
from cti.control import Cannot, Controllable
from cti.sip.settings import SipSettings
from cti.source import Around, NeedsSecret, Report, TakesTestCalls


@dataclass(frozen=True, slots=True)
class BellSettings:
    """A door bell."""

    name: str
    watch: str = ""
    region: str = "JP"
    password_file: str = ""


class Bell:
    """Rings at nobody's SIP port and needs no secret."""

    def __init__(self, settings: BellSettings, around: Around) -> None:
        self.name, self.around = settings.name, around

    async def run(self, report: Report) -> None:
        """Never heard of anything."""
        await asyncio.get_running_loop().create_future()


TABLES = """
[[source]]
kind = "bell"
name = "door"
watch = "201"
region = "DE"

[[source]]
kind = "bell"
name = "gate"

[[source]]
name = "desk phone"
server = "pbx.example"
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    bell = sources.SourceKind("bell", BellSettings, Bell)
    monkeypatch.setattr(sources, "SOURCES", [*sources.SOURCES, bell])
    monkeypatch.setattr("app.settings_tables.SOURCES", sources.SOURCES)
    (tmp_path / "settings.toml").write_text(TABLES, encoding="utf-8")
    return load_settings(tmp_path / "settings.toml", tmp_path / "none.toml", {})


def test_another_kind_is_read_and_built_beside_sip(settings: Settings) -> None:
    assert settings.sources[0] == BellSettings("door", "201", "DE")
    assert settings.home_region == "DE"
    built = build_sources(settings, Credentials())
    assert [one.name for one in built] == ["door", "gate", "desk phone"]
    assert [isinstance(one, TakesTestCalls) for one in built] == [False, False, True]
    assert [isinstance(one, NeedsSecret) for one in built] == [False, False, True]


def test_any_source_that_watches_a_phone_makes_it_the_operators_own(settings: Settings) -> None:
    assert own_phones_of(settings) == {"door": "201"}


def test_a_source_of_another_kind_has_no_trace_of_the_wire(settings: Settings) -> None:
    trace = WireTrace(settings, lambda _lines: None, lambda job: job())
    assert set(trace._redact) == {"desk phone"}


def test_diagnosis_tells_what_is_known_of_any_source(settings: Settings) -> None:
    (check,) = asyncio.run(look_at(settings.sources[0], Known(Login("keyring"), "pw")))
    assert (check.name, check.source) == ("secret", "door")


def test_a_softphone_is_the_operators_own_telephone_and_can_be_asked_for_things() -> None:
    listener = SipSettings("desk phone", "pbx.example", username="201")
    softphone = SipSettings("headset", "pbx.example", username="221", answer="softphone")
    settings = Settings(sources=(listener, softphone))
    assert own_phones_of(settings) == {"headset": "221"}
    around = Around(lambda: None)
    built = [sources.build_source(one, around) for one in settings.sources]
    telephone = telephone_of(settings, built, lambda _: Future(), lambda _job, *_words: None)
    assert [isinstance(source, Controllable) for source in built] == [True, True]
    assert telephone.cannot_dial is Cannot.NOT_CONNECTED  # the nearer of the two: the listener has no desk_phone
