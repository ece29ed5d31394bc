"""How long a server may take over a statement."""

from enum import StrEnum


class Pace(StrEnum):
    """At a desk somebody waits; an import or an upgrade takes as long as it takes."""

    RING = "ring"
    DESK = "desk"
    UNHURRIED = "unhurried"
