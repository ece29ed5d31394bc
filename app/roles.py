"""What whoever works here may see: operators their own calls, supervisors all, administrators also what sets up.

Omote shows by it; it locks nothing. Who may read the database is for the database to say: a server's roles, once they
hold rows back too, and for one desk's file the rights on the file.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from app.errors import UserError
from app.seat import Seat
from app.words import _
from db.kinds import Role

if TYPE_CHECKING:
    from app.settings import Settings

__all__ = ["LEAST", "Role", "Roles", "limited", "require", "role_of"]

_RANKS = {Role.OPERATOR: 0, Role.SUPERVISOR: 1, Role.ADMINISTRATOR: 2}
LEAST = {
    "import": Role.SUPERVISOR, "export": Role.SUPERVISOR, "duplicates": Role.SUPERVISOR, "audit": Role.SUPERVISOR,
    "person": Role.ADMINISTRATOR, "retention": Role.ADMINISTRATOR, "db backup": Role.SUPERVISOR,
    "db rollback": Role.ADMINISTRATOR,
}  # fmt: skip
"""Which role a command needs, where it needs one."""


class AskableRecords(Protocol):
    """What this needs of the records."""

    @property
    def is_shared(self) -> bool: ...

    def ask(
        self, job: Callable[[Any, Any], Any], then: Callable[[Any], object], failed: Callable[[Exception], object]
    ) -> None: ...


class Roles:
    """The settings' role, or a lesser one that the server gives. `changed` are told when it is another.

    Of a server nothing is assumed: until it has answered whoever works here is an operator.
    """

    def __init__(self, said: Role, records: AskableRecords, seat: Seat) -> None:
        self._said, self._records, self._seat = said, records, seat
        self.role = Role.OPERATOR if records.is_shared else said
        self.changed: list[Callable[[], object]] = []

    @property
    def sees_all(self) -> bool:
        """Whether other people's calls, and the pages of supervisors, are shown."""
        return _RANKS[self.role] >= _RANKS[Role.SUPERVISOR]

    @property
    def sets_up(self) -> bool:
        """Whether what can't be undone is shown: one person's data, and how long what is kept."""
        return self.role is Role.ADMINISTRATOR

    @property
    def whose_calls(self) -> str:
        """Of whom calls are listed: "" for everybody's, else a login."""
        return "" if self.sees_all else self._seat.login

    def ask(self) -> None:
        """Which role the server gives, if it is one that gives any."""
        if self._records.is_shared:
            from db.roles import role_on  # noqa: PLC0415 -- who only reads settings needs no SQLAlchemy

            self._records.ask(lambda connection, _waiting: role_on(connection), self._told, lambda _away: None)

    def _told(self, found: Role | None) -> None:
        role = self._said if found is None else min(self._said, found, key=_RANKS.__getitem__)
        if role is not self.role:
            self.role = role
            for tell in self.changed:
                tell()


def role_of(settings: "Settings") -> Role:
    """What whoever uses this profile may see; everything where nobody has said."""
    return Role(settings.desk.role or Role.ADMINISTRATOR)


def limited(wanted: str, by_machine: str, machine: object) -> Role:
    """The role that the settings give; "" is everything, as it was before there were roles.

    Raises UserError where a user's file asks for more than the machine's has given.
    """
    most = Role(by_machine or Role.ADMINISTRATOR)
    role = Role(wanted or most)
    if _RANKS[role] > _RANKS[most]:
        raise UserError(
            _('role = "{role}" under [desk] is more than the machine\'s settings give.').format(role=role.value),
            _("Remove it; an administrator can change it in {path}.").format(path=machine),
        )
    return role


def require(command: str, role: Role) -> None:
    """Raises UserError for a command that is not for this role."""
    needed = LEAST.get(command, Role.OPERATOR)
    if _RANKS[role] < _RANKS[needed]:
        raise UserError(
            _("omote {command} is for {needed}; this profile is set up for {role}.").format(
                command=command, needed=_plural(needed), role=_plural(role)
            ),
            _("An administrator can change role under [desk] in the settings."),
        )


def _plural(role: Role) -> str:
    return {
        Role.OPERATOR: _("operators"),
        Role.SUPERVISOR: _("supervisors"),
        Role.ADMINISTRATOR: _("administrators"),
    }[role]
