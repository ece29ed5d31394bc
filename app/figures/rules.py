"""The rules that a report is counted by, and that are printed with it. Needs no records: settings are read by them."""

from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum


class ServiceLevel(StrEnum):
    """What the callers who gave up in time do to the service level; short ones never count."""

    AGAINST = "against"
    LEFT_OUT = "left_out"
    FOR = "for"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a house sets for itself; `zone` is whose days and hours are counted, None: this PC's."""

    in_time_seconds: int = 20
    short_seconds: int = 5
    service_level: ServiceLevel = ServiceLevel.AGAINST
    repeat_days: int = 7
    zone: tzinfo | None = None
