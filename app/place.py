"""Where a desk stands: who sits there, how the site is set, and which clock it goes by."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.clock import Clock
from app.desk_memory import DeskMemory
from app.figures.rules import Rules
from app.lines import Lines
from app.roles import Role
from app.seat import Seat
from app.trace import Trace
from app.who_is_it import Later
from db.dispositions import DispositionNode

COMMAND = "command"  # the source of what `omote pop` tells: one word, and nobody will say more


@dataclass(frozen=True, slots=True)
class Place:
    """Who sits here and how the site is set; `later(ms, fn)` runs `fn` in the desk's thread.

    `own_phones`: the sources that watch this operator's own telephone, each with the extension that it watches.
    `own_numbers`: whom that telephone shows while it rings for a call that it is to dial.
    `announcers`: those that are told of a call and may hear no more of it.
    `dispositions`: the settings' tree of outcome codes, if they have one.
    `role`: what whoever works here may see, as the settings say.
    `verified_by_another`: who resolved a complaint may not verify it.
    `rules`: how this house counts its figures.
    `usual_operator`: who sits here if nobody says otherwise; `asks_operator`: somebody must say so after each start.
    """

    seat: Seat
    lines: Lines
    trace: Trace
    later: Later
    clock: Clock = field(default_factory=Clock)
    own_phones: Mapping[str, str] = field(default_factory=dict)
    dispositions: tuple[DispositionNode, ...] = ()
    disposition_required: bool = False
    memory: DeskMemory = field(default_factory=DeskMemory)
    usual_operator: str = ""
    asks_operator: bool = False
    announcers: tuple[str, ...] = ()
    own_numbers: tuple[str, ...] = ()
    role: Role = Role.ADMINISTRATOR
    verified_by_another: bool = True
    rules: Rules = field(default_factory=Rules)

    @property
    def operator(self) -> str:
        """The login of who sits here now."""
        return self.seat.login

    def is_here(self, who: str) -> bool:
        """Whether it was this operator who answered."""
        return who == self.operator or who in self.own_phones.values()
