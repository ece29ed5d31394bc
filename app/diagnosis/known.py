"""What is known of a source before anybody looks at its server, and the checks of that, whatever its kind."""

from dataclasses import dataclass, field

from app.diagnosis.finding import Finding, fault, ok
from app.screen import SourceStatus
from app.source_words import state_words
from app.words import _


@dataclass(frozen=True, slots=True)
class Login:
    """Where the password was found: "keyring", a file's path, or "" with the reason."""

    where: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """`secret` is "" where there is none; `running` is what the program that runs says of this source."""

    login: Login = field(default_factory=Login)
    secret: str = field(default="", repr=False)
    running: SourceStatus | None = None


def password(login: Login, name: str) -> Finding:
    """Where the password of the source `name` is."""
    if login.where == "keyring":
        return ok(_("the keyring holds the password."))
    if login.where:
        return ok(_("{path} holds the password.").format(path=login.where))
    return fault(login.trouble or _("there is no password."), _('Type: omote secret set "{name}"').format(name=name))


def in_running_program(running: SourceStatus | None) -> Finding | None:
    """What the running program says of this source; None if it does not run."""
    if running is None:
        return None
    text = _("in the running program: {state}.").format(state=state_words(running))
    if running.hears_calls:
        return ok(text)
    return fault(text, _("See the other lines, and the log."))
