"""What a push source can be told: one frozen value, checked where the settings file is read."""

from dataclasses import dataclass
from typing import Literal

Proof = Literal["token", "hmac"]
DEFAULT_PORT = 8765
PATH = "/api/v1/cti"  # as in Zammad, before the token
SHORTEST_SECRET = 16  # characters: what can be guessed is no secret


@dataclass(frozen=True, slots=True)
class PushSettings:
    """One `[[source]]` table of kind "push"; the names are those of the settings file (docs/settings.md)."""

    name: str
    listen: str = "127.0.0.1:8765"
    allow: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    proof: Proof = "token"
    linked: bool = False
    region: str = "JP"
    password_file: str = ""
    certificate: str = ""

    @property
    def watch(self) -> str:
        """By which of his names an answer of this operator's is told; "" if the PBX pushes for whoever sits here."""
        return self.users[0] if self.users else ""
