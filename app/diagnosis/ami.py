"""Looks at the manager interface of an AMI source, and judges what it saw in the order in which a call needs it."""

from random import SystemRandom

from app.diagnosis.finding import Check, Finding, fault, ok
from app.diagnosis.known import Known, in_running_program, password
from app.network_words import network_words
from app.words import _
from cti.ami.probe import Seen, look
from cti.ami.settings import AmiSettings


async def look_at(source: AmiSettings, known: Known) -> list[Check]:
    """Everything there is to say about it."""
    seen = await look(source, known.secret, SystemRandom())
    found = [
        ("secret", password(known.login, source.name)),
        ("answer", answer(source, seen)),
        ("account", account(source, seen, known)),
        ("presentation", presentation(source, seen)),
        ("running", in_running_program(known.running)),
    ]
    return [Check(name, source.name, finding) for name, finding in found if finding is not None]


def answer(source: AmiSettings, seen: Seen) -> Finding:
    """Whether Asterisk's manager interface is there."""
    if seen.greeting:
        return ok(_("{server} answers: {greeting}.").format(server=source.server, greeting=seen.greeting))
    if seen.is_untrusted:
        return fault(
            _("no secure connection to {server} ({why}).").format(
                server=source.server, why=network_words(seen.trouble)
            ),
            _("Look at ca_file and tls_name in [[source]], and at tlsenable in manager.conf."),
        )
    if seen.trouble == "no_ami":
        return fault(
            _("what answers at {server} is not Asterisk's manager interface.").format(server=source.server),
            _("Look at server and tls in [[source]]: port 5038, with TLS 5039."),
        )
    return fault(
        _("nobody answers at {server} ({why}).").format(server=source.server, why=network_words(seen.trouble)),
        _("Look at server in [[source]], at enabled and bindaddr in manager.conf, and at the firewall."),
    )


def account(source: AmiSettings, seen: Seen, known: Known) -> Finding | None:
    """Whether it lets us in; nothing to say without a password or an answer."""
    if not seen.greeting or not known.secret:
        return None
    if seen.refused:
        return fault(
            _("the PBX refuses {user} ({line}).").format(user=source.username, line=seen.refused),
            _('Look at secret and permit in manager.conf, then type: omote secret set "{name}"').format(
                name=source.name
            ),
        )
    if seen.trouble:
        return fault(
            _("the login as {user} did not end ({why}).").format(user=source.username, why=network_words(seen.trouble)),
            _("Look at Asterisk's log."),
        )
    return ok(_("the PBX accepts user name and password of {user}.").format(user=source.username))


def presentation(source: AmiSettings, seen: Seen) -> Finding | None:
    """Whether we may ask who withholds his number; nothing to say as long as we are not in."""
    if not seen.greeting or seen.refused or seen.trouble:
        return None
    if seen.may_ask:
        return ok(_("{user} may ask whether a number is withheld.").format(user=source.username))
    return fault(
        _("{user} may not ask whether a number is withheld: no number is shown.").format(user=source.username),
        _("Give the account write=reporting in manager.conf (docs/pbx-asterisk.md, section 6)."),
    )
