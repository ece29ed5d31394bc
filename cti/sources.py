"""Every kind of call source: to add one, write its folder and its line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cti.sip.settings import SipSettings
from cti.sip.source import SipSource
from cti.source import Secret, Source


@dataclass(frozen=True, slots=True)
class SourceKind:
    """`kind` of the settings file, the frozen value its table becomes, and what makes a source of that."""

    kind: str
    settings: type[Any]
    build: Callable[[Any, Secret], Source]


SOURCES = [
    SourceKind("sip", SipSettings, SipSource),
]
