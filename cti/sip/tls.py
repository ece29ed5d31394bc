"""TLS as the settings of a SIP source ask for it."""

from cti.address import split_host_port
from cti.sip.settings import SipKind
from cti.tls import Tls, TlsFileError, TlsTrouble, tls_of


def make_tls(settings: SipKind) -> Tls | None:
    """None unless the settings' transport is TLS; TlsFileError if a file of theirs can't be used."""
    if settings.transport != "tls":
        return None
    name = settings.tls_name or split_host_port(settings.server or "localhost", 5061)[0]
    certificate = settings.account.certificate
    if not settings.account.register and not certificate:
        raise TlsFileError(TlsTrouble.NO_CERTIFICATE)
    return tls_of(name, settings.ca_file, certificate)
