"""Whom we trust over TLS, and as whom we show ourselves. The name of the certificate is always checked."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial


class TlsFileError(Exception):
    """A file of the settings is no certificate, or can't be read: a word of `FileTrouble`, ":" and its path."""


class TlsSilenceError(OSError):
    """The other end took the connection and left our greeting without an answer."""


class TlsTrouble(StrEnum):
    """What is most often wrong."""

    WRONG_NAME = "wrong_name"  # the certificate is somebody else's
    UNKNOWN_ISSUER = "unknown_issuer"  # nobody whom we trust has signed it
    EXPIRED = "expired"
    NO_TLS = "no_tls"  # the port speaks something else
    OLD_TLS = "old_tls"  # none but versions that are not safe: Asterisk without `method` speaks TLS 1.0 alone
    NO_CERTIFICATE = "no_certificate"  # of our own, which those who come to us want to see
    SILENT = "silent"  # no answer to our greeting: another protocol, or a PBX that hangs


class FileTrouble(StrEnum):
    """What a file of the settings may be."""

    NOT_PEM = "not_pem"
    NO_FILE = "no_file"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Tls:
    """`client` is for the way to a server, whose certificate carries `name`; `server` for those who come to us.

    `client` reads its file again each time: a certificate that was mended or renewed counts at the next connection.
    """

    client: Callable[[], ssl.SSLContext]
    name: str
    server: ssl.SSLContext | None = None


# X509_V_ERR_... of OpenSSL's x509_vfy.h
_BY_VERDICT = {
    10: TlsTrouble.EXPIRED,
    18: TlsTrouble.UNKNOWN_ISSUER,
    19: TlsTrouble.UNKNOWN_ISSUER,
    20: TlsTrouble.UNKNOWN_ISSUER,
    21: TlsTrouble.UNKNOWN_ISSUER,
    62: TlsTrouble.WRONG_NAME,
    64: TlsTrouble.WRONG_NAME,
}
_BY_REASON = {
    "WRONG_VERSION_NUMBER": TlsTrouble.NO_TLS,
    "RECORD_LAYER_FAILURE": TlsTrouble.NO_TLS,
    "PACKET_LENGTH_TOO_LONG": TlsTrouble.NO_TLS,
    "TLSV1_ALERT_PROTOCOL_VERSION": TlsTrouble.OLD_TLS,
    "UNSUPPORTED_PROTOCOL": TlsTrouble.OLD_TLS,
}


def tls_of(name: str, ca_file: str, certificate: str = "") -> Tls:
    """To somebody whose certificate carries `name`. TlsFileError if one of the files can't be used."""
    client = partial(_client, ca_file)
    client()
    return Tls(client, name, server_context(certificate) if certificate else None)


def trust_trouble(error: Exception) -> str | None:
    """Why there is no secure connection: a word of `TlsTrouble`, or what OpenSSL says; None if TLS is not to blame."""
    if isinstance(error, TlsFileError):
        return str(error)
    if isinstance(error, TlsSilenceError):
        return TlsTrouble.SILENT
    return _verdict(error) if isinstance(error, ssl.SSLError) else None


def _verdict(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        known = _BY_VERDICT.get(error.verify_code)
        is_name = "mismatch" in error.verify_message
        return known or (TlsTrouble.WRONG_NAME if is_name else error.verify_message)
    return _BY_REASON.get(error.reason or "", error.reason or str(error))


def _client(ca_file: str) -> ssl.SSLContext:
    """The system's authorities, or `ca_file` alone: an authority, or the PBX's own certificate."""
    with _named(ca_file):
        context = ssl.create_default_context(cafile=ca_file or None)
    if ca_file:
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        # an authority made with two lines of openssl lacks what RFC 5280 asks for; the site has chosen to trust it
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def _nobody_is_asked() -> str:
    """OpenSSL would ask the terminal for the pass phrase of a key, and every source would wait for it."""
    return ""


def server_context(certificate: str) -> ssl.SSLContext:
    """For those who come to us; `certificate` is a file with ours and its key. TlsFileError if it can't be used."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    with _named(certificate):
        context.load_cert_chain(certificate, password=_nobody_is_asked)
    return context


@contextmanager
def _named(path: str) -> Iterator[None]:
    """OpenSSL does not say which file it could not use."""
    try:
        yield
    except ssl.SSLError as error:
        raise TlsFileError(f"{FileTrouble.NOT_PEM}:{path}") from error
    except OSError as error:
        why = FileTrouble.NO_FILE if isinstance(error, FileNotFoundError) else FileTrouble.UNREADABLE
        raise TlsFileError(f"{why}:{path}") from error
