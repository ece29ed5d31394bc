"""Whom we trust over TLS, and as whom we show ourselves. The name of the certificate is always checked."""

import ssl
from dataclasses import dataclass

from cti.sip.resolve import split_host_port
from cti.sip.settings import SipDialogSettings, SipSettings


@dataclass(frozen=True, slots=True)
class Tls:
    """`client` is for the way to the registrar, whose certificate carries `name`; `server` for those who come to us."""

    client: ssl.SSLContext
    name: str
    server: ssl.SSLContext | None = None


def make_tls(settings: SipSettings | SipDialogSettings) -> Tls | None:
    """None unless the settings' transport is TLS; OSError (ssl.SSLError too) if a file of theirs can't be used."""
    if settings.transport != "tls":
        return None
    name = settings.tls_name or split_host_port(settings.server or "localhost", 5061)[0]
    certificate = settings.certificate if isinstance(settings, SipSettings) else ""
    return Tls(_client(settings.ca_file), name, _server(certificate) if certificate else None)


def _client(ca_file: str) -> ssl.SSLContext:
    """The system's authorities, or `ca_file` alone: an authority, or the PBX's own certificate."""
    context = ssl.create_default_context(cafile=ca_file or None)
    if ca_file:
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        # an authority made with two lines of openssl lacks what RFC 5280 asks for; the site has chosen to trust it
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def _server(certificate: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context
