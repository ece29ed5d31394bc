"""What `omote diagnose` says of a source's PBX: whether it answers, lets us in, and which way of listening fits."""

from app.diagnosis.case import Case
from app.diagnosis.finding import Finding, attention, fault, ok
from app.network_words import network_words
from app.words import _
from cti.address import host_port
from cti.sip.probe import REFUSALS, Answer, Findings
from cti.sip.settings import SipSettings

CLOCK_MAY_DIFFER = 30.0  # seconds
_NO_SUCH_EVENT = {405, 489, 501}


def _own_extension() -> str:
    return _("Give Omote an extension of its own (docs/pbx.md, section 1).")


def answer(case: Case) -> Finding | None:
    if case.sight.answering is None or not case.sight.own_host:
        return None
    address, options = host_port(case.sight.answering), case.findings.options
    if options is not None:
        took = f"{options.took * 1000:.0f}"
        return ok(_("the PBX at {address} answers after {ms} ms.").format(address=address, ms=took))
    if case.sight.trouble:
        return fault(
            _("no connection to {address} ({why}).").format(address=address, why=network_words(case.sight.trouble)),
            _connection_advice(case),
        )
    if case.findings.bindings or case.findings.dialogs:
        return attention(
            _("the PBX at {address} does not answer OPTIONS, so Omote takes it for dead again and again.").format(
                address=address
            ),
            _("Let the PBX answer OPTIONS of this PC."),
        )
    if case.is_trunk:
        return attention(
            _("nobody at {address} answers OPTIONS.").format(address=address),
            _("If calls do not come: look at server, port, transport and firewall."),
        )
    return fault(_("nobody at {address} answers.").format(address=address), _connection_advice(case))


def _connection_advice(case: Case) -> str:
    if case.settings.transport == "tls":
        return _("Look at server, port, ca_file and tls_name in [[source]], and whether the PBX runs.")
    return _("Look at server, port and transport in [[source]], at the firewall, and whether the PBX runs.")


def account(case: Case) -> Finding | None:
    """Whether the PBX takes user name and password."""
    told = case.findings.bindings if case.registers else case.findings.dialogs
    if told is None or case.is_trunk:
        return None
    user = case.user
    if told.status == 404 and case.registers:
        return fault(
            _("the PBX knows no extension {user} ({line}).").format(user=user, line=told.line),
            _("Correct username in [[source]]."),
        )
    if told.status in ({401, 407} if not case.registers else REFUSALS):
        return fault(
            _("the PBX refuses {user} ({line}): the password is wrong, or there is no such extension.").format(
                user=user, line=told.line
            ),
            _('Look at username in [[source]], then type: omote secret set "{name}"').format(name=case.settings.name),
        )
    if case.registers and told.status >= 300:
        return attention(
            _("the PBX does not tell who is registered as {user} ({line}).").format(user=user, line=told.line),
            _("Omote can't warn of other phones there. See to it that {user} is its own.").format(user=user),
        )
    return ok(_("the PBX accepts user name and password of {user}.").format(user=user))


def phones(case: Case) -> Finding | None:
    """Which way of listening fits, by who is registered."""
    if case.is_trunk:
        return ok(_("calls come straight to {bind}, nothing is registered.").format(bind=case.settings.bind))
    others, user = case.findings.neighbours, case.user
    if others is None:
        return None
    if others.phones:
        return attention(
            _(
                "{phones} is registered as {user}. A PBX that rings one phone only may leave it silent; one with room"
                " for one phone only throws it off when Omote registers, and Omote then withdraws."
            ).format(phones=others.named, user=user),
            _out_of_sharing(case.findings).format(user=user),
        )
    if others.omotes:
        return attention(
            _("the Omote of another PC ({host}) is registered as {user}.").format(host=others.named, user=user),
            _("Give each PC an extension of its own."),
        )
    return ok(_("no other phone is registered as {user}: an extension of its own fits.").format(user=user))


def _out_of_sharing(findings: Findings) -> str:
    if not _reports_dialogs(findings):
        return _own_extension()
    return _(
        'Use kind = "sip-dialog" with watch = "{user}", since the PBX reports that phone\'s calls, or give Omote an'
        " extension of its own (docs/pbx.md, section 1)."
    )


def _reports_dialogs(findings: Findings) -> bool:
    return findings.dialogs is not None and findings.dialogs.status < 300 and findings.has_notified


def ringing(case: Case) -> Finding | None:
    """Our 180 beside somebody else's phone."""
    others = case.findings.neighbours
    is_loud = isinstance(case.settings, SipSettings) and case.settings.answer == "ring"
    if others is None or not others.phones or not is_loud:
        return None
    return attention(
        _('answer = "ring" lets callers hear ringing after that phone has rejected them.'),
        _('Set answer = "silent".'),
    )


def dialogs(case: Case) -> Finding | None:
    """Whether kind = "sip-dialog" works, or would."""
    told = case.findings.dialogs
    if told is None:
        return None
    if _reports_dialogs(case.findings):
        return ok(_('the PBX reports the calls of {user}: kind = "sip-dialog" fits.').format(user=case.watched))
    if not case.registers:
        return _no_dialogs(told, case.watched)
    return ok(
        _('kind = "sip-dialog" can\'t watch {user}: {why}').format(
            user=case.watched, why=_no_dialogs(told, case.watched).text
        )
    )


def _no_dialogs(told: Answer, watched: str) -> Finding:
    if told.status < 300:
        return attention(
            _("the PBX took the subscription to {user}, but sent no NOTIFY.").format(user=watched),
            _("Let the firewall pass what the PBX sends to this PC."),
        )
    if told.status == 404:
        return fault(
            _("the PBX has no hint for {user} ({line}).").format(user=watched, line=told.line),
            _("Add to its dial plan: {line}").format(line=f"exten => {watched},hint,PJSIP/{watched}"),
        )
    if told.status in _NO_SUCH_EVENT:
        return fault(_("the PBX knows no dialog events ({line}).").format(line=told.line), _own_extension())
    return fault(
        _("the PBX refuses the subscription to {user} ({line}).").format(user=watched, line=told.line),
        _("Let that account subscribe (Asterisk: allow_subscribe, subscribe_context)."),
    )


def clock(case: Case) -> Finding | None:
    ahead = case.findings.clock_ahead
    if ahead is None:
        return None
    text = _("the clocks of this PC and of the PBX differ by {n} s.").format(n=f"{abs(ahead):.0f}")
    return ok(text) if abs(ahead) <= CLOCK_MAY_DIFFER else attention(text, _("Set both by NTP."))
