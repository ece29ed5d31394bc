"""Who does something worth an entry in the audit log, and where: taken when it is done, written when it can be."""

import getpass
import json
import platform
from dataclasses import dataclass, field
from functools import cache

from app.clock import Clock
from app.seat import Seat
from db.audit.chain import AuditAction, AuditEntry

__all__ = ["AuditAction", "AuditEntry", "Signature", "this_desk"]

_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Signature:
    """The operator's login as the desk has it now; the computer and whose account it runs under."""

    operator: str
    clock: Clock = field(default_factory=Clock)

    @classmethod
    def of(cls, seat: Seat, clock: Clock) -> "Signature":
        """Whoever sits there at this moment."""
        return cls(seat.login, clock)

    def entry(self, action: AuditAction, subject: str = "", record: object = "", **details: object) -> AuditEntry:
        """About a row of the table `subject`. Never a name, a number or a text of a customer's in the details."""
        told = {name: value for name, value in details.items() if value is not None and value != ""}
        return AuditEntry(
            self.clock.new_id(), self.clock.now(), self.operator[:_LONGEST], this_desk(), action, subject,
            str(record)[:_LONGEST], json.dumps(told, ensure_ascii=False, sort_keys=True) if told else "",
        )  # fmt: skip


@cache
def this_desk() -> str:
    """As the operating system knows it, whatever the settings say about who works here."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name
        user = "?"
    return f"{user}@{platform.node()}"[:_LONGEST]
