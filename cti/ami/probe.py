"""One look at the manager interface, for `omote diagnose`: what answers, whether it lets us in, what we may ask."""

import asyncio
import contextlib
import errno
import socket
from dataclasses import dataclass
from random import Random

from cti.ami.connection import Connection, connect
from cti.ami.party import NUMBER_SHOWN, Shown, shown_of
from cti.ami.session import LoggedIn, Over, Reply, Session, WhyOver
from cti.ami.settings import AmiSettings
from cti.tls import TlsFileError, trust_trouble


@dataclass(frozen=True, slots=True)
class Seen:
    """`greeting` is "" if nobody answered in AMI, `trouble` what hindered it, `refused` the words of a refusal."""

    greeting: str = ""
    trouble: str = ""
    is_untrusted: bool = False
    refused: str = ""
    may_ask: bool = False


async def look(settings: AmiSettings, secret: str, random: Random) -> Seen:
    """Never raises for what the network or the PBX does. Without a secret it only listens for the greeting."""
    try:
        connection = await connect(settings)
    except (OSError, ValueError, TlsFileError) as error:
        why = trust_trouble(error)
        return Seen(trouble=why or _name_of(error), is_untrusted=why is not None)
    try:
        return await _ask(connection, Session(settings.username, secret, random, _clock()), secret)
    except OSError as error:
        return Seen(trouble=_name_of(error))
    finally:
        with contextlib.suppress(OSError):
            await connection.close()


async def _ask(connection: Connection, session: Session, secret: str) -> Seen:
    """Log in and ask what every call will need."""
    while True:
        data = await connection.read(max(0.0, session.get_timer() - _clock()))
        session.receive(data or b"", _clock())
        session.handle_timer(_clock())
        while (event := session.next_event()) is not None:
            if isinstance(event, Over):
                return _ended(session.greeting, event)
            if isinstance(event, LoggedIn):
                session.ask("Getvar", (("Variable", NUMBER_SHOWN),), _clock())
            if isinstance(event, Reply):
                session.log_off()
                connection.write(session.data_to_send())
                return Seen(session.greeting, may_ask=shown_of(event.packet) not in {Shown.DENIED, Shown.NOT_TOLD})
        if session.greeting and not secret:
            return Seen(session.greeting)
        if data == b"":
            return Seen(session.greeting, "ECONNRESET")
        connection.write(session.data_to_send())


def _ended(greeting: str, event: Over) -> Seen:
    if event.why is WhyOver.REFUSED:
        return Seen(greeting, refused=event.detail)
    return Seen(greeting, "timeout" if event.why is WhyOver.SILENT else event.why)


def _name_of(error: Exception) -> str:
    """A word of the system's, as `app.network_words` knows them."""
    if isinstance(error, socket.gaierror):
        return "no_address"
    return errno.errorcode.get(getattr(error, "errno", None) or 0, "timeout")


def _clock() -> float:
    return asyncio.get_running_loop().time()
