"""What can be answered at the first start, and what of it the settings file would say."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.database_address import check_address
from app.errors import UserError
from app.settings import DatabaseSettings, Settings
from app.settings_tables import with_tables
from app.words import _
from cti.source import SourceSettings


class PhoneKind(StrEnum):
    """How this PC hears of calls, as people see it."""

    EXTENSION = "sip"
    DESK_PHONE = "sip-dialog"
    AMI = "ami"
    BOX = "ncid"
    PUSH = "push"


class PhoneField(StrEnum):
    """What is asked of a phone."""

    SERVER = "server"
    EXTENSION = "extension"
    USER = "user"
    PASSWORD = "password"  # noqa: S105 -- the name of a field


_NEEDS = {
    PhoneKind.EXTENSION: (PhoneField.SERVER, PhoneField.EXTENSION, PhoneField.PASSWORD),
    PhoneKind.DESK_PHONE: (PhoneField.SERVER, PhoneField.EXTENSION, PhoneField.USER, PhoneField.PASSWORD),
    PhoneKind.AMI: (PhoneField.SERVER, PhoneField.EXTENSION, PhoneField.USER, PhoneField.PASSWORD),
    PhoneKind.BOX: (PhoneField.SERVER,),
    PhoneKind.PUSH: (),
}
_KEYS = {
    PhoneKind.EXTENSION: {PhoneField.SERVER: "server", PhoneField.EXTENSION: "username"},
    PhoneKind.DESK_PHONE: {
        PhoneField.SERVER: "server", PhoneField.EXTENSION: "watch", PhoneField.USER: "username"
    },
    PhoneKind.AMI: {PhoneField.SERVER: "server", PhoneField.EXTENSION: "watch", PhoneField.USER: "username"},
    PhoneKind.BOX: {PhoneField.SERVER: "server"},
    PhoneKind.PUSH: {},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PhoneAnswer:
    """One phone. Of `values` only those count that its kind needs."""

    kind: PhoneKind = PhoneKind.EXTENSION
    values: tuple[tuple[PhoneField, str], ...] = field(default=(), repr=False)
    token: str = field(default="", repr=False)

    @property
    def needs(self) -> tuple[PhoneField, ...]:
        """What is asked of this kind."""
        return _NEEDS[self.kind]

    def value(self, one: PhoneField) -> str:
        """What was typed there, without blanks around it; a password as it is."""
        typed = dict(self.values).get(one, "")
        return typed if one is PhoneField.PASSWORD else typed.strip()

    def with_value(self, one: PhoneField, text: str) -> "PhoneAnswer":
        """The same with this in place of what was typed there."""
        return replace(self, values=tuple((dict(self.values) | {one: text}).items()))

    def of_kind(self, kind: PhoneKind) -> "PhoneAnswer":
        """What was typed stays."""
        return replace(self, kind=kind)

    @property
    def secret(self) -> str:
        """What goes into the keyring: a password, or the token that Omote has made; "" for none."""
        if self.kind is PhoneKind.PUSH:
            return self.token
        return self.value(PhoneField.PASSWORD) if PhoneField.PASSWORD in self.needs else ""

    @property
    def number(self) -> str:
        """What somebody can call to see that it works; "" if nobody knows."""
        return self.value(PhoneField.EXTENSION) if PhoneField.EXTENSION in self.needs else ""

    def with_token(self, token: str) -> "PhoneAnswer":
        """What the PBX is to prove itself by."""
        return replace(self, token=token)

    @property
    def lacks(self) -> tuple[PhoneField, ...]:
        """What must not be empty and is; the desk phone's own account is the usual one."""
        free = {PhoneField.USER} if self.kind is PhoneKind.DESK_PHONE else set()
        return tuple(one for one in self.needs if one not in free and not self.value(one))

    def table(self, name: str) -> dict[str, Any]:
        """Its `[[source]]`."""
        said = {key: self.value(one) for one, key in _KEYS[self.kind].items() if self.value(one)}
        return {"name": name, "kind": self.kind.value, **said}

    def source(self, name: str) -> SourceSettings:
        """The same as the program would read it. Raises UserError for what is wrong."""
        if self.lacks:
            fields = ", ".join(field_words(one) for one in self.lacks)
            raise UserError(_("Still empty: {fields}.").format(fields=fields), _("Fill it in, then try again."))
        return with_tables(Settings(), {"source": [self.table(name)]}, _("this page")).sources[0]


@dataclass(frozen=True, slots=True)
class RecordsAnswer:
    """A file on this PC, or a team's server. Its address has no password in it."""

    is_server: bool = False
    url: str = ""
    password: str = field(default="", repr=False)

    @property
    def address(self) -> str:
        """As the settings have it."""
        return self.url.strip() if self.is_server else "sqlite"

    def settings(self) -> DatabaseSettings:
        """As the program would read them. Raises UserError for what is wrong, a password in the address above all."""
        database = with_tables(Settings(), {"database": {"url": self.address}}, _("this page")).database
        check_address(database)
        return database


def field_words(one: PhoneField) -> str:
    """Its label."""
    return {
        PhoneField.SERVER: _("Server"),
        PhoneField.EXTENSION: _("Extension"),
        PhoneField.USER: _("User name"),
        PhoneField.PASSWORD: _("Password"),
    }[one]


def kind_words(kind: PhoneKind) -> str:
    """How people call it."""
    return {
        PhoneKind.EXTENSION: _("An extension for Omote"),
        PhoneKind.DESK_PHONE: _("Watch my desk phone"),
        PhoneKind.AMI: _("Asterisk (AMI)"),
        PhoneKind.BOX: _("A caller-ID box (NCID)"),
        PhoneKind.PUSH: _("The PBX posts its calls"),
    }[kind]


def phone_name() -> str:
    """Under which it stands in the settings, the states and the keyring."""
    return _("phone")
